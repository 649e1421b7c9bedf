"""What a person reads when something they wrote cannot be understood.

    among_friends.yaml:41:12: `harm` has no answer `seriuos`
        when: "harm >= seriuos"
                       ^^^^^^^
      did you mean `serious`?

All mistakes of a pass come together, never two for one cause, and the last line says what became of their data.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from .text import Place

SHOWN = 40
"""Mistakes printed in full; the rest are counted, or called many."""
MANY = 100
MOST_COMPARED = 500
"""Known words among which the nearest is looked for."""
WIDTH = 100
"""Columns of a source line that are shown around the caret."""


KINDS = {
    # The file as a whole
    "no-book": "there is no such rulebook, or it cannot be opened",
    "too-large": "the file is larger than any rulebook needs to be",
    "too-deep": "tables stand in tables in tables, deeper than any rulebook needs",
    "encoding": "the file is not saved as UTF-8 text",
    "control-character": "an invisible character stands in the text",
    "version": "the file does not say `poise: 1`",
    "no-table": "the file is empty, or is not made of `name: value` lines",
    "second-book": "a second rulebook begins in the same file",
    "include-missing": "the file to include is not there",
    "include-circle": "a file includes itself",
    # How it is written
    "colon": "a colon stands in a sentence that is not in quotes",
    "quote-open": "a quotation mark is never closed",
    "quote-inside": "words follow a closing quotation mark",
    "escape": "a backslash stands in double quotes",
    "bad-start": "words begin with a mark that needs quotes",
    "bracket-open": "a bracket is never closed, or a comma is missing inside",
    "bracket-stray": "a bracket or comma stands where it cannot",
    "list-here": "a list begins on the line of its name",
    "no-dash": "an item of a list does not begin with `- `",
    "no-colon": "a line has a name and no value",
    "indent": "a line does not line up with the ones above",
    "tab": "a line is indented with a tab",
    "not-readable": "the text cannot be read from here on",
    "written-twice": "the same name stands twice",
    "key-not-a-word": "a list or a table stands where a name belongs",
    # What is in it
    "bad-name": "a name has signs in it that no name can have",
    "unknown-field": "there is no such field or part",
    "missing-field": "a field that has to be there is not",
    "not-a-word": "a list or table stands where one line of text belongs",
    "not-a-list": "something else stands where a list belongs",
    "not-a-table": "something else stands where a table belongs",
    "not-one-of": "the word is none of those this field can hold",
    "unknown-name": "nothing has this name",
    "unknown-answer": "the question has no such answer",
    "unknown-list": "there is no such list of responses",
    "no-responses": "the book has nothing to weigh",
    "bad-answers": "a question has too few or too many answers",
    "mixed-order": "answers stand in an order and side by side at once",
    "bad-lean": "a lean is neither a named strength nor a number",
    "bad-weight": "a weight is not a number from 0 to 10",
    "lean-and-leans": "a guideline has both `lean` and `leans`",
    "bound-without-end": "a bound does not say what it does",
    "bad-promise": "a promise does not read like a promise",
    "case-without-end": "a case does not say what has to come out",
    # Conditions
    "condition-unclear": "a condition has a word where it cannot stand",
    "condition-unfinished": "a condition stops too early",
    "condition-too-long": "a condition is longer than can be weighed",
    "no-comparison": "a question stands alone where an answer belongs beside it",
    "no-order": "answers are compared that stand in no order",
    "term-compared": "a term is compared as if it were a question",
    "term-circle": "a term leads back to itself",
    # What cannot be
    "leaving-forbidden": "a bound forbids leaving",
    "list-emptied": "bounds could take every response of a list away",
    "list-unsure": "bounds are too tangled to be sure that a response is left",
    "too-tangled": "too many questions hang together to be weighed exactly",
    # A moment, and what is typed
    "bad-whose": "a moment is neither mine nor theirs",
    "bad-belief": "chances do not add up to one",
    "not-an-answer": "what was typed is not an answer",
    "rows-too-wide": "rows cannot hold what a book can say",
    "not-imagined": "a year cannot be imagined by this book, or not in this moment",
    "no-rows": "a file of rows is not there, or cannot be read or written",
    "bad-number": "a number is none, or lies outside of what it stands for",
    "not-a-build": "a folder for a page holds something else, or cannot be written",
    "no-workers": "a cluster does not answer, or has nobody that could work",
    # An edit
    "no-such-place": "what was to be changed is not in this file",
    "edit-unclear": "the change cannot be made without touching something else",
}
"""Every kind of mistake, and what it means."""


@dataclass(frozen=True)
class Mistake:
    """One thing that could not be understood: its kind (one of KINDS), where, and the way out."""

    kind: str
    message: str
    place: Place | None = None
    help: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.kind!r} is no kind of mistake: name it in KINDS, and on the page of mistakes")

    def __str__(self) -> str:
        if self.place is None:
            return self.message + (f"\n  {self.help}" if self.help else "")
        where = f"{self.place.source.name}:{self.place.line}:{self.place.column}"
        lines = [f"{where}: {self.message}", *pointed(self.place)]
        return "\n".join(lines + ([f"  {self.help}"] if self.help else []))

    def as_dict(self) -> dict[str, object]:
        """The mistake for `--json`: kind, message, help, and file, line, column where it has a place."""
        place = self.place
        where = {"file": place.source.name, "line": place.line, "column": place.column} if place else {}
        return {"kind": self.kind, "message": self.message, "help": self.help, **where}


class Mistakes(Exception):
    """Everything that could not be understood, at once. `kept` says what became of the person's data."""

    def __init__(self, mistakes: Iterable[Mistake], kept: str = "Nothing was changed.") -> None:
        self.mistakes = tuple(mistakes)
        self.kept = kept
        super().__init__(self.mistakes)

    def __str__(self) -> str:
        shown = [str(mistake) for mistake in self.mistakes[:SHOWN]]
        if len(self.mistakes) > SHOWN:
            more = len(self.mistakes) - SHOWN
            shown.append(f"… and {more if more < MANY else 'many'} more.")
        return "\n\n".join([*shown, self.kept])


