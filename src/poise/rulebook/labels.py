"""A book's own words in another language, written beside it by id: `among_friends.zh-Hans.yaml`.

    poise: 1
    title: 朋友之间
    responses:
      toward:
        let_be: {say: 这次先放一放}
    considerations:
      harm: {ask: …, words: {slip: …}}

Ids, conditions and leans stay as they are; what has no label keeps the book's own words.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .guideline import LISTS
from .mistake import Mistake, Mistakes, clipped, did_you_mean, one_of
from .reading.composing import compose
from .rulebook import Rulebook
from .text import Node, Row, Table, Word

FIELDS = {
    "responses": ("say", "means", "if_me", "lines"),
    "considerations": ("ask", "explain", "words"),
    "guidelines": ("say", "because"),
    "bounds": ("say",),
}
"""What can be labelled of each kind of entry."""
TITLES = ("poise", "note", "title", "for", "first_duty")


def labelled(book: Rulebook, name: str, data: bytes | str) -> Rulebook:
    """The book with the labels of one file. Raises Mistakes; ids that the book does not have are passed over."""
    composed = compose(name, data)
    labels = _Labels(book, composed.mistakes)
    if composed.root is not None:
        labels.read(composed.root)
    if labels.mistakes:
        raise Mistakes(labels.mistakes, "Nothing was read.")
    return labels.book


class _Labels:
    """Lays labels over a book, section by section."""

    def __init__(self, book: Rulebook, mistakes: list[Mistake]) -> None:
        self.book, self.mistakes = book, list(mistakes)

    def read(self, root: Table) -> None:
        """Take in a whole file."""
        for key, value in root:
            if key.text in FIELDS:
                self._section(key.text, value)
            elif key.text not in TITLES:
                help = did_you_mean(key.text, (*TITLES, *FIELDS))
                self._say("unknown-field", f"labels have no part `{clipped(key.text)}`", key, help)
        for name, ours in (("title", "title"), ("for", "audience"), ("first_duty", "first_duty")):
            words = root.get(name)
            if isinstance(words, Word):
                changed: dict[str, Any] = {ours: words.text}
                self.book = replace(self.book, **changed)

    def _section(self, section: str, value: Node) -> None:
        entries = dict(self._table(value))
        if section == "responses":
            for name, inner in list(entries.items()):
                if name not in LISTS:
                    self._say(
                        "unknown-list",
                        f"there is no list `{clipped(name)}` of responses",
                        inner,
                        f"it can be {one_of(LISTS)}",
                    )
            entries = {name: inner for listed in entries.values() for name, inner in self._table(listed)}
        own: dict[str, Any] = getattr(self.book, section)
        changed = {name: self._entry(section, own[name], inner) for name, inner in entries.items() if name in own}
        laid: dict[str, Any] = {section: own | changed}
        self.book = replace(self.book, **laid)

    def _entry(self, section: str, entry: Any, value: Node) -> Any:
        words: dict[str, Any] = {}
        for name, inner in self._table(value):
            if name not in FIELDS[section]:
                help = did_you_mean(name, FIELDS[section])
                self._say("unknown-field", f"a label of {section} has no field `{clipped(name)}`", inner, help)
            elif name == "words":
                words[name] = {**entry.words, **{a: w.text for a, w in self._table(inner) if isinstance(w, Word)}}
            elif name == "lines":
                words[name] = tuple(item.text for item in self._row(inner) if isinstance(item, Word))
            elif isinstance(inner, Word):
                words[name] = inner.text
            else:
                self._say("not-a-word", f"`{name}` is one line of text", inner, "put it in quotes")
        return entry._replace(**words)

    def _table(self, value: Node) -> list[tuple[str, Node]]:
        if isinstance(value, Table):
            return [(key.text, inner) for key, inner in value]
        self._say("not-a-table", "labels are a table of `name: value` lines", value)
        return []

    def _row(self, value: Node) -> list[Node]:
        return value.items if isinstance(value, Row) else [value]

    def _say(self, kind: str, message: str, node: Node, help: str = "") -> None:
        self.mistakes.append(Mistake(kind, message, node.place, help))
