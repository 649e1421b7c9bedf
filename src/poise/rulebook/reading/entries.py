"""Understands what a book can say: responses, guidelines and bounds."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from ..condition import ALWAYS, All
from ..guideline import (
    DEGREES,
    FAMILIES,
    GRIPS,
    HEARD_BY,
    START,
    STRENGTHS,
    UNITS,
    WHEN,
    Bound,
    Clause,
    Guideline,
    Response,
)
from ..mistake import Mistake, clipped, did_you_mean
from ..text import Node, Word
from .questions import Questions
from .sheet import Entry, Fields, decimal, named

MOST_DOUBLINGS = 20
MOST_WEIGHT = 10


class Entries:
    """The responses, guidelines, bounds and start of a sheet."""

    def __init__(self, questions: Questions) -> None:
        self.questions, self.sheet = questions, questions.sheet
        self.responses: dict[str, Response] = {}
        self._alike: list[Word] = []
        self._read_responses()
        entries = self.sheet.entries
        self.guidelines = {name: self._guideline(*entry) for name, entry in entries["guidelines"].items()}
        self.bounds = {name: self._bound(*entry) for name, entry in entries["bounds"].items()}
        self.start = self._leans(entries["start"].values())

    def _read_responses(self) -> None:
        for name, entries in self.sheet.responses.items():
            for key, value in entries.values():
                if key.text in self.responses:
                    self.sheet.say(
                        "written-twice",
                        f"`{key.text}` stands in two lists",
                        key.place,
                        "give one of them a name of its own",
                    )
                else:
                    self.responses[key.text] = self._response(name, key, value)
        for word in self._alike:
            named(self.sheet, word, self.responses, "response")
        if not self.responses and not self.sheet.lost and not self.sheet.mistakes:
            message = f"{self.sheet.name}: this book has no responses to weigh"
            self.sheet.mistakes.append(
                Mistake(
                    "no-responses",
                    message,
                    help="write them under `responses:`, or `include: repertoire.yaml`",
                )
            )

    def _response(self, name: str, key: Word, value: Node) -> Response:
        fields = Fields(self.sheet, "response", key, value)
        like = fields.word("like")
        if like:
            self._alike.append(like)
        degree = partial(fields.choice, allowed=DEGREES, default="none")
        return Response(
            key.text,
            name,
            fields.needed("say", "say it as a person would choose it"),
            fields.text("means"),
            fields.text("if_me"),
            fields.choice("when", WHEN, "either"),
            fields.choice("heard_by", HEARD_BY, "just_them"),
            degree("directness"),
            degree("asks"),
            degree("effort"),
            degree("protects"),
            self.questions.condition(fields.word("needs")),
            fields.text("like"),
            tuple(word.text for word in fields.words("lines")),
        )

    def _guideline(self, key: Word, value: Node) -> Guideline:
        fields = Fields(self.sheet, "guideline", key, value)
        if key.text == START:
            self.sheet.say(
                "bad-name",
                f"`{START}` is where the book stands, not a guideline",
                key.place,
                "give the guideline another name",
            )
        return Guideline(
            key.text,
            fields.needed("say", "one sentence, in your own words"),
            self._clauses(fields),
            fields.text("because"),
            fields.text("source"),
            fields.choice("family", FAMILIES, ""),
            fields.flag("anchored"),
            self._weight(fields),
            fields.choice("grip", GRIPS, "steady"),
        )

    def _clauses(self, fields: Fields) -> tuple[Clause, ...]:
        outer = self.questions.when(fields)
        if fields.has("lean") and fields.has("leans"):
            self.sheet.say(
                "lean-and-leans",
                "a guideline has `lean` or `leans`, not both",
                fields.place("leans"),
                "move the lean into the list",
            )
        if not fields.has("leans"):
            return (Clause(outer, self._lean(fields)),)
        clauses = []
        for item in fields.row("leans"):
            inner = Fields(self.sheet, "clause", fields.values["leans"][0], item)
            condition = self.questions.when(inner)
            clauses.append(Clause(condition if outer == ALWAYS else All((outer, condition)), self._lean(inner)))
        return tuple(clauses)

    def _lean(self, fields: Fields) -> dict[str, int]:
        value = fields.node("lean")
        if value is None:
            if fields.values and fields.lacks("lean") and fields.lacks("leans"):
                self.sheet.say(
                    "missing-field",
                    f"`{fields.key.text}` has no `lean`",
                    fields.key.place,
                    "for example `lean: {let_be: -nudge}`",
                )
            return {}
        return self._leans(self.sheet.table(fields.values["lean"][0], value))

    def _leans(self, entries: Iterable[Entry]) -> dict[str, int]:
        leans = {}
        for key, value in entries:
            units = self._units(value)
            if named(self.sheet, key, self.responses, "response") and units is not None:
                leans[key.text] = units
        return leans

    def _units(self, value: Node) -> int | None:
        text = value.text if isinstance(value, Word) else ""
        sign = -1 if text.startswith("-") else 1
        if text.lstrip("+-") in STRENGTHS:
            return sign * STRENGTHS[text.lstrip("+-")]
        number = decimal(text, MOST_DOUBLINGS)
        if number is not None:
            return round(number * UNITS)
        help = f"write `nudge`, `pull`, `strong`, or a number of doublings up to {MOST_DOUBLINGS} (three decimals)"
        near = did_you_mean(text.lstrip("+-"), STRENGTHS, help)
        self.sheet.say("bad-lean", f"`{clipped(text)}` is not a lean", value.place, near)
        return None

    def _weight(self, fields: Fields) -> float:
        word = fields.word("weight")
        if word is None:
            return 1.0
        number = decimal(word.text, MOST_WEIGHT)
        if number is None or number < 0:
            help = f"a number from 0 to {MOST_WEIGHT} with at most three decimals"
            self.sheet.say("bad-weight", f"`{clipped(word.text)}` is not a weight", word.place, help)
            return 1.0
        return number

    def _bound(self, key: Word, value: Node) -> Bound:
        fields = Fields(self.sheet, "bound", key, value)
        if fields.has("never") == fields.has("instead") and fields.values and not fields.meant & {"never", "instead"}:
            self.sheet.say(
                "bound-without-end",
                f"`{key.text}` needs either `never` or `instead`",
                key.place,
                "`never: [responses]` takes responses out; `instead: …` replaces the weighing",
            )
        if fields.lacks("when") and fields.values:
            self.sheet.say("missing-field", f"`{key.text}` has no `when`", key.place, "a bound says when it holds")
        replaces = fields.has("instead")
        say = fields.text("say") or fields.text("instead")
        if fields.has("never") and not say:
            fields.needed("say", "say what a person reads when this bound is met")
        never = fields.names("never", self.responses, "response")
        return Bound(
            key.text,
            self.questions.when(fields),
            say,
            never,
            replaces,
            fields.text("because"),
            fields.text("source"),
        )
