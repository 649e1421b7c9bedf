"""Keeping a moment: from answers that were given, or from a conversation that ends with what I did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime

import click

from ..journal.entries import KeptMoment, to_plain
from ..practice import Practice
from ..practice.answering import BETWEEN
from ..practice.reflecting import OWN_WORDS
from ..practice.telling.trusted import says_words
from ..rulebook.consideration import Consideration
from ..rulebook.guideline import BESIDE, MINE, TOWARD
from ..rulebook.mistake import Mistake, Mistakes, clipped, did_you_mean
from ..rulebook.rulebook import Rulebook
from ..weighing.moment import Moment
from ..weighing.record import record
from ..weighing.telling import label, quoted
from ..weighing.weighing import Weighing, weigh
from .answers import moment_of
from .conversation import BREATH, KEYS, SOMETHING_ELSE, Conversation
from .drafts import Draft
from .helping import say_help
from .questions import Danger, Enough, typed
from .report import report
from .screen import say, say_json
from .when import day_words

NOTHING_KEPT = "Nothing was kept."
ASKS = {
    TOWARD: "What did you do?",
    BESIDE: "And beside it, for the person it hit and for you?",
    MINE: "What did you do?",
}
BESIDE_ME = "And beside it, for you?"
DID_EXPLAINED = "What you really did. Enter leaves it open; whether it was what this leans to does not matter."
OTHERWISE = "Would you say otherwise?"
BELIEVED = "Enter leaves it so. It was worked out from your own notes, and your word counts before it."
ELSE = "What was it, in your words? Enter leaves it out."
WHOM = "Whom was it with? A nickname is enough. Enter leaves it out."
EXPECTED = "What do you expect between you two, afterwards?"
EXPECTED_EXPLAINED = f"It is laid beside what came, when you look back. {OWN_WORDS}"
RESTING = "You set this time aside for rest{until}. Nothing here needs an answer now; . saves what you have."
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

    def told(self, answers: Sequence[str], as_json: bool) -> int:
        """Keep what was told on the command line, and say what it leans to. Raises Mistakes or Trouble."""
        try:
            moment = moment_of(self.book, tuple(answers))
        except Mistakes as found:
            raise Mistakes(found.mistakes, NOTHING_KEPT) from None
        weighing = weigh(self.book, self.practice.believing(self.book, moment, self.person))
        kept = self._keep(weighing, self._else(asked=not as_json))
        if as_json:
            shown = ("uid", "happened_at", "written_at", "whose", "book", "did", "did_else")
            plain = {name: value for name, value in to_plain(kept).items() if name in shown}
            say_json({"kept": {**plain, "person": self.person}, "weighing": record(weighing)})
            return 0
        report(weighing)
        for name, words in _believed(moment, weighing).items():
            say([["", f"{words} `{name}=…` says otherwise."]])
        self._say_kept(kept, weighing)
        return 0

    def asked(self) -> int:
        """Ask, say what it leans to, ask what I did, and keep it. In danger, or stopped, the draft is left."""
        draft = Draft(self.practice.journal, "moment")
        if resting := self.practice.resting():
            until = f", until {day_words(resting.ends_at)}" if resting.ends_at else ""
            say([["", RESTING.format(until=until)]])
        try:
            self._ask(draft)
        except Danger:
            say_help(self.practice.journal.vault.folder, draft.left("poise keep"))
        except (KeyboardInterrupt, click.Abort):
            return draft.stopped("poise keep")
        return 0

    def _ask(self, draft: Draft) -> None:
        conversation = Asking(self.practice, self.book, self.person, draft.offered("about a moment"), draft.save)
        weighing = conversation.weighed()
        self.happened_at = self.happened_at or draft.began
        if not self.did and not self.something_else:
            self.did, self.something_else = conversation.what_i_did(weighing)
        did_else = conversation.words("did_else", ELSE) if self.something_else else ""
        self.person = self.person or conversation.words("person", WHOM) or None
        forecast = conversation.expected(weighing)
        remark = conversation.words("remark", REMARK) if self.practice.journal.setting("remarks", False) else ""
        did_else = did_else or (SOMETHING_ELSE if self.something_else else "")
        said = {"gut": conversation.gut, "forecast": forecast, "remark": remark, "draft": draft.name}
        self._say_kept(self._keep(weighing, did_else, **said), weighing)

    def _else(self, asked: bool = True) -> str:
        """What I did instead, in my words where I want to say it."""
        return ((_line(ELSE) if asked else "") or SOMETHING_ELSE) if self.something_else else ""

    def _keep(self, weighing: Weighing, did_else: str, **more: str) -> KeptMoment:
        return self.practice.keep(
            weighing=weighing,
            person=self.person,
            did=self.did,
            did_else=did_else,
            happened_at=self.happened_at,
            **more,  # type: ignore[arg-type]
        )

    def _say_kept(self, kept: KeptMoment, weighing: Weighing) -> None:
        day = f" {day_words(kept.happened_at)}" if kept.happened_at else ""
        whom = f", with {self.person}" if self.person else ""
        did = [quoted(weighing, response) for response in self.did.values()]
        did += [f"“{kept.did_else}”"] if kept.did_else else []
        say([["", f"Kept:{day}{whom}." + (f" You did {' and '.join(did)}." if did else "")]])


class Asking(Conversation):
    """The conversation of `poise weigh` over one's own book, and what one did after it."""

    def __init__(
        self,
        practice: Practice,
        book: Rulebook,
        person: str | None,
        said: dict[str, str],
        heard: Callable[[dict[str, str]], None],
    ) -> None:
        super().__init__(None, None, said, heard)
        self.practice, self.own, self.person = practice, book, person

    def weighed(self) -> Weighing:
        """Ask, and say what it leans to. Raises Danger."""
        say([[BREATH], [KEYS]])
        try:
            with suppress(Enough):
                self._ask_all(self.own)
        except Danger:
            self._danger(self.own)
            raise
        click.echo()
        weighing = self._weighing(self.own)
        report(weighing)
        return weighing

    def _weighing(self, book: Rulebook) -> Weighing:
        """What was said so far, weighed; with what is believed of us two, where I did not say it."""
        return weigh(book, self.practice.believing(book, self._moment(book), self.person))

    def _moment(self, book: Rulebook) -> Moment:
        return Moment(book, self.whose, **self.answers)

    def _next(self, book: Rulebook) -> Consideration | None:
        """First what is believed of us two, to be said otherwise; then what could still change a lead."""
        weighing = self._weighing(book)
        believed = _believed(self._moment(book), weighing) if weighing.steer and not weighing.bound else {}
        for name, words in believed.items():
            if name not in self.passed:
                return book.considerations[name]._replace(ask=f"{words} {OTHERWISE}", explain=BELIEVED)
        return super()._next(book)

    def what_i_did(self, weighing: Weighing) -> tuple[dict[str, str], bool]:
        """What I did, by list; and whether it was something else."""
        did: dict[str, str] = {}
        other = False
        with suppress(Enough):
            for name in (MINE,) if self.whose == MINE else (TOWARD, BESIDE):
                words = {response.id: label(weighing, response.id) for response in self.own.listed(name)}
                more = {} if name == BESIDE else {SOMETHING_ELSE: SOMETHING_ELSE}
                chosen = self.choose(f"did {name}", _did_ask(weighing, name), words | more, DID_EXPLAINED)
                other = other or chosen == SOMETHING_ELSE
                if chosen and chosen != SOMETHING_ELSE:
                    did[name] = chosen
        return did, other

    def expected(self, weighing: Weighing) -> str:
        """What I expect to come of it; not asked of somebody it landed on."""
        with suppress(Enough):
            if weighing.steer and weighing.bound is None:
                return self.choose("forecast", EXPECTED, BETWEEN, EXPECTED_EXPLAINED, own_words=True) or ""
        return ""

    def words(self, name: str, ask: str) -> str:
        """One's own words; none where the questions are enough."""
        with suppress(Enough):
            return self.line(name, ask)
        return ""


def _believed(moment: Moment, weighing: Weighing) -> dict[str, str]:
    """{consideration: its words} for what a weighing takes from the journal, beside what was said of a moment."""
    found = {name: belief for name, belief in weighing.moment.beliefs.items() if name not in moment.beliefs}
    return {name: says_words(belief, weighing.book.considerations[name]) for name, belief in found.items()}


def _did_ask(weighing: Weighing, name: str) -> str:
    return ASKS[name] if weighing.steer or name != BESIDE else BESIDE_ME


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
    with suppress(Enough, Danger):
        return typed()
    return ""
