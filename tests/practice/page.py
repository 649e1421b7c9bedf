"""Writes docs/moments.md from the invented moments and what the books say of them: `python -m tests.practice.page`."""

from __future__ import annotations

import textwrap
from pathlib import Path

from poise.shelf import STARTERS
from poise.weighing.telling import told

from .reading import Vignette, book_of, vignettes

PAGE = Path(__file__).parents[2] / "docs" / "moments.md"

HEAD = """# Worked moments

Invented moments, weighed by the three books that come with Poise. No story is a real case, and no slur is printed.
Under each story stands what the book leans to and its strongest reasons, and then what one experienced practitioner
said about it, with the other side. They are one person's judgement, not a standard, and nothing here is validated.
Who people are never counts: swap who was hit and who spoke, keep the answers, and the leaning stays the same.

The stories and labels are `tests/practice/vignettes.yaml`. The page is written by `python -m tests.practice.page` and
checked by the tests.
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for name in STARTERS:
        parts.append(f"## {book_of(name).title}\n")
        parts += [_moment(vignette) for vignette in vignettes() if vignette.book == name]
    return "\n".join(parts)


def _moment(vignette: Vignette) -> str:
    words = told(vignette.weigh())
    lines = [f"### {vignette.title}", _wrapped(vignette.story)]
    if words.leaning:
        lines.append(_wrapped(f"**{words.leaning}** {words.differ}".strip()))
    lines += [_wrapped(f"**{bound}**") for bound in words.bounds]
    lines += [_wrapped(f"- {cited}", "  ") for cited in words.because] + [
        _wrapped(f"- Against: {c}", "  ") for c in words.against
    ]
    if words.choices:
        lines.append(_wrapped(f"**{words.opening}** Any of these is yours: {'; '.join(words.choices).lower()}."))
    lines += [_wrapped(f"- {cited}", "  ") for cited in words.yours]
    lines += [_wrapped(f"*{tip}*") for tip in words.tips[:1]]
    other = "" if vignette.counter.startswith("None") else f" The other side: {vignette.counter}"
    lines.append(_wrapped(f"A practitioner: {vignette.why}{other}"))
    return _spaced(lines)


def _spaced(lines: list[str]) -> str:
    """Lines a blank line apart, items of one list together."""
    text = ""
    for before, line in zip(["", *lines], lines, strict=False):
        text += "" if not before else "\n" if before.startswith("- ") and line.startswith("- ") else "\n\n"
        text += line
    return text + "\n"


def _wrapped(text: str, hanging: str = "") -> str:
    return textwrap.fill(text, 118, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
