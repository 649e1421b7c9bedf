"""The tokens of a condition, and a cursor over them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(r"\s*(?:(==|!=|<=|>=|<|>)|([(),])|([^\W\d][\w-]*|\d[\w.-]*)|(\S))")
RESERVED = ("and", "or", "not", "in")


class Token(NamedTuple):
    """A piece of a condition: its kind (operator, mark, name, other), and where it stands in the word."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def is_name(self) -> bool:
        """Whether it can name something: a word that is not one of the grammar's own."""
        return self.kind == "name" and self.text not in RESERVED


class Tokens:
    """The tokens of a text, read one after another."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_split(text))
        self._next = 0

    def peek(self) -> Token | None:
        """The next token; None at the end."""
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def take(self) -> None:
        """Go past the next token."""
        self._next += 1

    def accept(self, text: str) -> bool:
        """Whether the next token is this text; then go past it."""
        token = self.peek()
        found = token is not None and token.text == text
        self._next += found
        return found


def _split(text: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        for kind, group in (("operator", 1), ("mark", 2), ("name", 3), ("other", 4)):
            if match.group(group):
                yield Token(kind, match.group(group), match.start(group), match.end(group))
