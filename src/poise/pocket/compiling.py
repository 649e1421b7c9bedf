"""A rulebook as plain data for a page: small, and enough to weigh, ask, tip and tell by.

Conditions are kept once each and named by number: a comparison is `[position, mask]`, and `[NOT, c]`, `[ALL, c, …]`,
`[ANY, c, …]` are made of earlier ones. Leans are whole thousandths of a doubling, each behind its lane, which is the
place of a response. What there is many of stands in rows. The page's modules make of it what `poise.weighing` makes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..rulebook.completing import Completions
from ..rulebook.condition import ALWAYS, NEVER, All, Among, Condition, Not
from ..rulebook.consideration import Consideration
from ..rulebook.guideline import DEGREES, LET_BE, LISTS, Bound, Guideline, Response
from ..rulebook.mistake import Mistake, Mistakes
from ..rulebook.rulebook import Rulebook
from ..rulebook.speech import Say, both, clauses, either, listed, plain, sentences
from ..weighing.telling import words

NOT, ALL, ANY = -1, -2, -3
MOST_COMBINATIONS = 20_000
"""Combinations of answers that what is impossible may tell apart: a phone has to look through them while one waits."""

Row = list[Any]
_HEADINGS = ("ANY_IS_YOURS", "YOUR_OWN_WORDS", "WAYS_TO_BEGIN")
"""What stands over sentences is the page's own."""


def compiled(book: Rulebook, say: Say = plain, text_hash: str = "") -> dict[str, Any]:
    """The book as a JSON object, the same for the same book; its `words` are Poise's own sentences, by `say`.

    `text_hash` names the text it was read from, for what comes home to be weighed by. Raises Mistakes for what a phone
    cannot weigh.
    """
    _check(book)
    made = _Numbered()
    lanes = {response: lane for lane, response in enumerate(book.responses)}
    found = {
        "title": book.title,
        "hash": text_hash,
        "ask_yourself": list(book.ask_yourself[:1]),
        "considerations": [_consideration(question) for question in book.questions],
        "responses": [_response(response, made) for response in book.responses.values()],
        "start": _leans(book.start, lanes),
        "guidelines": [_guideline(guideline, made, lanes) for guideline in book.guidelines.values()],
        "bounds": [_bound(bound, made, lanes) for bound in book.bounds.values()],
        "impossible": [[made.number(each) for each in group] for _, group in book.impossible_groups],
        **_known(book, made),
        "words": sentences_of(say),
    }
    return {**found, "conditions": made.conditions}


def sentences_of(say: Say = plain) -> dict[str, str]:
    """{name: template} of the sentences a weighing is told in, in the language of `say`."""
    found = {
        name.lower(): say(value) for name, value in vars(words).items() if name.isupper() and name not in _HEADINGS
    }
    joining = {"listed": listed, "clauses": clauses, "sentences": sentences, "both": both, "either": either}

    def as_it_is(template: str, /, **_: object) -> str:
        return say(template)

    return found | {name: join(as_it_is, ("", "")) for name, join in joining.items()}


def _check(book: Rulebook) -> None:
    """What hangs together so widely that a phone would not be done with it is refused."""
    for _, group in book.impossible_groups:
        if Completions(All(group), book.sizes).combinations > MOST_COMBINATIONS:
            message = f"what is impossible here tells more than {MOST_COMBINATIONS:,} combinations of answers apart"
            help = "a phone would not be done with it: take one out of `impossible`, or let it look at fewer questions"
            raise Mistakes([Mistake("too-tangled", message, help=help)], "Nothing was built.")


class _Numbered:
    """The conditions of a book, each kept once; the parts of one stand before it."""

    def __init__(self) -> None:
        self.conditions: list[list[int]] = []
        self._known: dict[tuple[int, ...], int] = {}

    def number(self, condition: Condition) -> int:
        """The number of a condition, which is kept if it is new."""
        row = self._row(condition)
        if row not in self._known:
            self._known[row] = len(self.conditions)
            self.conditions.append(list(row))
        return self._known[row]

    def _row(self, condition: Condition) -> tuple[int, ...]:
        if isinstance(condition, Among):
            return condition.position, condition.mask
        if isinstance(condition, Not):
            return NOT, self.number(condition.inner)
        return ALL if isinstance(condition, All) else ANY, *map(self.number, condition.inner)


def _consideration(question: Consideration) -> Row:
    """[id, answers, ask, words of the answers, explain, flags]; 0 stands for words that are the answer's own."""
    said = [question.word(code) for code in range(len(question.answers))]
    own = [answer.replace("_", " ") for answer in question.answers]
    words = [0 if word == usual else word for word, usual in zip(said, own, strict=True)]
    flags = _flags(question.ordered, question.first, question.fixed)
    return [question.id, " ".join(question.answers), question.ask, words, question.explain, flags]


def _response(response: Response, made: _Numbered) -> Row:
    """[id, list, say, means, if_me, lines, flags]; last, if it needs anything, when that is missing."""
    flags = _flags(DEGREES.index(response.directness) >= DEGREES.index("some"), LET_BE in (response.id, response.like))
    words = [response.id, LISTS.index(response.list), response.say, response.means, response.if_me]
    lacks = [] if response.needs == ALWAYS else [made.number(Not(response.needs))]
    return [*words, list(response.lines), flags, *lacks]


def _guideline(guideline: Guideline, made: _Numbered, lanes: Mapping[str, int]) -> Row:
    """[id, say, because, whether it is anchored, clauses]; a clause is [condition, lane, lean, lane, lean, …]."""
    clauses = [[made.number(c.condition), *_leans(guideline.units(c), lanes)] for c in guideline.clauses]
    return [guideline.id, guideline.say, guideline.because, int(guideline.anchored), clauses]


def _bound(bound: Bound, made: _Numbered, lanes: Mapping[str, int]) -> dict[str, Any]:
    return {
        "id": bound.id,
        "say": bound.say,
        "condition": made.number(bound.condition),
        "never": [lanes[response] for response in dict.fromkeys(bound.never)],
        "replaces": bound.replaces,
    }


def _known(book: Rulebook, made: _Numbered) -> dict[str, Any]:
    """What the product knows by itself: whose moment it is, who is responsible for the room, and the first rule."""
    cardinal = {} if book.cardinal is None else {"cardinal": book.cardinal.id}
    named = (("landed_on_me", book.landed_on_me), ("in_charge", book.in_charge))
    return cardinal | {name: made.number(condition) for name, condition in named if condition != NEVER}


def _leans(units: Mapping[str, int], lanes: Mapping[str, int]) -> list[int]:
    """[lane, lean, lane, lean, …]"""
    return [number for response, lean in units.items() for number in (lanes[response], lean)]


def _flags(*flags: bool) -> int:
    """The flags as bits, the first one the lowest."""
    return sum(1 << place for place, flag in enumerate(flags) if flag)
