"""Text on a terminal: wrapped to its width, plain where colour is not wanted."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import Any

import click

from ..rulebook.mistake import columns

WIDEST = 88
"""Columns of running text at most: a line that is easy to read."""


def width() -> int:
    """How many columns of text fit: the terminal's, within reason."""
    return max(20, min(WIDEST, _terminal_columns() - 1))


def _terminal_columns() -> int:
    """As `shutil.get_terminal_size` finds them, without the time that loading `shutil` takes."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isdecimal() and int(asked):
        return int(asked)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 80
    except (OSError, ValueError, AttributeError):
        return 80


def coloured() -> bool:
    """Whether to use colour: only on a terminal, and never with NO_COLOR or TERM=dumb."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def can_draw(text: str) -> bool:
    """Whether the terminal's encoding has these characters."""
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def styled(text: str, **style: Any) -> str:
    """The text in a style, where colour is wanted."""
    return click.style(text, **style) if coloured() else text


def wrapped(text: str, most: int | None = None) -> list[str]:
    """The text in lines of at most `most` columns; what follows a leading indent hangs under it."""
    most = most or width()
    indent = " " * (len(text) - len(text.lstrip(" ")))
    lines, line = [], indent
    for word in _words(text.strip(), most - len(indent) - 2):
        gap = "" if line.strip() == "" else " "
        if columns(line) + len(gap) + columns(word) > most and line.strip():
            lines.append(line)
            line, gap = indent + "  ", ""
            if not indent:
                line = ""
        line += gap + word
    return [*lines, line]


def _words(text: str, most: int) -> Iterable[str]:
    """The words of a text; one too wide for a line in pieces if it is Chinese, which has no spaces, and not a path."""
    for word in text.split():
        if columns(word) == len(word):
            yield word
            continue
        piece = ""
        for char in word:
            if piece and columns(piece + char) > most:
                yield piece
                piece = ""
            piece += char
        yield piece


def say(paragraphs: Iterable[Iterable[str]]) -> None:
    """Print paragraphs, wrapped, an empty line between them."""
    blocks = ["\n".join(line for text in paragraph for line in wrapped(text)) for paragraph in paragraphs]
    click.echo("\n\n".join(block for block in blocks if block))


def say_json(data: Any) -> None:
    """Print data as JSON, non-ASCII characters as they are."""
    import json

    click.echo(json.dumps(data, ensure_ascii=False, indent=2))
