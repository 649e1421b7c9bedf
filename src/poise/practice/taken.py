"""Which letters were taken in, so that a letter that comes again changes nothing: not even after what it said was
edited, or deleted for good.

A letter is known by a hash of its ephemeral key, which says nothing about its words. The hashes are settings of the
journal, so many to each: `taken/00` to `taken/ff`.
"""

from __future__ import annotations

from ..journal.journal import Journal


def knows(journal: Journal, mark: str) -> bool:
    """Whether the letter of that mark was taken in."""
    return mark in _marks(journal, mark)


def note(journal: Journal, mark: str) -> None:
    """Note that the letter of that mark was taken in."""
    journal.set(_setting(mark), [*_marks(journal, mark), mark])


def _marks(journal: Journal, mark: str) -> list[str]:
    said = journal.setting(_setting(mark), [])
    return said if isinstance(said, list) else []


def _setting(mark: str) -> str:
    return f"taken/{mark[:2]}"
