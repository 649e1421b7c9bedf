"""A practice opened by a command, tended once a week when the command has done its work."""

from __future__ import annotations

import sys
from contextlib import suppress

import click

from ..journal.trouble import Trouble
from ..practice import Practice
from ..practice.tending import rehearsal_due, tend


class Tended(Practice):
    """A practice that, before it is locked again, does what is due and says what is to be known."""

    def __exit__(self, *error: object) -> None:
        try:
            if error[0] is None:
                with suppress(Trouble):
                    self._tend()
        finally:
            super().__exit__(*error)

    def _tend(self) -> None:
        if self.journal.vault.locked:
            return
        if rehearsal_due(self) and sys.stderr.isatty():
            click.echo("\nTrying the newest sealed copy, as once a week. It can take a moment.", err=True)
        for line in tend(self):
            click.echo(line, err=True)
