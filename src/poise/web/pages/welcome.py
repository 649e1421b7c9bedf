"""The first visit: try it with invented moments, or set up a practice in two minutes."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ...journal.trouble import Refused, WrongKey
from ...practice import Practice
from ...practice.help_sheet import ALWAYS, write_help_sheet
from ...shelf import STARTERS, read
from ..looks import write_look
from ..page import Form, page, rooms, say_of, see, taking, words
from ..tongue import LANGUAGES

HOME = "/welcome"


def routes() -> list[Route]:
    """The paths of the first visit."""
    return [
        Route(HOME, greeting),
        Route(HOME, set_up, methods=["POST"]),
        Route(f"{HOME}/language", language, methods=["POST"]),
        Route(f"{HOME}/demo", demo, methods=["POST"]),
        Route(f"{HOME}/leave-demo", leave_demo, methods=["POST"]),
        Route(f"{HOME}/kit", kit),
        Route(f"{HOME}/kit", prove, methods=["POST"]),
        Route(f"{HOME}/help-sheet", sheet),
        Route(f"{HOME}/help-sheet", write_sheet, methods=["POST"]),
    ]


def greeting(request: Request) -> Response:
    """What this is, a demo, and the setting up."""
    return _greeting(request)


def _greeting(request: Request, wrong: str = "", chosen: str = STARTERS[0]) -> Response:
    shared = rooms(request)
    if shared.door.there:
        return see(request, "/")
    books = [(name, read(name)) for name in STARTERS]
    status = 422 if wrong else 200
    folder = shared.door.folder
    return page(
        request,
        "welcome/greeting.html",
        status=status,
        books=books,
        wrong=wrong,
        chosen=chosen,
        folder=folder,
        languages=LANGUAGES,
    )


@taking
def language(request: Request, form: Form) -> Response:
    """Choose the language of the pages, before there is a place to keep the choice in."""
    shared, chosen = rooms(request), words(form, "language")
    if chosen in LANGUAGES and not shared.door.there:
        shared.look = replace(shared.look, language=chosen)
    return see(request, HOME)


@taking
def set_up(request: Request, form: Form) -> Response:
    """Make the practice: a copy of a book, a passphrase, a recovery kit that waits to be proved."""
    shared, book = rooms(request), words(form, "book")
    book = book if book in STARTERS else STARTERS[0]
    passphrase, again = (str(form.get(name, "")) for name in ("passphrase", "again"))
    if shared.door.there:
        return see(request, "/")
    try:
        if passphrase != again:
            raise Refused("the two differ", "type the same passphrase twice")
        practice = Practice.create(shared.door.folder, passphrase, book=book)
    except Refused as trouble:
        return _greeting(request, str(trouble), book)
    shared.door.admit(practice)
    write_look(shared.door.folder, shared.look)
    return see(request, f"{HOME}/kit")


def kit(request: Request) -> Response:
    """The recovery kit, to write down; it is shown until two of its groups were typed back."""
    return _kit(request)


def _kit(request: Request, wrong: str = "") -> Response:
    with rooms(request).door.inside() as practice:
        vault = practice.journal.vault
        if vault.kit is None and vault.keys.kit_proved is not None:
            return see(request, f"{HOME}/help-sheet")
        found = vault.kit or vault.new_kit()
    lines, status = str(found).split("\n"), 422 if wrong else 200
    return page(request, "welcome/kit.html", status=status, lines=lines, asked=found.to_prove(), wrong=wrong)


@taking
def prove(request: Request, form: Form) -> Response:
    """Two groups typed back prove that the kit was written down."""
    typed = {number: words(form, f"group{number}", 20) for number in range(1, 9) if words(form, f"group{number}")}
    with rooms(request).door.inside() as practice:
        try:
            practice.journal.vault.prove_kit(typed, practice.journal.now())
        except WrongKey as trouble:
            return _kit(request, str(trouble))
    return see(request, f"{HOME}/help-sheet")


def sheet(request: Request) -> Response:
    """Whom one can turn to."""
    return page(request, "welcome/help_sheet.html", always=[*map(say_of(request), ALWAYS)])


@taking
def write_sheet(request: Request, form: Form) -> Response:
    """Write the help sheet; that was all."""
    write_help_sheet(rooms(request).door.folder, [words(form, f"line{number}", 200) for number in range(3)])
    return see(request, "/")


@taking
def demo(request: Request, _: Form) -> Response:
    """Go over to invented moments, in a folder of their own."""
    rooms(request).begin_demo()
    return see(request, "/")


@taking
def leave_demo(request: Request, _: Form) -> Response:
    """Throw the invented moments away, and go back."""
    rooms(request).end_demo()
    return see(request, HOME if not rooms(request).door.there else "/")
