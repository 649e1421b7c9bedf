"""Rewrites what the pages show, in place, with what comes out now: `python -m tests.docs.refresh [page …]`.

Look at the difference before keeping it: a page that reads well is the point of the exercise.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from .pages import pages
from .running import ANYTHING, Shown, matches, run_page


def refreshed(shown: Shown) -> list[str]:
    """The new lines; where the page leaves lines out with `…`, as many are left out as fits."""
    expected, actual = list(shown.expected), list(shown.actual)
    if ANYTHING not in expected:
        return actual
    parts: list[list[str]] = [[]]
    for line in expected:
        if line == ANYTHING:
            parts.append([])
        else:
            parts[-1].append(line)
    first, *middle, last = parts
    found = [actual[: len(first)]]
    for part in middle:
        at = next((i for i, line in enumerate(actual) if part and line == part[0]), None)
        if at is not None:
            found.append(actual[at : at + len(part)])
    found.append(actual[len(actual) - len(last) :] if last else [])
    lines = [line for part in found for line in (*part, ANYTHING)][:-1]
    return lines if matches(tuple(lines), shown.actual) else actual


def refresh(page: Path) -> int:
    """Rewrite one page; the number of places that changed."""
    with tempfile.TemporaryDirectory() as folder:
        stale = [shown for shown in run_page(page, Path(folder)) if not shown.agrees]
    lines = page.read_text(encoding="utf-8").splitlines()
    for shown in reversed(stale):
        lines[shown.start - 1 : shown.start - 1 + len(shown.expected)] = refreshed(shown)
    if stale:
        page.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(stale)


if __name__ == "__main__":
    for each in [Path(name).resolve() for name in sys.argv[1:]] or pages():
        changed = refresh(each)
        if changed:
            print(f"{each.name}: {changed} places were out of date.")
