"""Understands what a book claims of itself: its promises and its cases."""

from __future__ import annotations

import re

from ..condition import ALWAYS
from ..guideline import LISTS, MINE, Case, Promise
from ..text import Node, Word
from .entries import Entries
from .sheet import Fields, named


class Claims:
    """The promises and cases of a sheet."""

    def __init__(self, entries: Entries) -> None:
        self.entries, self.questions, self.sheet = entries, entries.questions, entries.sheet
        found = (self._promise(word) for word in self.sheet.row_words("promises"))
        self.promises = tuple(promise for promise in found if promise)
        self.cases = tuple(self._case(node) for node in self.sheet.rows["cases"])

    def _promise(self, word: Word) -> Promise | None:
        match = re.fullmatch(r"\s*never\s+(.+?)\s+first(?:\s+when\s+(.+))?\s*", word.text, re.DOTALL)
        if match is None:
            example = "`never let_be first when harm == cruel`"
            self.sheet.say("bad-promise", "this promise cannot be read", word.place, f"a promise reads like {example}")
            return None
        responses = []
        for name in re.finditer(r"[^\s,]+", match.group(1)):
            if name.group() == "or":
                continue
            place = word.at(match.start(1) + name.start(), match.start(1) + name.end())
            if named(self.sheet, Word(name.group(), place), self.entries.responses, "response"):
                responses.append(name.group())
        condition = self.questions.condition(_part(word, match)) if match.group(2) else ALWAYS
        return Promise(word.text, tuple(responses), condition)

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


def _part(word: Word, match: re.Match[str]) -> Word:
    """The `when` part of a promise as a word with its own place."""
    start, end = match.span(2)
    place = word.at(start, end)
    return Word(match.group(2), place, word.plain)
