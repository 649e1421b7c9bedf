"""What one process examines: `python examining.py WHAT BOOK` prints {what: number} as JSON, {} where given up."""

from __future__ import annotations

import json
import random
import resource
import sys
import time

import poise
from poise.examining import reach as reaching
from poise.examining.changes import decisive
from poise.examining.search import Unsettled
from poise.examining.walking import walk as walking
from poise.rulebook.reading import read
from poise.rulebook.rulebook import Rulebook

STRENGTHS = ("nudge", "-nudge", "pull", "-pull", "strong", "-strong")


def main(what: str, given: str) -> dict[str, float]:
    """Examine, and say what it took."""
    book = random_book(*map(int, given.split(","))) if what == "random" else poise.read(given)
    start, states = time.process_time(), [0]
    counted(states)
    try:
        if what == "random":
            reaching.leads(book, "toward", by=())
        else:
            reaching.reach(book)
        if what == "whole":
            for guideline in book.guidelines:
                decisive(book, guideline)
    except Unsettled:
        return {}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": time.process_time() - start, "states": states[0], "megabytes": memory}


def counted(states: list[int]) -> None:
    """Count the states that walks look at."""
    walk = walking.walk

    def counting(problem: walking.Problem) -> walking.Ends:
        ends = walk(problem)
        states[0] += ends.expanded
        return ends

    vars(reaching)["walk"] = counting


def random_book(guidelines: int, considerations: int, seed: int) -> Rulebook:
    """Guidelines of one to three comparisons each, over considerations of three to five ordered answers."""
    drawn = random.Random(seed)
    sizes = [drawn.randint(3, 5) for _ in range(considerations)]
    lines = ["poise: 1", "title: Random", "responses:", "  toward:"]
    lines += [f"    r{i}: {{say: r{i}}}" for i in range(7)]
    lines.append("considerations:")
    lines += [
        f"  c{i}: {{ask: c, answers: {' < '.join(f'a{j}' for j in range(size))}}}" for i, size in enumerate(sizes)
    ]
    lines.append("guidelines:")
    for number in range(guidelines):
        looked_at = drawn.sample(range(considerations), drawn.choice((1, 2, 2, 3)))
        parts = [f"c{i} {drawn.choice(('<=', '>=', '=='))} a{drawn.randrange(1, sizes[i] - 1)}" for i in looked_at]
        leans = {f"r{i}": drawn.choice(STRENGTHS) for i in drawn.sample(range(7), drawn.randint(1, 3))}
        lean = ", ".join(f"{response}: {strength}" for response, strength in leans.items())
        lines.append(f"  g{number}: {{say: g, when: {' and '.join(parts)}, lean: {{{lean}}}}}")
    return read("random", "\n".join(lines) + "\n")


if __name__ == "__main__":
    json.dump(main(*sys.argv[1:]), sys.stdout)
