"""The entries of a book and its includes laid over one another, and the reading of single fields."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..guideline import LISTS
from ..mistake import Mistake, clipped, did_you_mean, nearest, one_of
from ..text import Node, Place, Row, Table, Word

TABLES = ("considerations", "terms", "start", "guidelines", "bounds")
SINGLES = ("poise", "title", "for", "first_duty", "signed", "include", "without")
ROWS = ("ask_yourself", "impossible", "promises", "cases")
SECTIONS = (*SINGLES, "responses", *TABLES, *ROWS)

FIELDS: dict[str, tuple[str, ...]] = {
    "consideration": ("ask", "answers", "words", "explain", "first", "fixed", "from"),
    "response": (
        "say",
        "means",
        "if_me",
        "when",
        "heard_by",
        "directness",
        "asks",
        "effort",
        "protects",
        "needs",
        "like",
        "lines",
    ),
    "guideline": (
        "say",
        "when",
        "unless",
        "lean",
        "leans",
        "because",
        "source",
        "family",
        "anchored",
        "weight",
        "grip",
    ),
    "clause": ("when", "unless", "lean"),
    "bound": ("when", "unless", "never", "instead", "say", "because", "source"),
    "case": ("say", "moment", "whose", "toward", "beside", "mine", "not", "bound"),
}
"""Every field of every kind of entry."""

NAME = re.compile(r"[^\W\d][\w-]*\Z")
RESERVED = ("and", "or", "not", "in", "whose", "book")
TRUE, FALSE = ("true", "yes"), ("false", "no")

MOST_MISTAKES = 200

Entry = tuple[Word, Node]


class Enough(Exception):
    """There are so many mistakes that more would help nobody."""


@dataclass
class Sheet:
    """What was written, by section and id, before it is understood. Later entries replace earlier ones."""

    name: str
    mistakes: list[Mistake] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)
    broken: bool = False
    entries: dict[str, dict[str, Entry]] = field(default_factory=lambda: {name: {} for name in TABLES})
    responses: dict[str, dict[str, Entry]] = field(default_factory=dict)
    singles: dict[str, Node] = field(default_factory=dict)
    rows: dict[str, list[Node]] = field(default_factory=lambda: {name: [] for name in ROWS})

    def say(self, kind: str, message: str, place: Place, help: str = "") -> None:
        """Note a mistake. Raises Enough when there are too many."""
        self.take([Mistake(kind, message, place, help)])

    def take(self, mistakes: list[Mistake]) -> None:
        """Note mistakes found elsewhere. Raises Enough when there are too many."""
        self.mistakes += mistakes
        if len(self.mistakes) >= MOST_MISTAKES:
            raise Enough

    def lay(self, key: Word, value: Node) -> None:
        """Lay one section of a file over what is there."""
        if key.text in TABLES:
            self._lay_table(key, value, self.entries[key.text])
        elif key.text == "responses":
            for name, inner in self.table(key, value):
                if name.text in LISTS:
                    self._lay_table(name, inner, self.responses.setdefault(name.text, {}))
                else:
                    message = f"there is no list `{clipped(name.text)}` of responses"
                    self.say("unknown-list", message, name.place, did_you_mean(name.text, LISTS))
        elif key.text in ROWS:
            self.rows[key.text] += self.row(key, value)
        else:
            self.singles[key.text] = value

    def _lay_table(self, key: Word, value: Node, into: dict[str, Entry]) -> None:
        for name, inner in self.table(key, value):
            if not NAME.match(name.text) or name.text in RESERVED:
                if is_empty(inner):
                    help = "if a comma or colon is part of a sentence, put the sentence in quotes"
                else:
                    help = "a name is letters, digits and `_`, and none of " + one_of(RESERVED)
                self.say("bad-name", f"`{clipped(name.text)}` cannot be a name", name.place, help)
            else:
                into[name.text] = (name, inner)

    def table(self, key: Word, value: Node) -> Iterable[Entry]:
        """The entries of a table; a mistake and nothing where the value is something else."""
        if isinstance(value, Table):
            return value
        if not is_empty(value):
            message = f"`{clipped(key.text)}` holds a table of `name: value` lines"
            self.say("not-a-table", message, value.place, "put them on the lines below, or in `{ }`")
        return ()

    def row(self, key: Word, value: Node) -> list[Node]:
        """The items of a list; a mistake and nothing where the value is something else."""
        if isinstance(value, Row):
            return value.items
        if not is_empty(value):
            self.say(
                "not-a-list",
                f"`{clipped(key.text)}` is a list",
                value.place,
                "write `- ` before each item, or `[a, b]`",
            )
        return []

    def row_words(self, section: str) -> list[Word]:
        """The items of one of the book's lists, each a word."""
        for item in self.rows[section]:
            if not isinstance(item, Word):
                self.say(
                    "not-a-word",
                    f"each item of `{section}` is one line of text",
                    item.place,
                    "put it in quotes",
                )
        return [item for item in self.rows[section] if isinstance(item, Word)]

    def single(self, name: str) -> str:
        """A text at the top of the book, or empty."""
        value = self.singles.get(name)
        if value is not None and not isinstance(value, Word):
            self.say("not-a-word", f"`{name}` is one line of text", value.place, "put it in quotes")
            return ""
        return value.text if value else ""

    def knows(self, name: str, known: Iterable[str]) -> bool:
        """Whether a name is known, or was lost with an entry that could not be read."""
        return name in known or name in self.lost


