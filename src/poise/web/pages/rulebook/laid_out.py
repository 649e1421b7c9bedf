"""A rulebook as a person reads it: plain tuples, its conditions in words, its leans as nudge, pull or strong."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from ....rulebook.condition import ALWAYS, Condition
from ....rulebook.consideration import Consideration
from ....rulebook.guideline import LISTS, strength
from ....rulebook.guideline import Bound as OneBound
from ....rulebook.guideline import Guideline as OneGuideline
from ....rulebook.guideline import Response as OneResponse
from ....rulebook.rulebook import Rulebook
from ....rulebook.speech import Say, plain
from ....rulebook.wording import in_words
from .naming import mark_of

AS_WRITTEN, SET_ASIDE, SOFTER, HARDER = "as_written", "set_aside", "softer", "harder"
MOST_KEPT = 24


class Lean(NamedTuple):
    """Which responses are pulled how hard, which way; `units` tell apart what the words do not."""

    strength: str
    toward: bool
    says: tuple[str, ...]
    units: tuple[int, ...]


class Clause(NamedTuple):
    """When, in words (empty: in any moment), and what leans then."""

    when: str
    leans: tuple[Lean, ...]


class Guideline(NamedTuple):
    """One guideline. `first` is the first rule, which is said openly where it is set aside."""

    id: str
    mark: str
    number: int
    say: str
    because: str
    clauses: tuple[Clause, ...]
    anchored: bool
    first: bool
    weight: str
    grip: str
    source: str


class Bound(NamedTuple):
    """What comes before any weighing."""

    id: str
    say: str
    when: str
    never: tuple[str, ...]
    replaces: bool
    because: str
    source: str


class Response(NamedTuple):
    """Something one can do, and what it takes."""

    id: str
    say: str
    if_me: str
    means: str
    needs: str
    when: str
    heard_by: str
    directness: str
    asks: str
    effort: str
    protects: str
    lines: tuple[str, ...]


class Question(NamedTuple):
    """A question the book asks, and its answers."""

    id: str
    ask: str
    answers: tuple[str, ...]
    explain: str


class Promise(NamedTuple):
    """What the book promises: which responses never lead, and when."""

    id: str
    says: tuple[str, ...]
    when: str


class Page(NamedTuple):
    """A whole book."""

    title: str
    audience: str
    first_duty: str
    signed: str
    ask_yourself: tuple[str, ...]
    guidelines: tuple[Guideline, ...]
    bounds: tuple[Bound, ...]
    responses: dict[str, tuple[Response, ...]]
    questions: tuple[Question, ...]
    impossible: tuple[str, ...]
    promises: tuple[Promise, ...]
    start: tuple[Lean, ...]
    cases: int


_KEPT: dict[tuple[int, Say], tuple[Rulebook, Page]] = {}


def laid_out(book: Rulebook, say: Say = plain) -> Page:
    """The book as it is read. The last few are remembered: a book that was read does not change."""
    known = _KEPT.get((id(book), say))
    if known is None:
        known = _KEPT[id(book), say] = book, _page(book, say)
        for old in list(_KEPT)[:-MOST_KEPT]:
            _KEPT.pop(old, None)
    return known[1]


def _page(book: Rulebook, say: Say) -> Page:
    return Page(
        book.title,
        book.audience,
        book.first_duty,
        book.signed,
        book.ask_yourself,
        tuple(_guideline(book, number, each, say) for number, each in enumerate(book.guidelines.values(), 1)),
        tuple(_bound(book, each, say) for each in book.bounds.values()),
        {name: tuple(_response(book, each, say) for each in listed) for name in LISTS if (listed := book.listed(name))},
        tuple(_question(each) for each in book.questions),
        tuple(in_words(book, each, say) for each in book.impossible),
        tuple(
            Promise(
                each.text, tuple(book.responses[r].say for r in each.responses), when_words(book, each.condition, say)
            )
            for each in book.promises
        ),
        leans_of(book, book.start),
        len(book.cases),
    )


def when_words(book: Rulebook, condition: Condition, say: Say = plain) -> str:
    """A condition in words; empty where it always holds."""
    return "" if condition == ALWAYS else in_words(book, condition, say)


def leans_of(book: Rulebook, units: dict[str, int]) -> tuple[Lean, ...]:
    """Leans in words, those alike together: toward before away from, the stronger before the weaker."""
    ranked = sorted((item for item in units.items() if item[1]), key=lambda item: (item[1] < 0, -abs(item[1])))
    found = groupby(ranked, key=lambda item: (strength(item[1]), item[1] > 0))
    return tuple(_lean(book, how, toward, list(items)) for (how, toward), items in found)


def _lean(book: Rulebook, how: str, toward: bool, items: list[tuple[str, int]]) -> Lean:
    says = tuple(book.responses[response].say for response, _ in items)
    return Lean(how, toward, says, tuple(size for _, size in items))


def weight_word(weight: float) -> str:
    """How much a guideline counts beside what it says, in a word."""
    if weight == 0:
        return SET_ASIDE
    return AS_WRITTEN if weight == 1 else SOFTER if weight < 1 else HARDER


def _guideline(book: Rulebook, number: int, each: OneGuideline, say: Say) -> Guideline:
    clauses = tuple(
        Clause(when_words(book, clause.condition, say), leans_of(book, each.units(clause))) for clause in each.clauses
    )
    return Guideline(
        each.id,
        mark_of(each.id),
        number,
        each.say,
        each.because,
        clauses,
        each.anchored,
        each is book.cardinal,
        weight_word(each.weight),
        each.grip,
        each.source,
    )


def _bound(book: Rulebook, each: OneBound, say: Say) -> Bound:
    never = tuple(book.responses[response].say for response in each.never)
    return Bound(
        each.id, each.say, when_words(book, each.condition, say), never, each.replaces, each.because, each.source
    )


def _response(book: Rulebook, each: OneResponse, say: Say) -> Response:
    return Response(
        each.id, each.say, each.if_me, each.means, when_words(book, each.needs, say), each.when, each.heard_by,
        each.directness, each.asks, each.effort, each.protects, each.lines,
    )  # fmt: skip


def _question(each: Consideration) -> Question:
    words = tuple(each.word(code) for code in range(len(each.answers)))
    return Question(each.id, each.ask, words, each.explain)
