"""The history of a rulebook: every text it has had, in order. Going back is a new step; nothing is deleted.

The texts lie in the journal by their hash. The steps are settings, so many to each: `history/NAME/0`, `history/NAME/1`.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any, NamedTuple

from ..journal.journal import Journal
from ..journal.trouble import Refused

AT_ONCE = 200
"""Steps in one setting."""
FOUND, WRITTEN, WENT_BACK = "found", "written", "went back"


class Step(NamedTuple):
    """One text: since when, its hash, and how it came: `found` in the file, `written` here, or `went back` to."""

    at: datetime
    sha256: str
    how: str


class ChangedMeanwhile(Refused):
    """Another text stands in the file than the one somebody began from."""

    def __init__(self) -> None:
        super().__init__("this rulebook was changed meanwhile; nothing was written over", "look at both, then choose")


class History:
    """The steps of all rulebooks of one open practice."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def steps(self, name: str) -> list[Step]:
        """The steps of one, the first one first."""
        found: list[Step] = []
        while portion := self._portion(name, len(found) // AT_ONCE):
            found += [Step(datetime.fromisoformat(at), sha256, how) for at, sha256, how in portion]
            if len(portion) < AT_ONCE:
                break
        return found

    def add(self, name: str, text: str, how: str, at: datetime | None = None) -> None:
        """Note a further step, its text kept. Raises Refused."""
        number = len(self.steps(name)) // AT_ONCE
        when = (at or self._journal.now()).isoformat(timespec="seconds")
        step = [when, self._journal.keep_text(text), how]
        self._journal.set(_setting(name, number), [*self._portion(name, number), step])

    def found(self, name: str, text: str, at: datetime) -> None:
        """Note the text that stands in the file, where the last step is another."""
        steps = self.steps(name)
        if not steps or steps[-1].sha256 != hash_of(text):
            self.add(name, text, FOUND, at)

    def _portion(self, name: str, number: int) -> list[list[Any]]:
        said = self._journal.setting(_setting(name, number), [])
        return said if isinstance(said, list) else []


def hash_of(text: str) -> str:
    """What a text is known by: SHA-256 of its UTF-8, in hexadecimal, as in the journal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _setting(name: str, number: int) -> str:
    return f"history/{name}/{number}"
