"""A rulebook in words for the screen, and as plain data for `--json`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..rulebook.consideration import Consideration
from ..rulebook.guideline import LISTS, Bound, Guideline, Response, doublings, strength
from ..rulebook.rulebook import Rulebook
from ..rulebook.wording import in_words

LIST_WORDS = {
    "toward": "Toward the one who said it",
    "beside": "Beside: for the person hit, and for me",
    "mine": "When I am the one who slipped",
}


def pages(book: Rulebook) -> list[list[str]]:
    """A book in words, paragraph by paragraph."""
    head = [book.title, *([f"For {book.audience}."] if book.audience else [])]
    head += [f"First duty: {book.first_duty}."] if book.first_duty else []
    head += [book.signed] if book.signed else []
    starts = [f"  {_named(book, r)}: {_lean(units)}" for r, units in book.start.items()]
    return [
        head,
        *_section("Before any weighing", [line for bound in book.bounds.values() for line in _bound(book, bound)]),
        *_section("Where it starts", starts),
        *(_guideline(book, number, guideline) for number, guideline in enumerate(book.guidelines.values(), 1)),
        *(section for name in LISTS for section in _section(LIST_WORDS[name], map(_response, book.listed(name)))),
        *_section("What it asks", map(_question, book.questions)),
        *_section("Taken as impossible", [f"  {in_words(book, condition)}" for condition in book.impossible]),
        *_section("Ask yourself", [f"  {question}" for question in book.ask_yourself]),
        *_section("It promises", [f"  {promise.text}" for promise in book.promises]),
    ]


def _section(heading: str, lines: Iterable[str]) -> list[list[str]]:
    """A heading with its lines; nothing where there are none."""
    found = list(lines)
    return [[f"{heading}:", *found]] if found else []


def _bound(book: Rulebook, bound: Bound) -> list[str]:
    taken = ", ".join(_named(book, response) for response in bound.never)
    what = f"Takes out: {taken}." if taken else "Nothing is weighed then."
    return [f"  {bound.say}", f"    When {in_words(book, bound.condition)}. {what}"]


def _named(book: Rulebook, response: str) -> str:
    return f"“{book.responses[response].say.lower()}”"


def _response(response: Response) -> str:
    """A response with what it takes: when it is, who hears it, what it asks of the relationship and of me."""
    notes = [response.when.replace("_", " "), f"heard by {response.heard_by.replace('_', ' ')}"]
    notes += [f"direct: {response.directness}", f"asks of the relationship: {response.asks}"]
    notes += [f"effort: {response.effort}", f"protects the person hit: {response.protects}"]
    return f"  {response.say} ({'; '.join(notes)})"


def _question(question: Consideration) -> str:
    """`harm: How bad is it? slip (a clumsy slip) · …`: the names that `poise weigh` takes, and their words."""
    answers = [
        f"{answer} ({question.words[answer]})" if answer in question.words else answer for answer in question.answers
    ]
    return f"  {question.id}: {question.ask} {' · '.join(answers)}"


def _guideline(book: Rulebook, number: int, guideline: Guideline) -> list[str]:
    notes = ["I care about this one"] if guideline.anchored else []
    notes += [f"weight {guideline.weight:g}"] if guideline.weight != 1 else []
    notes += [f"held {guideline.grip}"] if guideline.grip != "steady" else []
    aside = f" ({'; '.join(notes)})" if notes else ""
    lines = [f"{number}. {guideline.say}{aside}"]
    lines += [f"  {guideline.because}"] if guideline.because else []
    for clause in guideline.clauses:
        leans = "; ".join(f"{_named(book, r)} ({_lean(units)})" for r, units in clause.leans.items())
        lines.append(f"  When {in_words(book, clause.condition)}: {leans}.")
    return [*lines, *([f"  From: {guideline.source}"] if guideline.source else [])]


def _lean(units: int) -> str:
    """`pull toward`, `strong away from`."""
    return f"{strength(units)} {'toward' if units > 0 else 'away from'}" if units else "none"


def described(book: Rulebook) -> dict[str, Any]:
    """A book as plain data: words, answers and leans in doublings; conditions stay in the text (`--text`)."""
    return {
        "title": book.title,
        "for": book.audience,
        "first_duty": book.first_duty,
        "signed": book.signed,
        "responses": {
            name: {
                r.id: {name: value for name, value in r._asdict().items() if name not in ("id", "list", "needs")}
                for r in book.listed(name)
            }
            for name in LISTS
        },
        "considerations": {
            c.id: {
                "ask": c.ask,
                "answers": list(c.answers),
                "ordered": c.ordered,
                "words": c.words,
                "first": c.first,
                "fixed": c.fixed,
            }
            for c in book.questions
        },
        "start": {response: doublings(units) for response, units in book.start.items()},
        "guidelines": {
            g.id: {
                "say": g.say,
                "because": g.because,
                "source": g.source,
                "family": g.family,
                "anchored": g.anchored,
                "weight": g.weight,
                "grip": g.grip,
                "leans": [{r: doublings(units) for r, units in clause.leans.items()} for clause in g.clauses],
            }
            for g in book.guidelines.values()
        },
        "bounds": {b.id: {"says": b.say, "never": list(b.never), "replaces": b.replaces} for b in book.bounds.values()},
        "promises": [promise.text for promise in book.promises],
    }
