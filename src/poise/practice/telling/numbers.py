"""Numbers as they are said."""

from __future__ import annotations

NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def number(count: int) -> str:
    """A number in words, up to twelve."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def often(times: int) -> str:
    """`never`, `once`, `twice`, `three times`."""
    return {0: "never", 1: "once", 2: "twice"}.get(times, f"{number(times)} times")
