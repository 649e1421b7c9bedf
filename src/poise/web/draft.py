"""A moment on its way: what was answered so far, until it is kept. Kept while written, open or locked."""

from __future__ import annotations

import json
import secrets
import time
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from ..journal import waiting
from ..journal.trouble import NotThere
from ..rulebook.guideline import MINE
from ..rulebook.rulebook import Rulebook
from ..weighing.moment import THEIRS, Moment
from ..weighing.weighing import Weighing, weigh
from .door import Door

MOST = 50
"""Drafts in memory while locked; the oldest goes first."""


@dataclass
class Draft:
    """What a person said so far. `id` becomes the name of the kept moment, so that it is kept once."""

    id: str
    book: str
    whose: str = THEIRS
    answers: dict[str, str] = field(default_factory=dict)
    passed: list[str] = field(default_factory=list)
    gut: str = ""
    person: str = ""
    did: dict[str, str] = field(default_factory=dict)
    did_else: str = ""
    line: str = ""
    remark: str = ""
    forecast: str = ""
    happened_at: str = ""
    believed: str = ""
    """`yes` where the leaning that was shown took what is believed of us two from the journal."""
    kept: bool = False

    @classmethod
    def begin(cls, book: str, whose: str, happened_at: str) -> Draft:
        """A new one."""
        name = f"{time.time_ns() // 1_000_000:012x}{secrets.token_hex(10)}"
        return cls(name, book, whose if whose == MINE else THEIRS, happened_at=happened_at)

    @property
    def name(self) -> str:
        """What it is called while it is being written."""
        return _name(self.id)

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Draft:
        """From JSON; fields of another version are left out."""
        known = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in plain.items() if name in known})

    def to_plain(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)

    def answer(self, question: str, answer: str) -> None:
        """Take an answer; an empty one is “I don't know”."""
        self.answers.pop(question, None)
        self.passed = [name for name in self.passed if name != question]
        if answer:
            self.answers[question] = answer
        else:
            self.passed.append(question)

    def moment(self, book: Rulebook) -> Moment:
        """What was said so far. Raises Mistakes."""
        return Moment(book, self.whose, **self.answers)

    def weighing(self, book: Rulebook) -> Weighing:
        """What was said so far, weighed. Raises Mistakes."""
        return weigh(book, self.moment(book))


class Drafts:
    """The drafts of one door: sealed in the journal while it is open, as sealed letters while it is locked."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._here: dict[str, Draft] = {}

    def get(self, name: str) -> Draft:
        """A draft by name. Raises NotThere."""
        if name in self._here:
            return self._here[name]
        if self._door.open:
            with self._door.inside() as practice:
                body = practice.journal.draft(_name(name))
            if body:
                return self.remember(Draft.from_plain(json.loads(body)))
        raise NotThere("this moment is not being written any more", "if you kept it, it is in the journal")

    def save(self, draft: Draft) -> None:
        """Keep what is being written. Raises Trouble."""
        self.remember(draft)
        if self._door.open:
            with self._door.inside() as practice:
                practice.journal.save_draft(draft.name, json.dumps(draft.to_plain(), ensure_ascii=False))
        elif waiting.address_of(self._door.folder):
            waiting.put(self._door.folder, draft.name, {"draft": draft.to_plain()})

    def forget(self) -> None:
        """Drop what is in memory: the journal is being locked."""
        self._here.clear()

    def remember(self, draft: Draft) -> Draft:
        """Have it at hand until it is locked."""
        self._here.pop(draft.id, None)
        self._here[draft.id] = draft
        for name in list(self._here)[:-MOST]:
            self._here.pop(name, None)  # another page may have dropped it just now
        return draft


def _name(draft: str) -> str:
    return f"now-{draft}"
