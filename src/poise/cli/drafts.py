"""What is being written, kept sealed from answer to answer, and offered again when it was not finished."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from typing import Any

import click

from ..journal.journal import Journal
from .questions import Enough, Questions
from .when import day_words

STOPPED = 130
NOTHING = "Nothing was kept."
GO_ON = {"on": "go on with it", "anew": "start anew; what was written then is thrown away"}


class Draft:
    """One draft. `said` is what was answered, `began` when."""

    def __init__(self, journal: Journal, name: str) -> None:
        self._journal, self.name = journal, name
        self.began: datetime = journal.now()
        self.said: dict[str, str] = {}
        with suppress(ValueError, KeyError, TypeError, AttributeError):
            found: dict[str, Any] = json.loads(journal.draft(name) or "{}")
            self.began = datetime.fromisoformat(found["began"])
            self.said = {str(question): str(answer) for question, answer in found["said"].items()}

    def offered(self, what: str) -> dict[str, str]:
        """What was answered before, where somebody wants to go on with it; else nothing, and it begins anew."""
        if not any(self.said.values()):
            self.began = self._journal.now()
            return {}
        ask = f"You were writing {what} on {day_words(self.began)}, at {self.began:%H:%M}, and it is not kept yet."
        try:
            chosen = Questions().choose("draft", ask, GO_ON, "Enter goes on.")
        except Enough:
            chosen = None
        if chosen == "anew":
            self.began, self.said = self._journal.now(), {}
            self.save({})
        return dict(self.said)

    def save(self, said: dict[str, str]) -> None:
        """Keep what was answered so far."""
        body = {"began": self.began.isoformat(), "said": said}
        self._journal.save_draft(self.name, json.dumps(body, ensure_ascii=False))

    def left(self, command: str) -> str:
        """What is said of it where it is left."""
        return f"What you answered is kept as a draft; `{command}` goes on with it." if self.waits else NOTHING

    def stopped(self, command: str) -> int:
        """Say that it was left, where somebody stopped. Returns the exit code."""
        click.echo(f"\nStopped. {self.left(command)}", err=True)
        return STOPPED

    @property
    def waits(self) -> bool:
        """Whether anything was answered."""
        return any(json.loads(self._journal.draft(self.name) or "{}").get("said", {}).values())
