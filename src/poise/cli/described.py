"""A rulebook in words for the screen, and as plain data for `--json`."""

from __future__ import annotations

from typing import Any

from ..rulebook.guideline import LISTS, Guideline, doublings, strength
from ..rulebook.rulebook import Rulebook

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
    return [
        head,
        *([["Before any weighing:", *(f"  {bound.say}" for bound in book.bounds.values())]] if book.bounds else []),
        *(_guideline(number, guideline, book) for number, guideline in enumerate(book.guidelines.values(), 1)),
        *([LIST_WORDS[name], *(f"  {r.say}" for r in book.listed(name))] for name in LISTS if book.listed(name)),
        ["What it asks", *(f"  {_question(question)}" for question in book.questions)],
        *([["It promises", *(f"  {promise.text}" for promise in book.promises)]] if book.promises else []),
    ]


def _question(question: Any) -> str:
    words = " · ".join(question.word(code) for code in range(len(question.answers)))
    return f"{question.ask} {words}"


def _guideline(number: int, guideline: Guideline, book: Rulebook) -> list[str]:
    notes = ["I care about this one"] if guideline.anchored else []
    notes += [f"weight {guideline.weight:g}"] if guideline.weight != 1 else []
    aside = f" ({'; '.join(notes)})" if notes else ""
    lines = [f"{number}. {guideline.say}{aside}"]
    lines += [f"  {guideline.because}"] if guideline.because else []
    for direction, sign in (("toward", 1), ("away from", -1)):
        pulls: dict[str, int] = {}
        for clause in guideline.clauses:
            for response, units in clause.leans.items():
                if units * sign > 0:
                    pulls[response] = max(pulls.get(response, 0), abs(units))
        if pulls:
            named = [f"{book.responses[r].say} ({strength(units)})" for r, units in pulls.items()]
            lines.append(f"  Leans {direction}: {'; '.join(named)}.")
    return lines


def described(book: Rulebook) -> dict[str, Any]:
    """A book as plain data: words, answers and leans in doublings; conditions stay in the text (`--text`)."""
    return {
        "title": book.title,
        "for": book.audience,
        "first_duty": book.first_duty,
        "signed": book.signed,
        "responses": {
            name: {
                r.id: {"say": r.say, "means": r.means, "like": r.like, "lines": list(r.lines)}
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
