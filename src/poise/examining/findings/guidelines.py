"""Findings about single guidelines and pairs of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from ...rulebook.condition import ALWAYS, Any, Not
from ..cases import coverage, run_cases
from ..compare import ever_differs
from ..search import Unsettled
from .finding import NOTE, Finding
from .pairs import says_too
from .reading import Part, Reading


def about_guidelines(reading: Reading) -> Iterator[Finding]:
    """Guidelines that never or always apply, say what another says, undo each other, or never change a lead."""
    dead = set()
    for guideline in reading.book.guidelines:
        for finding in _applying(reading, guideline):
            dead |= {guideline} if finding.kind == "never-applies" else set()
            yield finding
    alive = [guideline for guideline in reading.parts if guideline not in dead]
    paired: set[str] = set()
    for finding in _pairs(reading, alive):
        paired.update(finding.guidelines)
        yield finding
    yield from _never_decisive(reading, [guideline for guideline in alive if guideline not in paired])


def _applying(reading: Reading, guideline: str) -> Iterator[Finding]:
    """A guideline, or one of its parts, that never applies; or one that always does though it names a condition."""
    parts = reading.parts[guideline]
    dead = [number for number, part in enumerate(parts, 1) if reading.can_be(part.clause.condition) is None]
    place = reading.place("guidelines", guideline)
    advice = "Two parts of its condition may rule each other out."
    if len(dead) == len(parts):
        message = f"`{guideline}` never applies: no situation fits its condition."
        yield Finding("never-applies", message, advice, place=place, guidelines=(guideline,), share=Fraction(0))
    elif dead:
        numbers = " and ".join(str(number) for number in dead)
        message = f"Under `leans` of `{guideline}`, number {numbers} never applies: no situation fits it."
        yield Finding("part-never-applies", message, advice, place=place, guidelines=(guideline,), share=Fraction(0))
    named = [part.clause.condition for part in parts if part.clause.condition != ALWAYS]
    if named and all(reading.can_be(Not(part.clause.condition)) is None for part in parts):
        message = f"`{guideline}` always applies: its condition holds in every situation."
        advice = "Leave its `when` out if that is meant, or look at what it was meant to tell apart."
        yield Finding("always-applies", message, advice, place=place, guidelines=(guideline,), share=Fraction(1))


def _pairs(reading: Reading, names: list[str]) -> Iterator[Finding]:
    """Pairs in which one guideline says what the other says, or undoes it."""
    for first, second in combinations(names, 2):
        one, two = reading.parts[first], reading.parts[second]
        if not _moving(one) or not _moving(two):
            continue
        if says_too(reading, two, one):
            yield _same(reading, second, first, both=says_too(reading, one, two))
        elif says_too(reading, one, two):
            yield _same(reading, first, second, both=False)
        elif says_too(reading, one, two, -1):
            yield _undone(reading, first, second)
        elif says_too(reading, two, one, -1):
            yield _undone(reading, second, first)


def _moving(parts: tuple[Part, ...]) -> list[Part]:
    """The parts that can move a lead at all."""
    return [part for part in parts if part.pull]


def _same(reading: Reading, first: str, second: str, *, both: bool) -> Finding:
    advice = "Together they pull twice as hard. If that is not meant, one of them can go."
    pair = first, second
    if both:
        message = f"`{first}` and `{second}` apply in the same situations and lean the same."
        return _shown(reading, Finding("duplicate", message, advice, guidelines=pair))
    message = f"Whenever `{first}` applies, `{second}` applies too and leans the same."
    return _shown(reading, Finding("implied", message, advice, guidelines=pair))


def _undone(reading: Reading, first: str, second: str) -> Finding:
    message = f"Whenever `{first}` applies, `{second}` applies too and takes back all that it leans."
    advice = "Together they say nothing. Each may be meant for a case that the other leaves out."
    return _shown(reading, Finding("cancelled", message, advice, guidelines=(first, second)))


def _shown(reading: Reading, finding: Finding) -> Finding:
    """The finding with its place, and a moment in which its first guideline applies."""
    first = finding.guidelines[0]
    part = next(part for part in (*_moving(reading.parts[first]), *reading.parts[first]))
    return replace(
        finding,
        place=reading.place("guidelines", first),
        witness=reading.shown(part.clause.condition, reading.whose(part.clause.leans)),
        share=reading.share(Any(tuple(each.clause.condition for each in reading.parts[first]))),
    )


def _never_decisive(reading: Reading, names: list[str]) -> Iterator[Finding]:
    """Guidelines without which the same responses would lead in every situation."""
    decisive = set(coverage(reading.book, run_cases(reading.book)).decisive)
    for name in names:
        without = {other: each for other, each in reading.book.guidelines.items() if other != name}
        if name in decisive or not reading.book.guidelines[name].responses():
            continue
        try:
            differs = ever_differs(reading.book, replace(reading.book, guidelines=without), reading.most_states)
        except Unsettled:
            continue
        if not differs:
            message = f"`{name}` never changes what leads: without it the same would lead in every situation."
            advice = "It still counts among the reasons. To decide, it would have to lean further."
            shown = _shown(reading, Finding("never-decisive", message, advice, NOTE, guidelines=(name,)))
            yield replace(shown, share=Fraction(0))
