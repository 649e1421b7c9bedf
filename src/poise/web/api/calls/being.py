"""How things stand: open or locked, a launch page, sealed copies."""

from __future__ import annotations

from typing import Any

from ....journal import waiting
from ....journal.copies import Copy
from ....journal.trouble import NoJournal
from ....practice import tending
from ...page import Rooms
from ..calling import Answer, Call, Given
from ..schemas import COPY
from ..shapes import full, ref, several, table, text, whole, yes_or_no

RESTORED = full(
    "A new sealed copy, restored into a scratch folder and compared with the journal.",
    copy=COPY,
    restores=yes_or_no("Whether it would bring everything back as it was."),
    entries=whole("How many entries are the same in it.", 0),
    faults=several(text()),
)


def state(given: Given) -> Any:
    """How things stand. Asking is no visit."""
    return _state(given.rooms)


def unlock(given: Given) -> Any:
    """Open the journal."""
    door = given.rooms.door
    if not door.there:
        raise NoJournal("there is no practice yet", "open the pages once: they set one up")
    door.unlock(given.body["passphrase"])
    return _state(given.rooms)


def lock(given: Given) -> Any:
    """Drop the key."""
    given.rooms.lock()
    return _state(given.rooms)


def launch(given: Given) -> Any:
    """A new launch page, for a browser on this machine."""
    return {"page": str(given.request.app.state.launch())}


def copies(given: Given) -> Any:
    """The sealed copies in the practice's own folder."""
    with given.inside() as practice:
        return {"copies": [_copy(each) for each in practice.journal.copies()]}


def back_up(given: Given) -> Any:
    """Make a sealed copy, and try it."""
    with given.inside() as practice:
        copy = practice.backup()
        tried = tending.rehearse(practice, copy)
    assert tried is not None  # noqa: S101 - a copy was given
    body = {"copy": _copy(copy), "restores": tried.fine, "entries": tried.same, "faults": list(tried.faults)}
    return Answer(201, body)


def _copy(copy: Copy) -> dict[str, Any]:
    return {"name": copy.path.name, "made_at": copy.made_at.isoformat(), "automatic": copy.automatic}


def _state(rooms: Rooms) -> dict[str, Any]:
    door = rooms.door
    return {
        "there": door.there,
        "open": door.open,
        "demo": rooms.demo,
        "waiting": waiting.how_many(door.folder),
        "troubles": [{"message": each.message, "help": each.help} for each in door.troubles],
    }


CALLS = [
    Call("state", "GET", "/api/state", "How things stand. Asking is no visit.", state, {200: ref("State")}),
    Call(
        "unlock",
        "POST",
        "/api/unlock",
        "Open the journal by its passphrase, and take in what was written while it was locked.",
        unlock,
        {200: ref("State")},
        table("", ("passphrase",), passphrase=text("The passphrase.", 1000)),
    ),
    Call("lock", "POST", "/api/lock", "Lock the journal.", lock, {200: ref("State")}),
    Call(
        "launch",
        "POST",
        "/api/launch",
        "A page that leads a browser on this machine in, once.",
        launch,
        {200: full("", page=text("The file to open."))},
    ),
    Call(
        "copies",
        "GET",
        "/api/copies",
        "Sealed copies in the practice's own folder, the newest first.",
        copies,
        {200: full("", copies=several(ref("Copy")))},
    ),
    Call("back_up", "POST", "/api/copies", "Make a sealed copy, and try it.", back_up, {201: RESTORED}),
]
