"""The same invented moments every time."""

from __future__ import annotations

import random

from poise import Rulebook

LIKELY = ("safety", "who_was_hit", "harm", "they_want", "place", "role", "trust", "energy")
"""What people answer most of the time; the rest of a moment's answers are drawn from all questions."""
CALM = {"risk": "none", "dependent": "none", "safety": ("shaky", "mostly", "safe")}
"""Bounds would end most weighings early, and so make them look fast."""


def full(book: Rulebook, count: int) -> list[dict[str, str]]:
    """Moments with every question answered, evenly at random."""
    draw = random.Random("full")
    return [{q.id: draw.choice(q.answers) for q in book.questions} for _ in range(count)]


def realistic(book: Rulebook, count: int) -> list[dict[str, str]]:
    """Different moments with 8 to 14 answers each, the rest unanswered."""
    draw = random.Random("realistic")
    found: dict[tuple[tuple[str, str], ...], dict[str, str]] = {}
    while len(found) < count:
        answers = _realistic(book, draw)
        found[tuple(answers.items())] = answers
    return list(found.values())


def _realistic(book: Rulebook, draw: random.Random) -> dict[str, str]:
    names = list(book.considerations)
    asked = {name for name in LIKELY if draw.random() < 0.8}
    number = draw.randint(8, 14)
    while len(asked) < number:
        asked.add(draw.choice(names))
    answers = {}
    for name in names:
        if name in asked:
            possible = CALM.get(name, book.considerations[name].answers)
            answers[name] = possible if isinstance(possible, str) else draw.choice(possible)
    return answers
