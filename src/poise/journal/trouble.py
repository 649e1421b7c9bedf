"""What a person reads when the journal cannot do something: what, why, and the option that helps.

Trouble
├── Locked          the journal is locked
├── WrongKey        this passphrase, or this recovery kit, is not the journal's
├── NoJournal       there is no journal here
├── AlreadyThere    something stands where a journal or a copy would go
├── NewerFile       a newer Poise wrote it
├── Damaged         a file does not match its seal
├── NoRoom          the disk is full
├── Busy            somebody else is writing, or has it open
├── NotAllowed      the computer does not let us write here
├── NoServer        a team's server does not answer
├── Refused         what was given cannot be kept
├── NotThere        no such entry
└── OnHold          a hold stops it
"""

from __future__ import annotations


class Trouble(Exception):
    """Something the journal could not do. `help` is the option that helps."""

    def __init__(self, message: str, help: str = "") -> None:
        self.message = message
        self.help = help
        super().__init__(message)

    def __str__(self) -> str:
        return f"{self.message}\n  {self.help}" if self.help else self.message


class Locked(Trouble):
    """The key is not in memory."""

    def __init__(self) -> None:
        super().__init__("the journal is locked", "open it with its passphrase")


class WrongKey(Trouble):
    """A passphrase or a recovery kit that does not open this journal. Nothing is wrong with the journal."""


class NoJournal(Trouble):
    """There is no journal where one was looked for."""


class AlreadyThere(Trouble):
    """Something stands where a journal or a copy would be written."""


class NewerFile(Trouble):
    """The file was written by a newer Poise than this one."""


class Damaged(Trouble):
    """A file does not match its seal, or is not whole."""


class NoRoom(Trouble):
    """The disk is full."""


class Busy(Trouble):
    """Another process is writing, or has the journal open."""


class NotAllowed(Trouble):
    """The computer does not allow reading or writing here."""


class NoServer(Trouble):
    """A team's server does not answer."""


class Refused(Trouble):
    """What was given cannot be kept. Nothing was changed."""


class NotThere(Trouble):
    """There is no such entry."""


class OnHold(Trouble):
    """A hold stops deletion."""
