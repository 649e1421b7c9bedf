"""A rulebook: somebody's own guidelines, read and understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from .completing import Group, grouped
from .condition import NEVER, Among, Condition
from .consideration import UNANSWERED, Consideration
from .guideline import CARDINAL, STEP_AWAY, Bound, Case, Guideline, Promise, Response
from .text import Place

WHO_WAS_HIT = "who_was_hit"
ME = "me"
SOMEONE_HERE = "someone_here"
IN_CHARGE = "in_charge"
"""Names the product knows by themselves: whose moment it is decides how it speaks (see the language page)."""


@dataclass(frozen=True)
class Rulebook:
    """Everything one book says. Order is the order written; the include's entries come first."""

    title: str
    responses: dict[str, Response]
    considerations: dict[str, Consideration]
    guidelines: dict[str, Guideline]
    bounds: dict[str, Bound]
    audience: str = ""
    first_duty: str = ""
    signed: str = ""
    ask_yourself: tuple[str, ...] = ()
    terms: dict[str, Condition] = field(default_factory=dict)
    impossible: tuple[Condition, ...] = ()
    start: dict[str, int] = field(default_factory=dict)
    promises: tuple[Promise, ...] = ()
    cases: tuple[Case, ...] = ()
    name: str = ""
    """The file or starter name it was read from."""
    places: dict[tuple[str, str], Place] = field(default_factory=dict, compare=False, repr=False)
    """Where an entry stands in its file: {(section, id, or its number among promises and cases): place}."""

    def listed(self, name: str) -> tuple[Response, ...]:
        """The responses of one list, in order."""
        return tuple(response for response in self.responses.values() if response.list == name)

    @cached_property
    def questions(self) -> tuple[Consideration, ...]:
        """The considerations by position."""
        return tuple(self.considerations.values())

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """How many answers each consideration has."""
        return tuple(len(question.answers) for question in self.questions)

    @cached_property
    def impossible_groups(self) -> tuple[Group, ...]:
        """What is impossible, in groups that share considerations."""
        return grouped(self.impossible)

    @cached_property
    def nothing_said(self) -> tuple[int, ...]:
        """The codes of a moment of which nothing is known yet."""
        return (UNANSWERED,) * len(self.questions)

    @cached_property
    def cardinal(self) -> Guideline | None:
        """The first rule: the guideline named `cardinal`, or the first one if it is anchored."""
        first = next(iter(self.guidelines.values()), None)
        return self.guidelines.get(CARDINAL) or (first if first and first.anchored else None)

    @cached_property
    def landed_on_me(self) -> Condition:
        """When the moment landed on the reader: nothing is steered then."""
        asked = self.considerations.get(WHO_WAS_HIT)
        if asked is None or ME not in asked.answers:
            return NEVER
        return Among(asked.position, 1 << asked.code(ME))

    @property
    def in_charge(self) -> Condition:
        """When the reader is responsible for the room: the book's term `in_charge`, if it has one."""
        return self.terms.get(IN_CHARGE, NEVER)

    def leaving(self) -> Iterator[str]:
        """Responses that are ways of leaving: no bound may forbid them."""
        return (r.id for r in self.responses.values() if STEP_AWAY in (r.id, r.like))
