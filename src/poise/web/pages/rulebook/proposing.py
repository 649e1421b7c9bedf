"""A changed text on its way: kept by its hash from when it was written down until it is used or left."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ....journal.journal import Journal
from ....practice import Practice
from ....practice.book_history import hash_of
from ...page import rooms, see
from .naming import mark_of


class Proposed(NamedTuple):
    """The hash of the text somebody began from, and of the text it comes to."""

    base: str
    new: str


def propose(request: Request, practice: Practice, name: str, base: str, text: str) -> Response:
    """Keep a changed text, and go and look at what it changes. Raises Mistakes or Trouble."""
    practice.books.understood(name, text)
    said = Proposed(base, practice.journal.keep_text(text))
    write_draft(practice.journal, _draft(name), said._asdict())
    return see(request, f"/rulebook/{mark_of(name)}/review/{said.base}/{said.new}")


def standing(practice: Practice, name: str) -> tuple[str, str]:
    """(hash, text) of a book as it stands. The text is kept, so that a change that begins from it can be told later.

    Raises Mistakes or Trouble.
    """
    text = practice.books.text(name)
    return practice.journal.keep_text(text), text


def waiting(request: Request, name: str) -> Proposed | None:
    """The last changed text of a book that was neither used nor left."""
    door = rooms(request).door
    if not door.open:
        return None
    with door.inside() as practice:
        said = read_draft(practice.journal, _draft(name))
        found = Proposed(str(said.get("base", "")), str(said.get("new", "")))
        return found if found.new and practice.journal.text(found.new) is not None else None


def settled(practice: Practice, name: str) -> None:
    """It was used, or left: nothing waits any more."""
    write_draft(practice.journal, _draft(name), {})


def text_by(practice: Practice, name: str, sha256: str) -> str:
    """A text of a book by its hash, as it stands or as it was kept. Raises 404."""
    standing = practice.books.text(name)
    if hash_of(standing) == sha256:
        return standing
    kept = practice.journal.text(sha256)
    if kept is None:
        raise HTTPException(404)
    return kept


def write_draft(journal: Journal, name: str, said: Mapping[str, object]) -> None:
    """Keep what is being written; with nothing, it is done. Raises Refused."""
    journal.save_draft(name, json.dumps(said, ensure_ascii=False))


def read_draft(journal: Journal, name: str) -> dict[str, object]:
    """What was being written; nothing where nothing was."""
    try:
        found = json.loads(journal.draft(name) or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _draft(name: str) -> str:
    return f"rulebook-{mark_of(name)}-proposed"
