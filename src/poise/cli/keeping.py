"""Keeping a moment: from answers that were given, or from a conversation that ends with what I did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import click

from ..journal.entries import KeptMoment, to_plain
from ..practice import Practice
from ..practice.help_sheet import help_sheet
from ..rulebook.guideline import BESIDE, MINE, TOWARD
from ..rulebook.mistake import Mistake, Mistakes, clipped, did_you_mean
from ..rulebook.rulebook import Rulebook
from ..weighing.moment import Moment
from ..weighing.record import record
from ..weighing.weighing import weigh
from .answers import moment_of
from .conversation import BREATH, KEYS, SOMETHING_ELSE, Conversation, Danger, Enough
from .own import asked_line
from .report import report
from .screen import say, say_json
from .when import day_words

NOTHING_KEPT = "Nothing was kept."
ASKS = {
    TOWARD: "What did you do?",
    BESIDE: "And beside it, for the person it hit and for you?",
    MINE: "What did you do?",
}
DID_EXPLAINED = "What you really did. Enter leaves it open; whether it was what this leans to does not matter."
ELSE = "What was it, in your words? Enter leaves it out."
REMARK = "What was said, if you want to keep it. Enter leaves it out."


class Keeping:
    """One moment on its way into the journal."""

    def __init__(
        self,
        practice: Practice,
        person: str | None = None,
        did: Sequence[str] = (),
        something_else: bool = False,
        happened_at: datetime | None = None,
    ) -> None:
        self.practice, self.person, self.happened_at = practice, person, happened_at
        self.book = practice.books.read()
        self.did, self.something_else = _did(self.book, did), something_else

    def told(self, answers: Sequence[str], as_json: bool) -> None:
        """Keep what was told on the command line, and say what it leans to. Raises Mistakes or Trouble."""
        try:
            moment = moment_of(self.book, tuple(answers))
        except Mistakes as found:
            raise Mistakes(found.mistakes, NOTHING_KEPT) from None
        kept = self._keep(moment, did_else=self._else(asked=not as_json))
        weighing = weigh(self.book, moment)
        if as_json:
            shown = ("uid", "happened_at", "written_at", "whose", "book", "did", "did_else")
            plain = {name: value for name, value in to_plain(kept).items() if name in shown}
            say_json({"kept": {**plain, "person": self.person}, "weighing": record(weighing)})
            return
        report(weighing)
        self._say_kept(kept)

    def asked(self) -> None:
        """Ask, say what it leans to, ask what I did, and keep it. In danger, nothing is kept."""
        conversation = Asking(self.book)
        if not conversation.weighed():
            say([["", "Your help sheet:", *(f"  {line}" for line in help_sheet(self.practice.journal.vault.folder))]])
            say([["", NOTHING_KEPT]])
            return
        if not self.did and not self.something_else:
            self.did, self.something_else = conversation.what_i_did()
        did_else = self._else()
        remark = _line(REMARK) if self.practice.journal.setting("remarks", False) else ""
        self._say_kept(self._keep(conversation.moment, did_else, conversation.gut, remark))

    def _else(self, asked: bool = True) -> str:
        """What I did instead, in my words where I want to say it."""
        return ((_line(ELSE) if asked else "") or SOMETHING_ELSE) if self.something_else else ""

    def _keep(self, moment: Moment, did_else: str, gut: str = "", remark: str = "") -> KeptMoment:
        return self.practice.keep(
            answers={**moment.answers, **moment.beliefs},
            whose=moment.whose,
            person=self.person,
            gut=gut,
            did=self.did,
            did_else=did_else,
            remark=remark,
            happened_at=self.happened_at,
        )

    def _say_kept(self, kept: KeptMoment) -> None:
        day = f" {day_words(kept.happened_at)}" if kept.happened_at else ""
        whom = f", with {self.person}" if self.person else ""
        did = [f"“{self.book.responses[response].say.lower()}”" for response in self.did.values()]
        did += [f"“{kept.did_else}”"] if kept.did_else else []
        say([["", f"Kept:{day}{whom}." + (f" You did {' and '.join(did)}." if did else "")]])


class Asking(Conversation):
    """The conversation of `poise weigh` over one's own book, and what one did after it."""

    def __init__(self, book: Rulebook) -> None:
        super().__init__(None)
        self.own = book

    @property
    def moment(self) -> Moment:
        """What was answered."""
        return Moment(self.own, self.whose, **self.answers)

    def weighed(self) -> bool:
        """Ask, and say what it leans to; False where someone is in danger."""
        say([[BREATH], [KEYS]])
        try:
            self._ask_all(self.own)
        except Enough:
            pass
        except Danger:
            self._danger(self.own)
            return False
        click.echo()
        report(self._weighing(self.own))
        return True

    def what_i_did(self) -> tuple[dict[str, str], bool]:
        """What I did, by list; and whether it was something else."""
        did: dict[str, str] = {}
        other = False
        try:
            for name in (MINE,) if self.whose == MINE else (TOWARD, BESIDE):
                responses = self.own.listed(name)
                chosen = self._choose(
                    ASKS[name],
                    [*(response.id for response in responses), *([] if name == BESIDE else [SOMETHING_ELSE])],
                    [*(response.say for response in responses), *([] if name == BESIDE else [SOMETHING_ELSE])],
                    DID_EXPLAINED,
                )
                other = other or chosen == SOMETHING_ELSE
                if chosen and chosen != SOMETHING_ELSE:
                    did[name] = chosen
        except (Enough, Danger):
            pass
        return did, other


def _did(book: Rulebook, given: Sequence[str]) -> dict[str, str]:
    """{list: response}. Raises Mistakes for one that is not in the book, or two of one list."""
    mistakes = []
    did: dict[str, str] = {}
    for name in given:
        if name not in book.responses:
            help = did_you_mean(name, book.responses, "`--something-else` is for what is not in the book")
            message = f"there is no response `{clipped(name)}` in this rulebook"
            mistakes.append(Mistake("unknown-name", message, help=help))
        elif book.responses[name].list in did:
            other = did[book.responses[name].list]
            help = "give the one that came first, or the one that mattered"
            mistakes.append(Mistake("written-twice", f"`{other}` and `{name}` are of the same list", help=help))
        else:
            did[book.responses[name].list] = name
    if mistakes:
        raise Mistakes(mistakes, NOTHING_KEPT)
    return did


def _line(ask: str) -> str:
    say([["", ask]])
    return asked_line() or ""
