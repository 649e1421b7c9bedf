"""How near the leaning is to the fully answered one after so many questions, for each starter book.

Invented situations: every answer alike likely, by a fixed seed; those that a bound replaces are left out.
"""

import random
import statistics

import poise
from poise.examining.approach import AFTER, approach
from poise.rulebook.rulebook import Rulebook
from poise.shelf import STARTERS

SITUATIONS = 200
SEED = 11


def invented(book: Rulebook, count: int) -> list[dict[str, str]]:
    """Fully answered situations that are weighed."""
    chance = random.Random(SEED)
    found: list[dict[str, str]] = []
    while len(found) < count:
        answers = {question.id: chance.choice(question.answers) for question in book.questions}
        if poise.weigh(book, poise.Moment(book, **answers)).bound is None:
            found.append(answers)
    return found


def main() -> None:
    print(f"{'book':18}{'list':8}" + "".join(f"{f'after {k}':>10}" for k in AFTER) + f"{'settled at':>12}")
    for name in STARTERS:
        book = poise.read(name)
        result = approach(book, invented(book, SITUATIONS))
        for each, counts in result.near.items():
            near = "".join(f"{counts[k] / result.situations:10.3f}" for k in AFTER)
            print(f"{name:18}{each:8}{near}{statistics.median(result.questions):12.0f}")


if __name__ == "__main__":
    main()
