"""Findings about responses: those that never lead, and silence where it does harm."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ...rulebook.condition import All
from ...rulebook.guideline import LET_BE, LISTS, TOWARD, Clause
from ..leading import Demands
from ..search import Unsettled
from ..situations import Space
from .finding import Finding
from .reading import Reading

HURT_HERE = ("who_was_hit == someone_here", "harm >= serious")
FREE_TO_SPEAK = ("safety == safe", "they_want != leave_it", "they_want != handling_it", "livelihood < serious_risk")
"""When silence leaves somebody here alone with it; of the second, as much as the book has words for."""


def about_responses(reading: Reading) -> Iterator[Finding]:
    """Responses that never lead, a book in which nothing pulls toward speaking, and silence where it does harm."""
    yield from _no_pull_to_speak(reading)
    yield from _silent_while_hurt(reading)
    space = Space([reading.book])
    for name in LISTS:
        for response in reading.book.listed(name):
            yield from _never_leads(reading, space, response.id)


def _no_pull_to_speak(reading: Reading) -> Iterator[Finding]:
    """A book that offers letting it be, and no guideline that pulls toward anything else."""
    toward = {response.id for response in reading.book.listed(TOWARD)}
    clauses = [clause for guideline in reading.book.guidelines.values() for clause in guideline.clauses]
    if LET_BE in toward and not any(_pulls_to_speak(clause, toward) for clause in clauses):
        message = "No guideline of this book pulls toward speaking, so silence wins by default."
        yield Finding("no-pull-to-speak", message, "Is the first rule missing?")


def _pulls_to_speak(clause: Clause, toward: set[str]) -> bool:
    silence = clause.leans.get(LET_BE, 0)
    return any(clause.leans.get(response, 0) > silence for response in toward - {LET_BE})


def _silent_while_hurt(reading: Reading) -> Iterator[Finding]:
    """It leans to silence while someone here is seriously hurt, it is safe, and nobody asked for quiet."""
    hurt = reading.understood(*HURT_HERE)
    if LET_BE not in reading.book.responses or not isinstance(hurt, All) or len(hurt.inner) < len(HURT_HERE):
        return
    condition = All((hurt, reading.understood(*FREE_TO_SPEAK)))
    space = Space([reading.book], [condition])
    demands = Demands(space)
    demands.leads(0, LET_BE)
    demands.holds(condition)
    try:
        found, _ = demands.shortest(reading.most_states)
    except Unsettled:
        return
    if found is not None:
        yield Finding(
            "silent-while-hurt",
            "It leans to letting it be while someone here is seriously hurt, it is safe, and nobody asked for quiet.",
            "A guideline of a first duty could pull further there.",
            place=reading.place("responses", LET_BE),
            witness=space.moment(found, reading.whose([LET_BE])),
            share=reading.share_first((LET_BE,), condition),
        )


def _never_leads(reading: Reading, space: Space, response: str) -> Iterator[Finding]:
    demands = Demands(space)
    demands.leads(0, response)
    try:
        found = demands.find(reading.most_states)
    except Unsettled:
        return
    if found is None:
        message = f"`{response}` never leads: in every situation something else of its list leads."
        advice = "It is still there to choose. If it is worth leading somewhere, a guideline could lean to it there."
        yield Finding("never-leads", message, advice, place=reading.place("responses", response), share=Fraction(0))
