"""Setting up a practice, step by step. What is done stays done: stopped halfway, the next `poise start` goes on."""

from __future__ import annotations

from pathlib import Path

import click

from ..journal.copies.restoring import stands
from ..journal.sealing.keyfile import read_keys
from ..journal.sealing.keys import STRONG, Derivation
from ..journal.trouble import AlreadyThere
from ..practice import Practice
from ..practice.help_sheet import NAME, help_sheet
from ..shelf import flattened
from .answers import DEFAULT_BOOK
from .conversation import Conversation
from .helping import write_anew
from .kit import prove
from .passphrase import new_passphrase, passphrase
from .questions import Danger, Enough
from .screen import say

DONE, NOT_PROVED, STOPPED = 0, 1, 130
GOES_ON = "`poise start` goes on from here."
READY = "The practice is set up. `poise keep` keeps a moment. `poise backup` makes a sealed copy."
LEFT = f"The recovery kit is not proved yet. {GOES_ON} It shows a new kit, and from then on only that one counts."
SHEET = (
    "Last, whom you can turn to when it gets too much. Choose who is safe for you to call; for some people the police "
    "are not. The sheet is not sealed: it can be read while the journal is locked. Enter leaves a line as it is."
)


class Starting:
    """One setting up. `derivation` is what a key costs; only tests choose a cheap one."""

    def __init__(self, folder: Path, book: str | None = None, derivation: Derivation = STRONG) -> None:
        self.folder, self.book, self.derivation = folder, book, derivation

    def run(self) -> int:
        """Set up, or go on with it. Returns the exit code. Raises Mistakes or Trouble."""
        with self._again() if stands(self.folder) else self._new() as practice:
            try:
                proved = practice.journal.vault.keys.kit_proved is not None or prove(practice)
                if proved and not (self.folder / NAME).is_file():
                    self._help_sheet()
            except (KeyboardInterrupt, click.Abort):
                click.echo(f"\nStopped. The practice is in {self.folder}. {GOES_ON}", err=True)
                return STOPPED
        self._tell(proved)
        return DONE if proved else NOT_PROVED

    def _new(self) -> Practice:
        book = self.book or self._which()
        flattened(book)  # says what is wrong with it before anything is asked
        say([["", f"Your practice will be in {self.folder}. What you keep in it is sealed by a passphrase."]])
        return Practice.create(self.folder, new_passphrase(), book=book, derivation=self.derivation)

    def _which(self) -> str:
        try:
            return Conversation(None).which_name()
        except (Enough, Danger):
            return DEFAULT_BOOK

    def _again(self) -> Practice:
        """A practice whose setting up was stopped halfway. Raises AlreadyThere where it was not."""
        if read_keys(self.folder).kit_proved and (self.folder / NAME).is_file():
            help = "`poise keep` keeps a moment in it; `--home FOLDER` sets up another"
            raise AlreadyThere(f"there is a practice in {self.folder} already", help)
        say([[f"There is a practice in {self.folder}; a step of setting it up is left. What you kept stays as it is."]])
        return Practice.open(self.folder, passphrase())

    def _help_sheet(self) -> None:
        say([["", SHEET]])
        write_anew(self.folder)

    def _tell(self, proved: bool) -> None:
        if not proved:
            say([["", LEFT]])
            return
        sheet = [f"  {line}" for line in help_sheet(self.folder)]
        say([["", f"Your help sheet, in {self.folder / NAME}:", *sheet]])
        say([["", READY]])
