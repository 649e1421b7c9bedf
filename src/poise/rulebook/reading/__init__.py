"""Reads what is written: from YAML to a `Rulebook`, or to every mistake in one pass."""

from .book import Find, read
from .claims import read_promise

__all__ = ["Find", "read", "read_promise"]
