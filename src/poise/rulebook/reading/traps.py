"""YAML's own traps, said in our words: what a parser complains of, and what the person most likely meant."""

from __future__ import annotations

import re
from typing import Any

from ..mistake import Mistake
from ..text import Place, Source, Word

_IN_QUOTES = "put the words in quotes"

_COMPLAINTS = (
    ("mapping values are not allowed", "colon", "a colon with a space after it begins a new field here",
     "if it is part of a sentence, put the sentence in quotes"),
    ("found unexpected ':'", "colon", "a colon stands where it cannot", _IN_QUOTES),
    ("while scanning a quoted scalar: found unexpected", "quote-open", "this quotation mark is never closed",
     "close it with the same mark at the end of the sentence"),
    ("escape c", "escape", "a backslash in double quotes means something else here",
     "use single quotes around the words"),
    ("sequence entries are not allowed", "list-here", "`- ` begins an item of a list, and no list can begin here",
     "put the list on the lines below its name, or the words in quotes"),
    ("nesting depth", "too-deep", "this is nested deeper than any rulebook needs", "put it on fewer levels"),
    ("while parsing a block collection", "no-dash", "this line is not an item of the list above it",
     "begin it with `- `, or indent it as far as the name it belongs to"),
    ("expected ','", "bracket-open", "this list or table in brackets is not closed, or a comma is missing",
     "close it with `]` or `}`; words with a comma, colon or question mark go in quotes"),
    ("could not find expected ':'", "no-colon", "this line is neither `name: value` nor an item of a list",
     "if it goes on from the line above, indent it further or put it all in quotes"),
    ("node content", "bracket-stray", "this mark cannot stand here", "words that begin with it go in quotes"),
    ("expected <block end>", "indent", "this line does not line up with the ones above it",
     "names of one table begin in the same column"),
    ("did not find expected key", "indent", "this line does not line up with the ones above it",
     "names of one table begin in the same column"),
    *((sign, "bad-start", "words cannot begin with this mark unless they are in quotes", _IN_QUOTES)
      for sign in ("cannot start any token", "an alias", "an anchor", "a tag", "block scalar", "mapping keys",
                   "directive", "incompatible")),
)  # fmt: skip
"""(part of the complaint, kind, message, the way out); the first that fits is said."""
_OPENED = ("quote-open", "bracket-open", "bad-start", "no-colon")
"""Kinds that point at where it began rather than at where it broke off."""
_WHOLE_LINE = ("no-colon", "quote-inside")
"""Kinds that point at all that is left of the line."""


def in_our_words(source: Source, trap: Any, last: Word | None) -> tuple[Place, Mistake]:
    """A parser's complaint as one of our mistakes, and its place. `last` is the last word read before it."""
    mistake = _said(source, trap, last)
    return mistake.place or source.whole(), mistake


def _said(source: Source, trap: Any, last: Word | None) -> Mistake:
    mark = trap.problem_mark or trap.context_mark
    at = _inside(source, mark)
    if source.text[at : at + 1] == "\t" or "tab character" in trap.problem:
        return _mistake(
            source, at, "tab", "a tab stands here, where only spaces can", "indent with spaces: two a level"
        )
    problem = f"{trap.context or ''}: {trap.problem}"
    for part, kind, message, help in _COMPLAINTS:
        if part in problem.replace("a double-quoted", "a quoted"):
            if kind in _OPENED and trap.context_mark:
                at = _inside(source, trap.context_mark)
            if kind == "escape":
                at = max(source.text.rfind("\\", 0, at + 1), 0)
            return _likelier(source, at, kind, last) or _mistake(source, at, kind, message, help)
    sign, help = (
        ("bad-start", _IN_QUOTES) if source.text[at : at + 1] == "%" else ("not-readable", "see the line above")
    )
    return _mistake(source, at, sign, "this cannot be read from here on", help)


def _likelier(source: Source, at: int, kind: str, last: Word | None) -> Mistake | None:
    """A likelier cause than the one complained of, if there is one."""
    line = source.text[source.text.rfind("\n", 0, at) + 1 : at]
    if kind == "colon" and re.fullmatch(r"[ \r]*[\w-]+", line):
        start = at - len(line.lstrip())
        message = "this line does not line up with the ones above it"
        return _mistake(source, start, "indent", message, "names of one table begin in the same column")
    if kind != "indent":
        return None
    if source.text[at : at + 1] in ("]", "}"):
        return _mistake(source, at, "bracket-stray", "this bracket was never opened", "take it out")
    if last and not last.plain and not source.text[last.place.end : at].strip(" "):
        return _after_quotes(last, at)
    if line.rstrip()[-1:] in ("]", "}"):
        return _mistake(source, at, "bracket-stray", "words follow a closed bracket here", _IN_QUOTES)
    return None


def _after_quotes(last: Word, at: int) -> Mistake | None:
    """Words right after a closing quotation mark: it closes one left open, or stands inside a sentence."""
    source, start = last.place.source, last.place.start
    if last.place.raw[:1] not in ("'", '"'):
        return None
    if "\n" in last.place.raw:
        message = "this quotation mark is closed only by the next one, lines below"
        return _mistake(source, start, "quote-open", message, "close it with the same mark at the end of the sentence")
    message = "these words follow a closing quotation mark"
    help = "put the whole sentence in quotes: double ones where it has `'` inside, single ones where it has `\"`"
    return _mistake(source, at, "quote-inside", message, help)


def escaped(word: Word) -> Mistake:
    """A backslash in double quotes that made a character no text holds."""
    codes = re.finditer(r"\\(.)", word.place.raw)
    at = next((code.start() for code in codes if code.group(1) in "0abefvxuU"), 0)
    return bad_escape(word.place.source, word.place.start + at)


def too_high(source: Source) -> Mistake:
    """The first escape for a character beyond the last one there is."""
    code = re.search(r"\\U(?!000|0010)", source.text)
    return bad_escape(source, code.start() if code else 0)


def bad_escape(source: Source, at: int) -> Mistake:
    """A backslash that means something else than itself."""
    message = "a backslash in double quotes means something else here"
    return _mistake(source, at, "escape", message, "use single quotes around the words")


def _inside(source: Source, mark: Any) -> int:
    return min(mark.index if mark else 0, max(len(source.text) - 1, 0))


def _mistake(source: Source, at: int, kind: str, message: str, help: str) -> Mistake:
    line = re.compile(r"[^\r\n]*").match(source.text, at) if kind in _WHOLE_LINE else None
    end = at + len(line.group().rstrip()) if line else at + 1
    return Mistake(kind, message, Place(source, at, max(end, at + 1)), help)
