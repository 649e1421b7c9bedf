"""Three minutes afterwards: what is asked about a kept moment, and what becomes of the answers.

What was expected is asked before how it went. Nothing the guidelines leaned to is shown, and nothing is filled in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from ..journal.entries import RATING, REPAIR, RUPTURE, Entry, FollowUp, KeptMoment, Line, Reflection, Sign
from ..rulebook.guideline import BESIDE, LISTS, MINE, TOWARD
from ..rulebook.rulebook import ME, WHO_WAS_HIT, Rulebook
from ..rulebook.speech import Say, plain, sentences, spoken
from ..weighing.moment import Moment
from .answering import BACK, BETWEEN, FOR_ME, FOR_THEM, HELD, HOW_KNOWN, OFF, TALKED, in_words
from .asking import DAY, LINE, SOMETHING_ELSE, Asking, Question, Said

if TYPE_CHECKING:
    from ..relationship import Instrument
    from .between import Between

__all__ = ["HELD", "About", "about", "entries", "in_words", "questions"]
OWN_WORDS = "Your own words will do as well."
HIT, SAID_IT = "the person it hit", "the one who said it"
HINDSIGHT = "Knowing how it went, which would it have been?"


@dataclass(frozen=True)
class About:
    """A moment that is looked back on, and what of it changes the questions."""

    moment: KeptMoment
    book: Rulebook | None
    person: str = ""
    sore: bool = False
    """Whether something that felt off between the two is not mended yet."""
    remarks: bool = False
    instrument: Instrument | None = None
    """One's own, where there is one: a rating can be a number on it."""
    say: Say = plain
    """How questions are said; what a person answers by is the same in every language."""

    @property
    def on_me(self) -> bool:
        """Whether it landed on the reader."""
        return self.moment.whose != MINE and self.moment.answers.get(WHO_WAS_HIT) == ME

    @property
    def in_charge(self) -> bool:
        """Whether the reader was responsible for the room."""
        book, kept = self.book, self.moment
        return book is not None and book.in_charge.under(Moment(book, kept.whose, **kept.answers).codes) is True

    @property
    def whom(self) -> str:
        """The other one, in the middle of a sentence."""
        return self.person or self.say(HIT if self.moment.whose == MINE else SAID_IT)


def about(practice: Between, moment: KeptMoment, say: Say = plain) -> About:
    """A moment to look back on."""
    book = practice.book_of(moment) if moment.book_sha256 else None
    whom = practice.nicknames().get(moment.person_id or 0, "")
    sore = practice.is_sore(moment.person_id) if moment.person_id else False
    remarks = bool(practice.journal.setting("remarks", False))
    return About(moment, book, whom, sore, remarks, practice.own_instrument, say)


def questions(about: About) -> Asking:
    """What is asked, in this order; each can be passed over."""
    return partial(_questions, about)


def _questions(about: About, said: Said) -> Iterator[Question]:
    if not about.on_me:
        yield from _expected(about)
        yield from _for_them(about, said)
    yield from _between(about, said)
    yield _for_me(about)
    yield from _hindsight(about, said)
    yield from _afterwards(about, said)


def _expected(about: About) -> Iterator[Question]:
    if not about.moment.forecast:
        say = about.say
        ask = say("Before how it went: back then, what did you expect between you afterwards?")
        explain = sentences(say, [say("Only what you expected at the time."), say(OWN_WORDS)])
        yield Question("forecast", ask, spoken(say, BETWEEN), explain, own_words=True)


def _for_them(about: About, said: Said) -> Iterator[Question]:
    say = about.say
    here = about.moment.whose == MINE or about.moment.answers.get(WHO_WAS_HIT) != "people_not_here"
    ask = say("How was it for the person it hit?" if here else "And for the people it was about, if it reached them?")
    explain = sentences(say, [say("What you did, or left, as it was for them."), say(OWN_WORDS)])
    yield Question("for_them", ask, spoken(say, FOR_THEM), explain, own_words=True)
    if said.get("for_them"):
        guess = say("A guess is fine, as long as it is called one.")
        yield Question("how_known", say("How do you know?"), spoken(say, HOW_KNOWN), guess)


def _between(about: About, said: Said) -> Iterator[Question]:
    say = about.say
    ask = say("Between you and {whom}, now?", whom=about.whom)
    yield Question("for_us", ask, spoken(say, BETWEEN), say(OWN_WORDS), own_words=True)
    if not about.person or about.on_me:
        return
    nothing = say("Nothing is concluded from other answers.")
    yield Question("off", say("Did something feel off between you two?"), spoken(say, OFF), nothing)
    if about.sore or said.get("off") in ("a_little", "yes"):
        whatever = say("Whatever talking is between you two.")
        yield Question("talked", say("Did you get to talk about it?"), spoken(say, TALKED), whatever)
    ask = say("How much could it hold between you, this time?")
    explain = sentences(say, [say("As it felt to you, that day."), *_numbers(about)])
    yield Question("rating", ask, spoken(say, HELD), explain, scale=about.instrument)


def _numbers(about: About) -> list[str]:
    """That a number will do as well, and whose instrument it is on."""
    from .telling.rated import scale_words  # noqa: PLC0415 - only where there is an instrument

    return scale_words(about.instrument, about.say) if about.instrument else []


