"""What a phone may change of a moment it kept: what it said itself, as long as nobody wrote there since.

A later letter about the same moment is written over the earlier one's words. Where they were changed at home, or the
letter is the older one, nothing is lost: what was done stays as it is here, and words stand below words. A moment that
no letter brought is none of a phone's business.

Settings of the journal, `sent/00` to `sent/ff`, hold for each moment when its last letter was written, and when it was
taken in; no words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from ..journal.entries import Entry, KeptMoment, Line
from ..journal.journal import Journal
from ..journal.trouble import NotThere, Refused

TEXTS = ("did_else", "forecast", "remark")


def claim(journal: Journal, uid: str) -> None:
    """Note that a letter is about to bring this moment: a later one may change it."""
    _note(journal, uid, "", "")


def settle(journal: Journal, moment: KeptMoment, written_at: str) -> None:
    """Note that a letter was taken in: what is changed from now on is changed at home."""
    _note(journal, moment.uid, written_at, _state(journal, moment))


def untouched(journal: Journal, before: KeptMoment, written_at: str) -> bool:
    """Whether a letter written then is the newest about a moment that nobody changed since. Raises Refused.

    No letter changes a moment that none brought.
    """
    known = _known(journal, before.uid).get(before.uid)
    if known is None:
        raise Refused("this is about a moment that was not kept on a phone", "nothing about it was changed")
    last, state = known
    return state == _state(journal, before) and written_at >= last


def beside(before: KeptMoment, said: Mapping[str, Any]) -> dict[str, Any]:
    """What a letter says, with what is here already: nothing of either is lost."""
    both = {name: _both(getattr(before, name), said.get(name, "")) for name in TEXTS}
    did = before.did if before.did or before.did_else else said["did"]
    return {**said, **both, "did": did}


def own_line(of: str) -> str:
    """The name of a moment's line."""
    return hashlib.sha256(f"line of {of}".encode()).hexdigest()[:32]


def _both(here: str, new: str) -> str:
    """Both texts; one alone where it has the other in it."""
    if new in here or here in new:
        return max(here, new, key=len)
    return f"{here}\n\n{new}"


def _state(journal: Journal, moment: KeptMoment) -> str:
    """When a moment and its line were last changed."""
    entries: list[Entry] = [moment]
    with suppress(NotThere):
        entries.append(journal.get(Line, own_line(moment.uid)))
    return " ".join(str(each.changed_at or each.written_at) for each in entries)


def _note(journal: Journal, uid: str, written_at: str, left: str) -> None:
    journal.set(_setting(uid), {**_known(journal, uid), uid: [written_at[:40], left]})


def _known(journal: Journal, uid: str) -> dict[str, list[str]]:
    said = journal.setting(_setting(uid), {})
    return said if isinstance(said, dict) else {}


def _setting(uid: str) -> str:
    return f"sent/{hashlib.sha256(uid.encode()).hexdigest()[:2]}"
