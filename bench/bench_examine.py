"""How long examining a whole rulebook takes, in time and memory, and up to where it can be done exactly.

Each row is a process of its own, so that its memory is its own. Time is processor time: one thread works, and a busy
machine then counts less. README.md says what is done.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
MOST_SECONDS, MOST_MEGABYTES = 15, 2048
"""Targets for a starter book, examined exactly and whole."""
BOOKS = ("among_friends", "in_the_room", "keeping_the_room")
GUIDELINES, CONSIDERATIONS = (20, 30, 40, 60, 80), (18, 27, 36)
SEEDS = 3
PATIENCE, MORE_PATIENCE = 20, 300
"""Seconds on the clock after which a random book, and a starter book, is given up."""

Found = dict[str, float]


def main() -> None:
    """Measure and print everything."""
    print_starters()
    print_growth()


def print_starters() -> None:
    """The starter books: leads of all lists with their breakdowns, and with what each guideline changes."""
    print("\nA starter book, every situation, every list, by who was hit × harm × safety × energy\n")
    print(f"{'book':18}{'leads':>10}{'states':>12}{'MB':>7}{'+ each guideline':>19}{'MB':>7}")
    worst_time = worst_memory = 0.0
    for book in BOOKS:
        quick, whole = run("leads", book, MORE_PATIENCE), run("whole", book, MORE_PATIENCE)
        print(
            f"{book:18}{quick['seconds']:8.2f} s{quick['states']:12,.0f}{quick['megabytes']:7.0f}"
            f"{whole['seconds']:17.1f} s{whole['megabytes']:7.0f}"
        )
        worst_time, worst_memory = max(worst_time, whole["seconds"]), max(worst_memory, whole["megabytes"])
    held = worst_time < MOST_SECONDS and worst_memory < MOST_MEGABYTES
    target = f"under {MOST_SECONDS} s and {MOST_MEGABYTES:,} MB, each guideline included, exactly and without a cap"
    print(f"\n{'holds' if held else 'MISSED'}: {target}")


def print_growth() -> None:
    """Random books: each guideline looks at one to three considerations, and leans on as many of seven responses."""
    print("\nRandom books, one list of 7 responses: median of those that end, and how many of them do\n")
    print(f"{'guidelines × considerations':30}{'time':>10}{'states':>14}{'MB':>8}   end")
    for considerations in CONSIDERATIONS:
        for guidelines in GUIDELINES:
            if not print_growth_of(guidelines, considerations):
                break


def print_growth_of(guidelines: int, considerations: int) -> bool:
    """One row; whether any of its books could be examined."""
    runs = [run("random", f"{guidelines},{considerations},{seed}") for seed in range(SEEDS)]
    ended = [found for found in runs if found]
    name = f"{guidelines} × {considerations}"
    if ended:
        row = [sorted(found[key] for found in ended)[len(ended) // 2] for key in ("seconds", "states", "megabytes")]
        print(f"{name:30}{row[0]:8.2f} s{row[1]:14,.0f}{row[2]:8.0f}   {len(ended)} of {SEEDS}", flush=True)
    else:
        print(f"{name:30}{f'given up after {PATIENCE} s, or at a gigabyte':>32}   none", flush=True)
    return bool(ended)


def run(what: str, given: str, patience: int = PATIENCE) -> Found:
    """One measurement in a process of its own; nothing where it is given up."""
    command = [sys.executable, str(HERE / "examining.py"), what, given]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=patience, env=os.environ)
    except subprocess.TimeoutExpired:
        return {}
    if done.returncode:
        sys.exit(done.stderr)
    found: Found = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    main()
