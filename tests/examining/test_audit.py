"""What the page about the starter books says of them is so."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest

import poise
from poise.examining.saying import how_many, how_often
from poise.rulebook.rulebook import Rulebook
from poise.weighing.weighing import tables_of

PAGE = Path(__file__).resolve().parents[2] / "docs" / "audit.md"
QUICK = ("safety", "who_was_hit", "harm", "place", "trust", "receptive", "energy")
"""What the first draft was looked at over."""
DRAFT = {"among_friends": 495, "in_the_room": 689, "keeping_the_room": 369}
"""How often silence led in the first draft, in a thousand, as it was noted down then."""


@pytest.mark.parametrize("name", DRAFT)
def test_silence_over_the_quick_considerations_is_as_the_page_says(name: str) -> None:
    book = poise.read(name)
    silent = silences(book)
    worst = [led for answers, led in silent.items() if badly_hurt_and_safe(*answers)]
    cells = (
        book.title,
        how_many(Fraction(DRAFT[name], 1000)),
        how_many(Fraction(sum(silent.values()), len(silent))),
        how_often(Fraction(sum(worst), len(worst))),
    )
    assert f"| {' | '.join(cells)} |" in PAGE.read_text(encoding="utf-8")


def badly_hurt_and_safe(safety: str, who_was_hit: str, harm: str, *_: str) -> bool:
    return safety == "safe" and who_was_hit == "someone_here" and harm in ("serious", "cruel")


def silences(book: Rulebook) -> dict[tuple[str, ...], bool]:
    """{answers to the quick considerations: whether silence leads, everything else open}."""
    tables = tables_of(book)
    lanes = {response: lane for lane, response in tables.members["toward"]}
    asked = [book.considerations[name] for name in QUICK]
    found = {}
    for answers in product(*(question.answers for question in asked)):
        codes = list(book.nothing_said)
        for question, answer in zip(asked, answers, strict=True):
            codes[question.position] = question.code(answer)
        scores = tables.scores(codes)
        found[answers] = scores[lanes["let_be"]] == max(scores[lane] for lane in lanes.values())
    return found