class Fields:
    """The fields of one entry, read one by one; unknown ones are mistakes at once."""

    def __init__(self, sheet: Sheet, kind: str, key: Word, value: Node) -> None:
        self.sheet, self.kind, self.key = sheet, kind, key
        self.values = {name.text: (name, inner) for name, inner in sheet.table(key, value)}
        self.meant: set[str] = set() if isinstance(value, Table) or is_empty(value) else set(FIELDS[kind])
        """Fields that a misspelt one was meant to be; all, where something else stands than a table."""
        for name, inner in self.values.values():
            if name.text not in FIELDS[kind]:
                self._unknown(name, inner)

    def _unknown(self, name: Word, inner: Node) -> None:
        near = nearest(name.text, FIELDS[self.kind])
        help = f"did you mean `{near}`?" if near else f"a {self.kind} has {one_of(FIELDS[self.kind])}"
        self.meant.add(near)
        if is_empty(inner):
            help = "a comma inside `{ }` begins a new field: put the sentence in quotes"
        self.sheet.say("unknown-field", f"a {self.kind} has no field `{clipped(name.text)}`", name.place, help)

    def lacks(self, name: str) -> bool:
        """Whether the field is missing, and not just misspelt."""
        return not self.has(name) and name not in self.meant

    def has(self, name: str) -> bool:
        """Whether the field is written."""
        return name in self.values

    def place(self, name: str) -> Place:
        """Where the field's name stands, or the entry's where it is missing."""
        return self.values[name][0].place if name in self.values else self.key.place

    def node(self, name: str) -> Node | None:
        """The field's value as it stands."""
        return self.values[name][1] if name in self.values else None

    def word(self, name: str) -> Word | None:
        """The field as a word; a mistake where it is a list or table."""
        value = self.node(name)
        if value is None or isinstance(value, Word):
            return value
        self.sheet.say("not-a-word", f"`{name}` is one line of text", value.place, "put it in quotes")
        return None

    def text(self, name: str) -> str:
        """The field's text, or empty."""
        word = self.word(name)
        return word.text.strip() if word else ""

    def needed(self, name: str, help: str) -> str:
        """The field's text; a mistake where it is missing or empty."""
        text = self.text(name)
        if not text and (self.lacks(name) or isinstance(self.node(name), Word)):
            if self.has(name) and "#" in self.place(name).line_text():
                help = "`#` begins a note that is not read: put words that begin with it in quotes"
            self.sheet.say("missing-field", f"`{self.key.text}` has no `{name}`", self.place(name), help)
        return text

    def choice(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        """One of the allowed words."""
        word = self.word(name)
        if word is None:
            return default
        if word.text in allowed:
            return word.text
        message = f"`{name}` cannot be `{clipped(word.text)}`"
        self.sheet.say("not-one-of", message, word.place, did_you_mean(word.text, allowed))
        return default

    def flag(self, name: str) -> bool:
        """True or false."""
        return self.choice(name, (*TRUE, *FALSE), "false") in TRUE

    def row(self, name: str) -> list[Node]:
        """The field's items; one word stands for a list of one."""
        value = self.node(name)
        if isinstance(value, Word) and value.text:
            return [value]
        return self.sheet.row(self.values[name][0], value) if value is not None else []

    def words(self, name: str) -> tuple[Word, ...]:
        """The field's items, each a word."""
        found = []
        for item in self.row(name):
            if isinstance(item, Word):
                found.append(item)
            else:
                self.sheet.say(
                    "not-a-word", f"each item of `{name}` is one line of text", item.place, "put it in quotes"
                )
        return tuple(found)

    def names(self, name: str, known: Iterable[str], what: str) -> tuple[str, ...]:
        """The field's items, each the name of something known."""
        return tuple(word.text for word in self.words(name) if named(self.sheet, word, known, what))


def is_empty(value: Node) -> bool:
    """Whether nothing is written here."""
    return isinstance(value, Word) and not value.text


def named(sheet: Sheet, word: Word, known: Iterable[str], what: str, place: Place | None = None) -> bool:
    """Whether the word names one of `known`; a mistake where not."""
    known = list(known)
    if not sheet.knows(word.text, known):
        message = f"there is no {what} `{clipped(word.text)}`"
        sheet.say("unknown-name", message, place or word.place, did_you_mean(word.text, known))
    return word.text in known


def decimal(text: str, most: float) -> float | None:
    """A decimal number with at most three places and at most `most` in size, or None."""
    if not re.fullmatch(r"[+-]?([0-9]{1,3}(\.[0-9]{1,3})?|\.[0-9]{1,3})", text):
        return None
    number = float(text)
    return number if abs(number) <= most else None
