"""Nicknames, taken out of words that leave the journal: other people's in one person's part, or everybody's."""

from __future__ import annotations

import re
import unicodedata

from sqlalchemy import Connection, select

from ..entries import Person
from ..tables import people

SOMEONE = "[someone]"
"""What stands where somebody else's nickname stood."""
_SHORT = 2
"""A nickname as short as this is looked for as it is written: `I` is not `i`."""
_IDEOGRAPHIC = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Scripts that put no spaces between words: a nickname is found in the middle of a sentence."""


class Nicknames:
    """The nicknames of everybody in the journal, or everybody but one, the trash among them."""

    def __init__(self, connection: Connection, person: Person | None = None) -> None:
        own = _folded(person.nickname) if person else ""
        found = {nickname for (nickname,) in connection.execute(select(people.c.nickname))}
        others = {_normal(name).strip() for name in found if _folded(name) != own}
        self._own = own
        # The longest first, the person's own among them: within `Sam B.`, `Sam` is nobody else.
        names = sorted({*others, *([_normal(person.nickname).strip()] if person else [])}, key=len, reverse=True)
        self._any = re.compile("|".join(map(_pattern, names))) if others else None

    def without(self, words: str) -> tuple[str, int]:
        """The words with nobody else named in them, and in how many places somebody was."""
        count = 0

        def replaced(found: re.Match[str]) -> str:
            nonlocal count
            if _folded(found[0]) == self._own:
                return found[0]
            count += 1
            return SOMEONE

        if self._any is None or not words:
            return words, 0
        new = self._any.sub(replaced, words)
        plainer = self._any.sub(replaced, _normal(new))  # compatible forms of letters are one name
        return (new if _normal(new) == plainer else plainer), count

    def named_in(self, words: str) -> bool:
        """Whether somebody else is named."""
        return self.without(words)[1] > 0


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _folded(name: str) -> str:
    return _normal(name).casefold().strip()


def _pattern(name: str) -> str:
    """The name as a word of its own, however it is written; at an edge that is no letter, wherever it stands."""
    before = r"(?<!\w)" if _edged(name[:1]) else ""
    after = r"(?!\w)" if _edged(name[-1:]) else ""
    flags = "" if len(name) <= _SHORT else "i"
    return f"(?{flags}:{before}{re.escape(name)}{after})" if flags else f"(?:{before}{re.escape(name)}{after})"


def _edged(letter: str) -> bool:
    return letter.isalnum() and not _IDEOGRAPHIC.match(letter)
