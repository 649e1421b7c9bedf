"""Reads an instrument: a small file of YAML (or JSON, which is YAML), every mistake in one pass.

    instrument: 1                    the version of this format
    id: how_solid                    one word
    title: …                         a line
    licence: CC0-1.0                 under which terms it may be used
    notice: …                        the owner's copyright line; needed unless the licence is CC0
    reliability: 0.7                 from .1 to .99
    source: …                        where the reliability, the mean and the spread come from
    better: higher | lower           which end of the total is more trust; higher unless said
    total: sum | mean                how items make a total; sum unless said
    mean, sd: …                      of usual totals, both or neither
    url, version: …                  as in FHIR; only needed to write it
    items:
      solid: {from: 0, to: 10, step: 1, reversed: no, ask: …}

An item's words (`ask`) are left out of every instrument whose licence does not give them to everybody; whoever has a
licence may put them in their own file. Nothing here ever sends them anywhere.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from ..unclear import Problem, Unclear, clipped
from .composing import Fields, Text, compose
from .instrument import (
    DIRECTIONS,
    FARTHEST,
    HIGHER,
    LEAST_RELIABLE,
    MOST_RELIABLE,
    SUM,
    TOTALS,
    Instrument,
    Item,
)

VERSION = "1"
NEEDED = ("instrument", "id", "title", "licence", "reliability", "items")
FIELDS = (*NEEDED, "notice", "source", "better", "total", "mean", "sd", "url", "version")
ITEM_FIELDS = ("from", "to", "step", "reversed", "ask")
FREE = "CC0-1.0"
"""The one licence that needs no notice."""
MOST_ITEMS = 200
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d{1,2})?", re.IGNORECASE)
WORD = re.compile(r"[A-Za-z][\w.-]{0,63}", re.ASCII)
ITEM_ID = re.compile(r"[A-Za-z0-9][\w./-]{0,63}", re.ASCII)


def read_instrument(name: str, text: str | bytes) -> Instrument:
    """The instrument in the text of a file called `name`. Raises Unclear with every problem and its place."""
    reader = _Reader(name)
    found = reader.instrument(compose(name, text))
    if found is None or reader.problems:
        raise Unclear(reader.problems)
    return found


@dataclass
class _Reader:
    """One pass over a file; problems are gathered, and something that fits stands in for what cannot be."""

    name: str
    problems: list[Problem] = field(default_factory=list)
    meant: set[str] = field(default_factory=set)
    """Names that were most likely meant by others that are written there."""

    def instrument(self, found: Fields) -> Instrument | None:
        """The instrument; None where there are problems."""
        self.only(found, FIELDS, "an instrument")
        for missing in [one for one in NEEDED if one not in found.values and one not in self.meant]:
            self.say(found.line, f"there is no `{missing}`", f"an instrument has {', '.join(NEEDED)}")
        if self.line(found, "instrument", VERSION) != VERSION:
            line = found.values["instrument"].line
            self.say(line, "this format is not known", f"this Poise reads `instrument: {VERSION}`")
        words = {name: self.line(found, name) for name in ("title", "licence", "notice", "source", "url", "version")}
        better, total = self.one_of(found, "better", DIRECTIONS, HIGHER), self.one_of(found, "total", TOTALS, SUM)
        id_, items = self.word(found, "id"), self.items(found)
        reliability = self.number(found, "reliability", LEAST_RELIABLE, MOST_RELIABLE)
        self.check_notice(found, words)
        self.check_norms(found)
        if self.problems or reliability is None:
            return None
        made = Instrument(id_, words["title"], items, reliability, words["licence"], words["notice"], better, total)
        return self.with_norms(found, replace(made, source=words["source"], url=words["url"], version=words["version"]))

    def check_notice(self, found: Fields, words: dict[str, str]) -> None:
        if words["licence"] not in ("", FREE) and not words["notice"]:
            self.say(found.line, "there is no `notice`", "write the owner's copyright line there")

    def check_norms(self, found: Fields) -> None:
        given = [name for name in ("mean", "sd") if name in found.values]
        if len(given) == 1:
            self.say(found.values[given[0]].line, f"`{given[0]}` stands alone", "give both `mean` and `sd`, or neither")

    def with_norms(self, found: Fields, made: Instrument) -> Instrument:
        """The instrument with the mean and spread of usual ratings, which depend on its range."""
        mean = self.number(found, "mean", made.low, made.high)
        sd = self.number(found, "sd", (made.high - made.low) / 1000, made.high - made.low)
        return made if self.problems else replace(made, mean=mean, sd=sd)

    def items(self, found: Fields) -> tuple[Item, ...]:
        table = found.values.get("items")
        if table is None:
            return ()
        if not isinstance(table, Fields) or not table.values:
            self.say(table.line, "`items` has no items", "for example `solid: {from: 0, to: 10, step: 1}`")
            return ()
        if len(table.values) > MOST_ITEMS:
            self.say(table.line, f"there are more than {MOST_ITEMS} items", "is it the right file?")
            return ()
        return tuple(item for id_, one in table.values.items() if (item := self.item(id_, one)))

    def item(self, id_: str, found: Fields | Text) -> Item | None:
        if not isinstance(found, Fields):
            self.say(found.line, f"item `{id_}` has no `from` and `to`", "for example `{from: 0, to: 10, step: 1}`")
            return None
        if not ITEM_ID.fullmatch(id_):
            self.say(found.line, f"{clipped(id_)} is no name for an item", "letters, digits, `_`, `.`, `-` and `/`")
        self.only(found, ITEM_FIELDS, "an item")
        ends = [self.number(found, end, -FARTHEST, FARTHEST) for end in ("from", "to")]
        for end, value in zip(("from", "to"), ends, strict=True):
            if value is None and end not in found.values:
                self.say(found.line, f"item `{id_}` has no `{end}`", "for example `{from: 0, to: 10, step: 1}`")
        low, high = ends
        if low is None or high is None:
            return None
        return self.scaled(id_, found, low, high)

    def scaled(self, id_: str, found: Fields, low: float, high: float) -> Item | None:
        if low >= high:
            self.say(found.line, f"item `{id_}` runs from {low:g} to {high:g}", "`from` is the lower end")
            return None
        step = self.number(found, "step", 0, high - low) or 0.0
        steps = (high - low) / step if step else 1.0
        if abs(steps - round(steps)) > 1e-6:
            self.say(found.values["step"].line, f"steps of {step:g} do not lead from {low:g} to {high:g}", "")
        reversed_ = self.one_of(found, "reversed", ("no", "yes"), "no") == "yes"
        return Item(id_, low, high, step, reversed_, self.line(found, "ask"))

    # One field

    def line(self, found: Fields, name: str, otherwise: str = "") -> str:
        value = found.values.get(name)
        if isinstance(value, Fields):
            self.say(value.line, f"`{name}` is a line of text, and a table stands here", "")
        if not isinstance(value, Text):
            return otherwise
        if not value.text.strip():
            self.say(value.line, f"`{name}` is empty", "leave the line out, or write something there")
        return value.text.strip()

    def word(self, found: Fields, name: str) -> str:
        text = self.line(found, name)
        if text and not WORD.fullmatch(text):
            self.say(found.values[name].line, f"{clipped(text)} is not one word", "letters, digits, `_`, `.` and `-`")
        return text

    def one_of(self, found: Fields, name: str, allowed: tuple[str, ...], otherwise: str) -> str:
        text = self.line(found, name, otherwise)
        if text and text not in allowed:
            help_ = f"it can be {' or '.join(f'`{one}`' for one in allowed)}"
            self.say(found.values[name].line, f"`{name}` is {clipped(text)}", help_)
        return text

    def number(self, found: Fields, name: str, low: float, high: float) -> float | None:
        text = self.line(found, name)
        if not text:
            return None
        value = float(text) if _NUMBER.fullmatch(text) else math.nan
        if not low <= value <= high:
            help_ = f"it is a number from {low:g} to {high:g}"
            self.say(found.values[name].line, f"`{name}` is {clipped(text)}", help_)
            return None
        return value

    def only(self, found: Fields, allowed: tuple[str, ...], what: str) -> None:
        for name in [name for name in found.values if name not in allowed]:
            near = get_close_matches(name[:80], allowed, n=1, cutoff=0.65)
            self.meant.update(near)
            help_ = f"did you mean `{near[0]}`?" if near else f"it has {', '.join(allowed)}"
            self.say(found.values[name].line, f"{what} has no {clipped(name)}", help_)

    def say(self, line: int, message: str, help_: str) -> None:
        self.problems.append(Problem(f"{self.name}:{line}", message, help_))
