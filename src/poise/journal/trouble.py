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

from collections.abc import Callable


class Phrase:
    """A sentence or a part of one: a template in English, and what stands in its places; those can be phrases, too."""

    def __init__(self, template: str, /, **places: object) -> None:
        self.template = template
        self.places = places

    def said(self, say: Callable[..., str]) -> str:
        """The words, by what says a template in a language: `say("with {person}", person=nickname)`."""
        places = {name: each.said(say) if isinstance(each, Phrase) else each for name, each in self.places.items()}
        return say(self.template, **places)

    def __str__(self) -> str:
        return self.said(_in_english)


def _in_english(template: str, /, **places: object) -> str:
    return template.format(**places) if places else template


def phrase(words: str | Phrase, /, **places: object) -> Phrase:
    """Words as a phrase, with those of the places that they have; one that is a phrase already stays as it is."""
    if isinstance(words, Phrase):
        return words
    return Phrase(words, **{name: each for name, each in places.items() if f"{{{name}" in words})


def so(nothing: str, help: str | Phrase, /, **places: object) -> Phrase:
    """What became of it, and the way out: `nothing was kept; shorten it`."""
    return Phrase("{nothing}; {help}", nothing=Phrase(nothing), help=phrase(help, **places))


class Trouble(Exception):
    """Something the journal could not do: what, and the option that helps. Both have the places that `places` fill."""

    def __init__(self, message: str | Phrase, help: str | Phrase = "", /, **places: object) -> None:
        self.what = phrase(message, **places)
        self.way_out = phrase(help, **places)
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """What could not be done, in English."""
        return str(self.what)

    @property
    def help(self) -> str:
        """The option that helps, in English."""
        return str(self.way_out)

    def said(self, say: Callable[..., str]) -> tuple[str, str]:
        """(what could not be done, the option that helps), in a language."""
        return self.what.said(say), self.way_out.said(say) if self.way_out.template else ""

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
