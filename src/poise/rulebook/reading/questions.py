"""Understands the questions of a book: considerations, terms, and conditions over both."""

from __future__ import annotations

import re
from graphlib import CycleError, TopologicalSorter

from ..condition import ALWAYS, NEVER, Condition, when_unless
from ..consideration import Consideration
from ..mistake import clipped, did_you_mean
from ..text import Node, Place, Word
from .conditions import MOST_CHARACTERS, parse
from .sheet import RESERVED, Fields, Sheet, named

MOST_ANSWERS = 32


class Questions:
    """The considerations and terms of a sheet, and the conditions that speak of them.

    What cannot be understood becomes a mistake and is left out, so that the rest is still checked.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.considerations: dict[str, Consideration] = {}
        self._terms: dict[str, Condition] = {}
        for key, value in sheet.entries["considerations"].values():
            self._consideration(key, value)
        self._read_terms()
        self.terms = {name: self._terms[name] for name in sheet.entries["terms"]}

    def _consideration(self, key: Word, value: Node) -> None:
        fields = Fields(self.sheet, "consideration", key, value)
        ask = fields.needed("ask", "write the question as you would ask it")
        answers, ordered = self._answers(fields)
        if not answers:
            self.sheet.lost.add(key.text)
            return
        words = self._answer_words(fields, answers)
        position = len(self.considerations)
        flags = fields.flag("first"), fields.flag("fixed")
        self.considerations[key.text] = Consideration(
            key.text,
            position,
            ask,
            answers,
            ordered,
            words,
            fields.text("explain"),
            *flags,
            fields.text("from"),
        )

    def _answers(self, fields: Fields) -> tuple[tuple[str, ...], bool]:
        word = fields.word("answers")
        example = "write them as `low < enough < plenty`, or as `home | work`"
        if word is None or not word.text:
            fields.needed("answers", example)
            return (), False
        ordered = "<" in word.text
        answers = [answer.strip() for answer in re.split("[<|]", word.text)]
        if ordered and "|" in word.text:
            self.sheet.say(
                "mixed-order",
                "answers stand in an order (`<`) or side by side (`|`), not both",
                word.place,
                example,
            )
        elif len(answers) < 2 or len(answers) > MOST_ANSWERS:
            self.sheet.say("bad-answers", f"a consideration has 2 to {MOST_ANSWERS} answers", word.place, example)
        for position, answer in enumerate(answers):
            place = _answer_place(word, position)
            if not re.fullmatch(r"[^\W\d][\w-]*|\d[\w.-]*", answer) or answer in RESERVED:
                message = f"`{clipped(answer)}` cannot be an answer"
                self.sheet.say("bad-name", message, place, "an answer is one word; spell it out under `words:`")
            elif answer in answers[:position]:
                message = f"the answer `{answer}` stands twice"
                self.sheet.say("written-twice", message, place, "keep one of the two")
        return tuple(answers), ordered

    def _answer_words(self, fields: Fields, answers: tuple[str, ...]) -> dict[str, str]:
        value = fields.node("words")
        words = {}
        for name, inner in self.sheet.table(fields.key, value) if value is not None else ():
            if answers and not isinstance(inner, Word):
                self.sheet.say(
                    "not-a-word",
                    f"the words for `{clipped(name.text)}` are one line of text",
                    inner.place,
                    "put them in quotes",
                )
            elif answers and name.text not in answers:
                message = f"`{fields.key.text}` has no answer `{clipped(name.text)}`"
                self.sheet.say("unknown-answer", message, name.place, did_you_mean(name.text, answers))
            elif isinstance(inner, Word):
                words[name.text] = inner.text
        return words

    def _read_terms(self) -> None:
        """Understand each term after the terms it mentions. Those in or behind a circle count as never."""
        entries = self.sheet.entries["terms"]
        mentions = {
            name: _mentioned(value).intersection(entries).difference(self.considerations)
            for name, (_, value) in entries.items()
        }
        order: TopologicalSorter[str] = TopologicalSorter(mentions)
        try:
            order.prepare()
        except CycleError as circle:
            self._circle(circle.args[1])
        while order.is_active():
            for name in order.get_ready():
                self._terms[name] = self._term(*entries[name])
                order.done(name)
        for name in entries.keys() - self._terms.keys():
            self._terms[name] = NEVER

    def _circle(self, names: list[str]) -> None:
        first = min(names, key=lambda name: self.sheet.entries["terms"][name][0].place.start)
        place = self.sheet.entries["terms"][first][0].place
        message = f"the term `{first}` leads back to itself"
        self.sheet.say("term-circle", message, place, "take one of the terms out of the circle")

    def _term(self, key: Word, value: Node) -> Condition:
        if key.text in self.sheet.entries["considerations"]:
            message = f"`{key.text}` is a consideration and a term"
            self.sheet.say("written-twice", message, key.place, "give the term a name of its own")
        if isinstance(value, Word):
            return self.condition(value)
        self.sheet.say("not-a-word", "a term is one condition", value.place, "put it in quotes")
        return NEVER

    def condition(self, word: Word | None, default: Condition = ALWAYS) -> Condition:
        """The condition a word holds; `default` where there is none or it cannot be read."""
        if word is None:
            return default
        if not word.text.strip():
            self.sheet.say(
                "condition-unfinished",
                "there is no condition here",
                word.place,
                "for example `harm == stings`",
            )
            return default
        found = parse(word, self.considerations, self._terms.get, frozenset(self.sheet.lost))
        if isinstance(found, list):
            self.sheet.take(found)
            return default
        return found

    def when(self, fields: Fields) -> Condition:
        """`when and not unless` of an entry."""
        return when_unless(self.condition(fields.word("when")), self.condition(fields.word("unless"), NEVER))

    def answered(self, name: Word, value: Node) -> bool:
        """Whether `name: value` answers a consideration; a mistake where not."""
        consideration = self.considerations.get(name.text)
        if not isinstance(value, Word):
            self.sheet.say("not-a-word", "an answer is one word", value.place, "write one of the answers")
        elif consideration is None:
            named(self.sheet, name, self.considerations, "consideration")
        elif value.text not in consideration.answers:
            message = f"`{name.text}` has no answer `{clipped(value.text)}`"
            self.sheet.say("unknown-answer", message, value.place, did_you_mean(value.text, consideration.answers))
        else:
            return True
        return False


def _answer_place(word: Word, position: int) -> Place:
    """Where one of the answers of a word such as `low < enough < plenty` stands."""
    before = re.match(rf"(?:[^<|]*[<|]){{{position}}}\s*", word.text)
    start = before.end() if before else 0
    answer = re.compile(r"[^<|]*").match(word.text, start)
    return word.at(start, start + len(answer.group().rstrip()) if answer else start)


def _mentioned(value: Node) -> set[str]:
    """Every name in a term's condition that is not an answer."""
    if not isinstance(value, Word):
        return set()
    bare = re.sub(r"[=<>]\s*[\w.-]+|\bin\s*\([^)]*\)", " ", value.text[:MOST_CHARACTERS])
    return set(re.findall(r"[^\W\d][\w-]*", bare))
