"""Reads a JSON object of lists from a file of any size, one value at a time, and says where it cannot be read.

    for name, line, value in sections(open_, "mine.json"):     # `name` of the list or field; `line` it begins at

A list gives each of its values by itself; only one is in memory. What is not JSON, is too long, is written twice or is
not UTF-8 raises Refused, with line and column.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from json.decoder import JSONDecodeError
from typing import Any, NoReturn, Protocol

from ..trouble import Phrase, Refused, phrase, so

MOST_LETTERS = 16_000_000
"""The longest value that is read: a good deal more than one entry can hold."""
_CHUNK = 1 << 18
_LONGEST_SIGN = len(r"\ud83d\ude00")
"""What can be cut off at the end, short of a whole string."""
NOTHING = "nothing was brought in"


def not_brought_in(message: str, help: str, /, **places: object) -> Refused:
    """What is said where nothing is brought in. Both have the places that `places` fill."""
    return Refused(Phrase(message, **places), so(NOTHING, help, **places))


class Bytes(Protocol):
    """What bytes can be read from."""

    def read(self, most: int, /) -> bytes:
        """The next bytes; none at the end."""
        ...


def sections(stream: Bytes, name: str) -> Iterator[tuple[str, int, Any]]:
    """What a JSON object holds, in order: (field, line, value), for a list once for each of its values."""
    reader = _Reader(stream, name)
    reader.expect("{", "this is not an object")
    seen: set[str] = set()
    while reader.peek() != "}":
        if seen:
            reader.expect(",", "a comma is missing")
        line, key = reader.line, reader.value()
        if not isinstance(key, str) or key in seen:
            reader.refuse("this is written twice" if key in seen else "a name is missing")
        seen.add(key)
        reader.expect(":", "a colon is missing")
        if reader.peek() != "[":
            yield key, line, reader.value()
            continue
        yield from ((key, line, value) for line, value in reader.items())
    reader.expect("}", "")
    if reader.peek():
        reader.refuse("something follows where the file has ended")


class _Reader:
    """A place in a stream. `_text` is what was read and is still needed; what came before it is only counted."""

    def __init__(self, stream: Bytes, name: str) -> None:
        self._stream, self._name = stream, name
        self._decode = codecs.getincrementaldecoder("utf-8-sig")("strict").decode
        self._text, self._at, self._ended = "", 0, False
        self._lines, self._columns = 1, 0
        self._marked = (0, 0)
        self._decoder = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_number)

    @property
    def line(self) -> int:
        """The line of the next sign."""
        self.peek()
        at, count = self._marked  # counted on from where it was counted last
        self._marked = self._at, count + self._text.count("\n", at, self._at)
        return self._lines + self._marked[1]

    def peek(self) -> str:
        """The next sign that is not space; none at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in " \t\r\n":
                self._at += 1
            if self._at < len(self._text) or self._ended:
                return self._text[self._at : self._at + 1]
            self._more()

    def expect(self, sign: str, otherwise: str) -> None:
        """Go past a sign. Raises Refused."""
        if self.peek() != sign:
            self.refuse(otherwise)
        self._at += 1

    def items(self) -> Iterator[tuple[int, Any]]:
        """The values of a list, each with its line."""
        self.expect("[", "")
        first = True
        while self.peek() != "]":
            if not first:
                self.expect(",", "a comma is missing")
            first = False
            yield self.line, self.value()
        self.expect("]", "")

    def value(self) -> Any:
        """The next value, whole."""
        self.peek()
        while True:
            try:
                found, end = self._decoder.raw_decode(self._text, self._at)
            except JSONDecodeError as error:
                self._more_or_refuse(error)
            except _Twice as twice:
                self.refuse(Phrase("`{name}` is written twice in one entry", name=twice.args[0][:40]))
            except (ValueError, RecursionError):
                self.refuse("there is something in this entry that nobody writes")
            else:
                if end < len(self._text) or self._ended:
                    self._at = end
                    return found
                self._more()

    def _more_or_refuse(self, error: JSONDecodeError) -> None:
        """Read on where the value may only be cut off; else say where it is wrong."""
        rest = self._text[error.pos :].rstrip()
        if not (error.msg.startswith("Unterminated") or len(rest) < _LONGEST_SIGN):
            self.refuse("this is not JSON", error.pos)
        if self._ended:
            self.refuse("this is not JSON" if error.msg.startswith("Expecting") and not _begun(rest) else "", error.pos)
        if len(self._text) - self._at > MOST_LETTERS:
            self.refuse("this is not JSON, or one entry is too long")
        self._more()

    def _more(self) -> None:
        gone = self._text[: self._at]
        self._lines += gone.count("\n")
        self._columns = len(gone) - gone.rfind("\n") - 1 if "\n" in gone else self._columns + len(gone)
        data = self._stream.read(max(_CHUNK, len(self._text)))
        self._ended = not data
        try:
            new = self._decode(data, final=self._ended)
        except UnicodeDecodeError as error:
            line = self._lines + self._text.count("\n", self._at) + data[: error.start].count(b"\n")
            raise not_utf8(self._name, line) from None
        self._text, self._at, self._marked = self._text[self._at :] + new, 0, (0, 0)

    def refuse(self, what: str | Phrase, at: int | None = None) -> NoReturn:
        """Say what is wrong, where."""
        place = self._at if at is None else at
        before = self._text[:place]
        line = self._lines + before.count("\n")
        column = len(before) - before.rfind("\n") if "\n" in before else self._columns + len(before) + 1
        cut = not what or place >= len(self._text.rstrip())
        found = "the file ends in the middle" if cut else what
        help = "it was cut off: write or copy it anew" if cut else "look at this place, or write the file anew"
        raise not_brought_in(
            "`{name}`, line {line}, column {column}: {message}",
            help,
            name=self._name,
            line=line,
            column=column,
            message=phrase(found),
        )


def not_utf8(name: str, line: int = 0) -> Refused:
    """What is said of a text in another encoding."""
    where = f", line {line}" if line else ""
    return not_brought_in(
        "`{name}`{where}: this is not text in UTF-8", "save it as UTF-8 in an editor", name=name, where=where
    )


def _begun(rest: str) -> bool:
    """Whether a value was begun at the end of a file, or nothing is left of it."""
    return not rest or rest[0] in "-0123456789" or any(word.startswith(rest) for word in ("true", "false", "null"))


class _Twice(ValueError):
    """A name that is in an object twice."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1))
    return found


def _no_number(_: str) -> NoReturn:
    raise ValueError
