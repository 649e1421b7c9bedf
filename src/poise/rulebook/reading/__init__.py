"""Reads what is written: from YAML to a `Rulebook`, or to every mistake in one pass."""

from .book import Find, read

__all__ = ["Find", "read"]