def _for_me(about: About) -> Question:
    say = about.say
    if about.on_me:
        return Question("for_me", say("What do you need now?"), {}, say("In your words. You owe this to nobody."), LINE)
    friend = say("What would you say to a friend in your place? You can write that.")
    explain = sentences(say, [friend, say(OWN_WORDS)])
    return Question("for_me", say("And you, now?"), spoken(say, FOR_ME), explain, own_words=True)


def _hindsight(about: About, said: Said) -> Iterator[Question]:
    if about.book is None:
        return
    say = about.say
    asks = _hindsight_asks(about)
    explain = say("Not what would have been right. What you would rather have done, if anything.")
    names = (MINE,) if about.moment.whose == MINE else (TOWARD, BESIDE)
    for name in names:
        says = {r.id: (r.if_me if about.on_me and r.if_me else r.say) for r in about.book.listed(name)}
        yield Question(f"hindsight_{name}", asks[name], {**says, SOMETHING_ELSE: say("something else")}, explain)
    if SOMETHING_ELSE in [said.get(f"hindsight_{name}") for name in names]:
        ask = say("What would it have been, in your words?")
        yield Question("hindsight_else", ask, {}, say("Enter leaves it out."), LINE)


def _hindsight_asks(about: About) -> dict[str, str]:
    """{list: what is asked of it}."""
    say = about.say
    ask = say(HINDSIGHT)
    if about.on_me:
        mine = sentences(say, [say("Any of these was yours."), ask])
        return {TOWARD: mine, MINE: ask, BESIDE: say("And beside it, for you?")}
    return {TOWARD: ask, MINE: ask, BESIDE: say("And beside it, for the person it hit and for you?")}


def _afterwards(about: About, said: Said) -> Iterator[Question]:
    say = about.say
    sore = (said.get("for_us") == "sore" or (about.sore and said.get("talked") != "yes")) and not about.on_me
    ask = say("Do you want to mend it, or come back to it?" if sore else "Do you want to come back to it?")
    enter = say("Enter is no. `poise come-back` lists what you wanted to come back to.")
    yield Question("come_back", ask, spoken(say, BACK), enter)
    if said.get("come_back") == "day":
        example = say("For example tomorrow, friday, in 2 weeks or 2026-03-10.")
        yield Question("due_on", say("Which day?"), {}, example, DAY)
    if said.get("come_back"):
        leave = say("In your words. Enter leaves it out.")
        yield Question("waiting_for", say("What are you waiting for?"), {}, leave, LINE)
    line = say("Was there a line that opened it? In your words, to find it again.")
    yield Question("line", line, {}, "", LINE)
    if about.remarks:
        room = about.in_charge
        ask = say("What did the room learn? Or anything else to keep." if room else "Anything else to keep?")
        yield Question("note", ask, {}, say("Only asked because you turned remarks on."), LINE)


def entries(about: About, said: Said) -> list[Entry]:
    """What becomes of the answers: signs, what to come back to, a line, and the reflection itself."""
    return [*_signs(about, said), *_others(about, said), _reflection(about, said)]


def _signs(about: About, said: Said) -> Iterator[Sign]:
    moment = about.moment
    if not moment.person_id:
        return
    given = {
        RUPTURE: said.get("off"),  # “no” is kept, too: it is not the same as not having been asked
        REPAIR: said.get("talked"),
        RATING: _rating(about, said.get("rating")),
    }
    for sign, words in given.items():
        if words:
            at = moment.happened_at if sign != REPAIR else None  # talking about it comes later
            yield Sign(person_id=moment.person_id, moment_id=moment.id, sign=sign, said=words, happened_at=at)


def _rating(about: About, said: str | None) -> str | None:
    """A rating as it is kept: a number with the name of the instrument it was given on."""
    return f"{about.instrument.id} {said}" if said and said not in HELD and about.instrument else said


def _others(about: About, said: Said) -> Iterator[Entry]:
    moment = about.moment
    whom, to_come = moment.person_id, {"due_on": said.get("due_on"), "waiting_for": said.get("waiting_for")}
    if any(to_come.values()):
        due = date.fromisoformat(to_come["due_on"]) if to_come["due_on"] else None
        yield FollowUp(person_id=whom, moment_id=moment.id, due_on=due, waiting_for=to_come["waiting_for"] or "")
    if said.get("line"):
        response = str(moment.did.get(MINE if moment.whose == MINE else TOWARD, ""))
        yield Line(person_id=whom, moment_id=moment.id, response=response, words=said["line"])


def _reflection(about: About, said: Said) -> Reflection:
    would = {name: said[f"hindsight_{name}"] for name in LISTS if said.get(f"hindsight_{name}")}
    other = SOMETHING_ELSE in would.values()
    chosen = {name: response for name, response in would.items() if response != SOMETHING_ELSE}
    for_them = said.get("for_them", "") + (f", {said['how_known']}" if said.get("how_known") else "")
    return Reflection(
        moment_id=about.moment.id,
        for_them=for_them,
        for_us=said.get("for_us", ""),
        for_me=said.get("for_me", ""),
        hindsight=chosen | ({"else": said.get("hindsight_else") or "something else"} if other else {}),
        note=said.get("note", ""),
    )
