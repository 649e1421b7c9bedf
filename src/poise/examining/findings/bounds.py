"""Findings about bounds, promises, and questions that nothing looks at."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ...rulebook.condition import ALWAYS, All, Any, Condition, Not, scope
from ...rulebook.guideline import BESIDE, LET_BE, NOTHING_MORE, TOWARD, Response
from ...rulebook.rulebook import WHO_WAS_HIT
from ..promises import NOT_SETTLED, REFUTED, Proof, prove
from .finding import NOTE, Finding
from .reading import Reading


def about_bounds(reading: Reading) -> Iterator[Finding]:
    """Bounds that are never met, and situations in which nothing is left to do."""
    for bound in reading.book.bounds.values():
        met = reading.possible(bound.condition) if bound.replaces else reading.can_be(bound.condition)
        if met is None:
            message = f"The bound `{bound.id}` is never met: no situation fits its condition."
            advice = "Someone may count on it. Look at what it was meant to catch."
            yield Finding(
                "bound-never-met", message, advice, place=reading.place("bounds", bound.id), share=Fraction(0)
            )
    yield from _nothing_to_do(reading)


def _nothing_to_do(reading: Reading) -> Iterator[Finding]:
    """Bounds and needs that leave only letting it be and nothing more."""
    members = [*reading.book.listed(TOWARD), *reading.book.listed(BESIDE)]
    doing = [response for response in members if response.id not in (LET_BE, NOTHING_MORE)]
    gone = All(tuple(_gone(reading, response) for response in doing))
    witness = reading.shown(gone) if doing else None
    if witness is not None:
        yield Finding(
            "nothing-to-do",
            "Bounds and needs leave nothing to do but let it be.",
            "Being with someone, getting help and leaving can be left standing.",
            witness=witness,
            share=reading.share(gone),
        )


def _gone(reading: Reading, response: Response) -> Condition:
    """When a response is out."""
    barring = [bound.condition for bound in reading.book.bounds.values() if response.id in bound.never]
    return Any((*barring, *([] if response.needs == ALWAYS else [Not(response.needs)])))


def about_promises(reading: Reading) -> Iterator[Finding]:
    """Promises that are broken, could not be settled, or speak of what can never be."""
    for number, promise in enumerate(reading.book.promises):
        proof = prove(reading.book, promise)
        place = reading.place("promises", str(number))
        if proof.state == REFUTED:
            yield _broken(reading, proof, number)
        elif proof.state == NOT_SETTLED:
            message = f"It took too long to prove “{promise.text}”, or to find where it is broken."
            yield Finding("promise-not-settled", message, "`poise prove` may say more.", place=place)
        elif proof.never_met:
            message = f"“{promise.text}” holds only because what it speaks of can never be."
            yield Finding("promise-of-nothing", message, "Look at its condition.", place=place, share=Fraction(0))


def _broken(reading: Reading, proof: Proof, number: int) -> Finding:
    promise = proof.promise
    return Finding(
        "promise-broken",
        f"“{promise.text}” does not hold: `{proof.response}` is first here.",
        "Either the promise says too much, or a guideline leans too far.",
        place=reading.place("promises", str(number)),
        witness=proof.witness,
        share=reading.share_first(promise.responses, promise.condition),
    )


def about_questions(reading: Reading) -> Iterator[Finding]:
    """Questions whose answers change nothing."""
    looked_at = {WHO_WAS_HIT}
    conditions = [part.clause.condition for parts in reading.parts.values() for part in parts]
    conditions += [bound.condition for bound in reading.book.bounds.values()]
    conditions += [response.needs for response in reading.book.responses.values()]
    conditions += [reading.book.in_charge]
    looked_at |= {reading.book.questions[position].id for each in conditions for position in scope(each)}
    for question in reading.book.questions:
        if question.id not in looked_at:
            message = f"Nothing in this book looks at `{question.id}`, so it is never asked."
            advice = "It may come with the include, and be meant for another book."
            place = reading.place("considerations", question.id)
            yield Finding("never-asked", message, advice, NOTE, place)
