"""The invented moments and their labels, and how a weighing is held against them.

A response that a book adds is read as the one it is `like`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import poise
from poise.rulebook.guideline import BESIDE, LET_BE, NOTHING_MORE, TOWARD
from poise.rulebook.rulebook import Rulebook
from poise.weighing.weighing import Leaning, Weighing

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Vignette:
    """One invented moment: what was answered, and what experienced people would accept."""

    id: str
    book: str
    story: str
    answers: dict[str, str]
    title: str = ""
    whose: str = "theirs"
    acceptable: tuple[str, ...] = ()
    not_ok: tuple[str, ...] = ()
    best: str = ""
    why: str = ""
    counter: str = ""
    flips: tuple[dict[str, Any], ...] = ()
    must_say: tuple[str, ...] = ()
    must_not_say: tuple[str, ...] = ()
    certainty: str = ""
    tags: tuple[str, ...] = field(default=())

    def weigh(self, **changes: str) -> Weighing:
        """The moment weighed by its book, with some answers changed."""
        book = book_of(self.book)
        return poise.weigh(book, poise.Moment(book, self.whose, **{**self.answers, **changes}))


@cache
def book_of(name: str) -> Rulebook:
    return poise.read(name)


@cache
def vignettes(name: str = "vignettes.yaml") -> tuple[Vignette, ...]:
    found = yaml.load((HERE / name).read_text(encoding="utf-8"), yaml.BaseLoader)["vignettes"]
    return tuple(_vignette(each) for each in found)


def _vignette(entry: dict[str, Any]) -> Vignette:
    rows = ("acceptable", "not_ok", "flips", "must_say", "must_not_say", "tags")
    fields: dict[str, Any] = {name: tuple(entry.get(name) or ()) for name in rows}
    for name, value in entry.items():
        if name not in {"considerations", "kind", *rows}:
            fields[name] = " ".join(value.split())
    return Vignette(answers=entry["considerations"], **fields)


def leads(weighing: Weighing, leaning: Leaning) -> set[str]:
    """Who leads a list, each read as the response it is like."""
    return {read_as(weighing, response) for response in leaning.lead}


def read_as(weighing: Weighing, response: str) -> str:
    return weighing.book.responses[response].like or response


def members(weighing: Weighing, leaning: Leaning) -> set[str]:
    return {read_as(weighing, response.id) for response in weighing.book.listed(leaning.list)}


def is_acceptable(vignette: Vignette, weighing: Weighing, leaning: Leaning) -> bool:
    """Whether a list's leads are among what experienced people would accept."""
    lead = leads(weighing, leaning)
    listed = set(vignette.acceptable) & members(weighing, leaning)
    if listed:
        return lead <= listed
    if leaning.list == BESIDE:
        left_alone = lead == {NOTHING_MORE} and vignette.answers.get("who_was_hit") == "someone_here"
        return not lead & set(vignette.not_ok) and not left_alone
    if leaning.list == TOWARD and lead == {LET_BE}:
        return True
    return not lead & set(vignette.not_ok)


def flip_reached(vignette: Vignette, flip: dict[str, Any]) -> bool:
    """Whether, after the change, each list that `then` names has its leads in it."""
    weighing = vignette.weigh(**flip["change"])
    then = set(flip["then"])
    named = [leaning for leaning in weighing.leanings if then & members(weighing, leaning)]
    return bool(named) and all(leads(weighing, leaning) <= then for leaning in named)


def flip_named(vignette: Vignette, flip: dict[str, Any]) -> bool:
    """Whether what would tip it names the change, or a part of it."""
    return any(set(turn.changes) & set(flip["change"]) for turn in vignette.weigh().turns)