def did_you_mean(word: str, allowed: Iterable[str], otherwise: str = "") -> str:
    """`did you mean …?` where a known word is near; else the few words allowed, or `otherwise`."""
    words = list(allowed)
    near = nearest(word, words)
    if near:
        return f"did you mean `{near}`?"
    if otherwise or not words or len(words) > 12:
        return otherwise
    return f"it can be {one_of(words)}"


def nearest(word: str, allowed: Iterable[str]) -> str:
    """The known word that is near, or empty."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it; weighing starts sooner without

    near = get_close_matches(word.lower()[:80], list(islice(allowed, MOST_COMPARED)), n=1, cutoff=0.65)
    return near[0] if near else ""


def one_of(words: Iterable[str]) -> str:
    """`a`, `b` or `c`."""
    *most, last = [f"`{word}`" for word in words]
    return f"{', '.join(most)} or {last}" if most else last


def clipped(text: str, most: int = 60) -> str:
    """The text on one line, cut short with an ellipsis, control characters made visible."""
    flat = "".join(char if char.isprintable() else "�" for char in text[: most + 1])
    return flat if len(flat) <= most else flat[: most - 1] + "…"


def columns(text: str) -> int:
    """How many terminal columns the text takes: wide East Asian characters take two, combining ones none."""
    return sum(_columns_of(char) for char in text)


def _columns_of(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def pointed(place: Place) -> list[str]:
    """The source line of a place and a caret line under the exact word; nothing where the line is empty."""
    line, at = place.line_text(), place.column - 1
    length = max(1, min(place.end, place.start + len(line) - at) - place.start)
    cut = max(0, at - WIDTH // 2)
    shown = clipped(line[cut : cut + WIDTH].replace("\t", " "), WIDTH)
    if not shown.strip():
        return []
    before = columns(shown[: at - cut])
    under = max(1, columns(shown[at - cut : at - cut + length]))
    return [f"    {shown}", "    " + " " * before + "^" * under]
