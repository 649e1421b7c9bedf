"""Text with its place kept: what a YAML file says, before anything is made of it.

Every scalar is a `Word` (nothing is guessed: `no`, `on` and `1.0` are words), every mapping a `Table`,
every sequence a `Row`; each knows where it stands, so that a mistake can point and an edit can cut.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass(frozen=True, eq=False)
class Source:
    """One file's name and text."""

    name: str
    text: str
    _starts: list[int] = field(default_factory=list, repr=False)

    def line_starts(self) -> list[int]:
        """Offset of each line's first character; worked out once."""
        if not self._starts:
            self._starts.append(0)
            self._starts.extend(i + 1 for i, char in enumerate(self.text) if char == "\n")
        return self._starts

    def whole(self) -> Place:
        """The place of the file as a whole: its first character."""
        return Place(self, 0, 0)


class Place(NamedTuple):
    """Where something stands: offsets in characters, `end` excluded."""

    source: Source
    start: int
    end: int

    @property
    def line(self) -> int:
        """The line, counted from 1."""
        return bisect_right(self.source.line_starts(), self.start)

    @property
    def column(self) -> int:
        """The column in characters, counted from 1."""
        return self.start - self.source.line_starts()[self.line - 1] + 1

    @property
    def raw(self) -> str:
        """The characters as they stand in the file."""
        return self.source.text[self.start : self.end]

    def line_text(self) -> str:
        """The whole line this place begins in."""
        start = self.source.line_starts()[self.line - 1]
        end = self.source.text.find("\n", start)
        return self.source.text[start : end if end >= 0 else len(self.source.text)].rstrip("\r")


class Word(NamedTuple):
    """A scalar: its text as YAML reads it, and where it stands in the file."""

    text: str
    place: Place
    plain: bool = True

    def at(self, start: int, end: int) -> Place:
        """The place in the file of `text[start:end]`, through quotes and folded lines."""
        offsets = self._offsets()
        if offsets is None or start >= len(offsets):
            return Place(self.place.source, self.place.end, self.place.end) if offsets else self.place
        last = offsets[min(max(end, start + 1), len(offsets)) - 1]
        return Place(self.place.source, offsets[start], last + 1)

    def _offsets(self) -> list[int] | None:
        """File offset of each character of `text`, or None where escapes make that unclear."""
        raw, base = self.place.raw, self.place.start
        for skip in (0, 1):
            if raw.startswith(self.text, skip):
                return list(range(base + skip, base + skip + len(self.text)))
        return _aligned(raw, self.text, base)


def _aligned(raw: str, text: str, base: int) -> list[int] | None:
    """Offsets of `text` in `raw` when they differ in quotes, folds and indentation only."""
    at = raw.find("\n") + 1 if raw[:1] in "|>" else int(raw[:1] in "'\"")
    offsets = []
    for char in text:
        if char.isspace():
            offsets.append(base + min(at, len(raw) - 1))
            while at < len(raw) and raw[at].isspace():
                at += 1
            continue
        while at < len(raw) and raw[at].isspace():
            at += 1
        if raw.startswith("''", at) and char == "'":
            at += 1
        if at >= len(raw) or raw[at] != char:
            return None
        offsets.append(base + at)
        at += 1
    return offsets


@dataclass(frozen=True, eq=False)
class Table:
    """A mapping, in the order written; `flow` when it stands in `{ }`."""

    entries: dict[str, tuple[Word, Node]]
    place: Place
    flow: bool = False

    def get(self, key: str) -> Node | None:
        """The value under a key, or None."""
        entry = self.entries.get(key)
        return entry[1] if entry else None

    def __iter__(self) -> Iterator[tuple[Word, Node]]:
        return iter(self.entries.values())


@dataclass(frozen=True, eq=False)
class Row:
    """A sequence."""

    items: list[Node]
    place: Place


Node = Word | Table | Row
