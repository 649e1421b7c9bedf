"""Understands what a book claims of itself: its promises and its cases."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ..condition import ALWAYS, NEVER, Condition
from ..guideline import LISTS, MINE, Case, Promise, Response
from ..mistake import Mistakes
from ..rulebook import Rulebook
from ..text import Node, Place, Source, Word
from .conditions import parse
from .entries import Entries
from .sheet import Fields, Sheet, named


class Claims:
    """The promises and cases of a sheet."""

    def __init__(self, entries: Entries) -> None:
        self.entries, self.questions, self.sheet = entries, entries.questions, entries.sheet
        words = self.sheet.row_words("promises")
        found = (_promise(self.sheet, word, entries.responses, self.questions.condition) for word in words)
        self.promises = tuple(promise for promise in found if promise)
        self.cases = tuple(self._case(node) for node in self.sheet.rows["cases"])

    def _case(self, node: Node) -> Case:
        key = Word("cases", node.place)
        fields = Fields(self.sheet, "case", key, node)
        answers = {}
        moment = fields.node("moment")
        for name, value in self.sheet.table(key, moment) if moment is not None else ():
            if self.questions.answered(name, value):
                answers[name.text] = value.text  # type: ignore[union-attr]
        leads = {name: fields.names(name, self._ids(name), f"`{name}` response") for name in LISTS if fields.has(name)}
        never = fields.names("not", self.entries.responses, "response")
        bound = fields.word("bound")
        if bound is not None:
            named(self.sheet, bound, self.entries.bounds, "bound")
        if fields.values and not leads and not never and bound is None:
            self.sheet.say(
                "case-without-end",
                "this case says nothing of what must come out",
                node.place,
                "add `toward`, `beside`, `mine`, `not` or `bound`",
            )
        mine = fields.choice("whose", ("theirs", MINE), "theirs") == MINE
        return Case(fields.text("say"), answers, mine, leads, never, bound.text if bound else "")

    def _ids(self, name: str) -> list[str]:
        return [response.id for response in self.entries.responses.values() if response.list == name]


def read_promise(book: Rulebook, text: str) -> Promise:
    """A promise about a book that is not written in it. Raises Mistakes."""
    sheet, source = Sheet("promise"), Source("promise", text)

    def condition(word: Word) -> Condition:
        found = parse(word, book.considerations, book.terms.get)
        if isinstance(found, list):
            sheet.take(found)
            return NEVER
        return found

    promise = _promise(sheet, Word(text, Place(source, 0, len(text))), book.responses, condition)
    if promise is None or sheet.mistakes:
        raise Mistakes(sheet.mistakes, "Nothing was proved.")
    return promise


def _promise(
    sheet: Sheet, word: Word, responses: Mapping[str, Response], condition: Callable[[Word], Condition]
) -> Promise | None:
    """The promise that a word makes; None, with mistakes noted, where it cannot be read."""
    match = re.fullmatch(r"\s*never\s+(.+?)\s+first(?:\s+when\s+(.+))?\s*", word.text, re.DOTALL)
    if match is None or not re.search(r"[^\s,]", re.sub(r"\bor\b", "", match.group(1))):
        example = "`never let_be first when harm == cruel`"
        sheet.say("bad-promise", "this promise cannot be read", word.place, f"a promise reads like {example}")
        return None
    found = []
    for name in re.finditer(r"[^\s,]+", match.group(1)):
        place = word.at(match.start(1) + name.start(), match.start(1) + name.end())
        if name.group() != "or" and named(sheet, Word(name.group(), place), responses, "response"):
            found.append(name.group())
    return Promise(word.text, tuple(found), condition(_part(word, match)) if match.group(2) else ALWAYS)


def _part(word: Word, match: re.Match[str]) -> Word:
    """The `when` part of a promise as a word with its own place."""
    start, end = match.span(2)
    place = word.at(start, end)
    return Word(match.group(2), place, word.plain)
