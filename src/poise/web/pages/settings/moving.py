"""Taking one's words elsewhere, not sealed, and bringing one's own in."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from ....journal.trouble import Trouble, WrongKey
from ...page import Form, page, rooms, say_of, taking, words

FORMS = ("markdown", "json", "csv")
MOST_FILES = 2000


def routes() -> list[Route]:
    """The paths of these pages."""
    return [
        Route("/settings/export", asking),
        Route("/settings/export", export, methods=["POST"]),
        Route("/settings/import", bringing),
        Route("/settings/import", bring_in, methods=["POST"]),
        Route("/settings/calendar", calendar, methods=["POST"]),
    ]


def asking(request: Request) -> Response:
    """Which form, and of whom; the passphrase is asked for again."""
    return _asked(request)


def _asked(request: Request, wrong: str = "") -> Response:
    with rooms(request).door.inside() as practice:
        people = practice.people()
    return page(request, "settings/export.html", status=422 if wrong else 200, forms=FORMS, people=people, wrong=wrong)


@taking
def export(request: Request, form: Form) -> Response:
    """Hand everything, or one person's part, to the browser as a file that is not sealed."""
    wanted, passphrase = words(form, "form"), form.get("passphrase", "")
    with rooms(request).door.inside() as practice:
        try:
            practice.journal.vault.keys.open(passphrase if isinstance(passphrase, str) else "").drop()
        except WrongKey as trouble:
            return _asked(request, trouble.said(say_of(request))[0])
        uid = words(form, "person")
        person = next((each for each in practice.people() if each.uid == uid), None)
        scratch = Path(tempfile.mkdtemp(prefix=".leaving-", dir=practice.journal.vault.folder))
        try:
            found = practice.export(scratch, wanted if wanted in FORMS else FORMS[0], person)
        except BaseException:
            shutil.rmtree(scratch, ignore_errors=True)
            raise
    return _handed_over(found.path)


def bringing(request: Request) -> Response:
    """What can be brought in."""
    with rooms(request).door.inside():
        return page(request, "settings/import.html", found=None, wrong=None)


async def bring_in(request: Request) -> Response:
    """Look at a file, or bring it in."""
    async with request.form(max_files=MOST_FILES, max_fields=20) as form:
        upload = form.get("file")
        if not isinstance(upload, UploadFile) or not upload.filename:
            return await run_in_threadpool(bringing, request)
        look = form.get("do") != "bring"
        mine = form.get("mine") == "yes"
        return await run_in_threadpool(_brought, request, upload, look=look, mine=mine)


def _brought(request: Request, upload: UploadFile, *, look: bool, mine: bool) -> Response:
    known: dict[str, Any] = {"found": None, "wrong": None, "look": look}
    with rooms(request).door.inside() as practice:
        scratch = Path(tempfile.mkdtemp(prefix=".arriving-", dir=practice.journal.vault.folder))
        try:
            path = scratch / Path(str(upload.filename).replace("\\", "/")).name
            with path.open("wb") as file:
                shutil.copyfileobj(upload.file, file)
            known["found"] = practice.bring_in(path, look=look, mine=mine)
        except Trouble as trouble:
            known["wrong"] = trouble
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    return page(request, "settings/import.html", status=422 if known["wrong"] else 200, **known)


@taking
def calendar(request: Request, _: Form) -> Response:
    """Days to come back to, for a calendar, with a title that says nothing."""
    with rooms(request).door.inside() as practice:
        scratch = Path(tempfile.mkdtemp(prefix=".leaving-", dir=practice.journal.vault.folder))
        path = scratch / "reminders.ics"
        try:
            practice.write_calendar(path)
        except BaseException:
            shutil.rmtree(scratch, ignore_errors=True)
            raise
    return _handed_over(path)


def _handed_over(path: Path) -> Response:
    """A file to the browser. Its folder is gone before the first byte leaves, whatever happens after that."""
    file = path.open("rb")
    shutil.rmtree(path.parent)
    kind = "text/calendar" if path.suffix == ".ics" else "application/octet-stream"
    headers = {"Content-Disposition": f'attachment; filename="{path.name}"'}
    return StreamingResponse(_pieces(file), media_type=kind, headers=headers)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        yield from iter(partial(file.read, 65536), b"")
