"""A part of the work, as it is typed: `2/8` is the second of eight."""

from __future__ import annotations

import re

import click


def part(text: str) -> tuple[int, int]:
    """Its number, from 1, and how many there are. Raises UsageError."""
    found = re.fullmatch(r"([0-9]{1,9})/([0-9]{1,9})", text)
    number, parts = map(int, found.groups()) if found else (0, 0)
    if not 0 < number <= parts:
        raise click.UsageError(f"`{text}` is no part: write `2/8` for the second of eight")
    return number, parts
