"""Three minutes afterwards: what is asked about a kept moment, and what becomes of the answers.

What was expected is asked before how it went. Nothing the guidelines leaned to is shown, and nothing is filled in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from ..journal.entries import RATING, REPAIR, RUPTURE, Entry, FollowUp, KeptMoment, Line, Reflection, Sign
from ..rulebook.guideline import BESIDE, LISTS, MINE, TOWARD
from ..rulebook.rulebook import ME, WHO_WAS_HIT, Rulebook
from ..weighing.moment import Moment
from .asking import DAY, LINE, SOMETHING_ELSE, Asking, Question, Said

if TYPE_CHECKING:
    from .looking import Looking

BETWEEN = {"closer": "closer", "same": "the same", "sore": "sore", "further": "further apart"}
"""How it is between two people: expected, and afterwards."""
FOR_THEM = {
    "helped": "it helped them",
    "mixed": "some of both",
    "no_difference": "it made no difference to them",
    "harder": "it made it harder for them",
}
HOW_KNOWN = {"told": "they told me", "asked": "I asked", "guessed": "I guess"}
FOR_ME = {"lighter": "lighter", "same": "the same", "heavier": "heavier"}
OFF = {"no": "no", "a_little": "a little", "yes": "yes"}
TALKED = {"no": "no", "partly": "partly", "yes": "yes"}
HELD = {
    "barely": "it barely held",
    "shaky": "it was shaky",
    "held": "it held",
    "solid": "it was solid",
    "very_solid": "it was very solid",
}
"""A rating, from the least to the most."""
BACK = {"day": "on a day", "waiting": "when something has come"}
WORDS: Mapping[str, Mapping[str, str]] = {
    "forecast": BETWEEN,
    "for_them": FOR_THEM,
    "for_us": BETWEEN,
    "for_me": FOR_ME,
    RATING: HELD,
    RUPTURE: OFF,
    REPAIR: TALKED,
}
"""The words of answers that are kept by their name."""
OWN_WORDS = "Your own words will do as well."


@dataclass(frozen=True)
class About:
    """A moment that is looked back on, and what of it changes the questions."""

    moment: KeptMoment
    book: Rulebook | None
    person: str = ""
    sore: bool = False
    """Whether something that felt off between the two is not mended yet."""
    remarks: bool = False

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
        return self.person or ("the person it hit" if self.moment.whose == MINE else "the one who said it")


def about(practice: Looking, moment: KeptMoment) -> About:
    """A moment to look back on."""
    book = practice.book_of(moment) if moment.book_sha256 else None
    whom = practice.nicknames().get(moment.person_id or 0, "")
    sore = practice.is_sore(moment.person_id) if moment.person_id else False
    return About(moment, book, whom, sore, bool(practice.journal.setting("remarks", False)))


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
        ask = "Before how it went: back then, what did you expect between you afterwards?"
        yield Question("forecast", ask, BETWEEN, f"Only what you expected at the time. {OWN_WORDS}", own_words=True)


def _for_them(about: About, said: Said) -> Iterator[Question]:
    here = about.moment.whose == MINE or about.moment.answers.get(WHO_WAS_HIT) != "people_not_here"
    ask = "How was it for the person it hit?" if here else "And for the people it was about, if it reached them?"
    yield Question("for_them", ask, FOR_THEM, f"What you did, or left, as it was for them. {OWN_WORDS}", own_words=True)
    if said.get("for_them"):
        yield Question("how_known", "How do you know?", HOW_KNOWN, "A guess is fine, as long as it is called one.")


def _between(about: About, said: Said) -> Iterator[Question]:
    yield Question("for_us", f"Between you and {about.whom}, now?", BETWEEN, OWN_WORDS, own_words=True)
    if not about.person or about.on_me:
        return
    yield Question("off", "Did something feel off between you two?", OFF, "Nothing is concluded from other answers.")
    if about.sore or said.get("off") in ("a_little", "yes"):
        yield Question("talked", "Did you get to talk about it?", TALKED, "Whatever talking is between you two.")
    yield Question("rating", "How much could it hold between you, this time?", HELD, "As it felt to you, that day.")


def _for_me(about: About) -> Question:
    if about.on_me:
        return Question("for_me", "What do you need now?", {}, "In your words. You owe this to nobody.", LINE)
    explain = f"What would you say to a friend in your place? You can write that. {OWN_WORDS}"
    return Question("for_me", "And you, now?", FOR_ME, explain, own_words=True)


def _hindsight(about: About, said: Said) -> Iterator[Question]:
    if about.book is None:
        return
    ask = "Knowing how it went, which would it have been?"
    asks = {TOWARD: ask, MINE: ask, BESIDE: "And beside it, for the person it hit and for you?"}
    if about.on_me:
        asks |= {TOWARD: f"Any of these was yours. {ask}", BESIDE: "And beside it, for you?"}
    explain = "Not what would have been right. What you would rather have done, if anything."
    names = (MINE,) if about.moment.whose == MINE else (TOWARD, BESIDE)
    for name in names:
        says = {r.id: (r.if_me if about.on_me and r.if_me else r.say) for r in about.book.listed(name)}
        yield Question(f"hindsight_{name}", asks[name], {**says, SOMETHING_ELSE: "something else"}, explain)
    if SOMETHING_ELSE in [said.get(f"hindsight_{name}") for name in names]:
        yield Question("hindsight_else", "What would it have been, in your words?", {}, "Enter leaves it out.", LINE)


def _afterwards(about: About, said: Said) -> Iterator[Question]:
    sore = said.get("for_us") == "sore" or (about.sore and said.get("talked") != "yes")
    ask = (
        "Do you want to mend it, or come back to it?" if sore and not about.on_me else "Do you want to come back to it?"
    )
    yield Question("come_back", ask, BACK, "Enter is no. `poise come-back` lists what you wanted to come back to.")
    if said.get("come_back") == "day":
        yield Question("due_on", "Which day?", {}, "For example tomorrow, friday, in 2 weeks or 2026-03-10.", DAY)
    if said.get("come_back"):
        yield Question("waiting_for", "What are you waiting for?", {}, "In your words. Enter leaves it out.", LINE)
    yield Question("line", "Was there a line that opened it? In your words, to find it again.", {}, "", LINE)
    if about.remarks:
        room = "What did the room learn? Or anything else to keep." if about.in_charge else "Anything else to keep?"
        yield Question("note", room, {}, "Only asked because you turned remarks on.", LINE)


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
        RATING: said.get("rating"),
    }
    for sign, words in given.items():
        if words:
            at = moment.happened_at if sign != REPAIR else None  # talking about it comes later
            yield Sign(person_id=moment.person_id, moment_id=moment.id, sign=sign, said=words, happened_at=at)


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


def in_words(name: str, kept: str) -> str:
    """What was kept of an answer, as words: `helped, asked` is “it helped them (I asked)”."""
    words = WORDS.get(name, {})
    said, comma, known = kept.rpartition(", ")
    if name == "for_them" and comma and known in HOW_KNOWN:
        return f"{words.get(said, said)} ({HOW_KNOWN[known]})"
    return words.get(kept, kept)
