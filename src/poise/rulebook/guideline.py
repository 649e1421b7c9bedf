"""What a rulebook is made of beside its questions: responses, guidelines, bounds, promises and cases.

Named tuples, as they are made in a tenth of the time that dataclasses take, and `poise weigh` is to start at once.

Leans are held as whole thousandths of a doubling, so that sums are exact and a tie is a tie.
"""

from __future__ import annotations

from typing import NamedTuple

from .condition import ALWAYS, Condition

UNITS = 1000
"""Lean units in one doubling: three decimals are kept exactly."""
NUDGE, PULL, STRONG = 750, 1500, 3000
STRENGTHS = {"nudge": NUDGE, "pull": PULL, "strong": STRONG}

TOWARD, BESIDE, MINE = "toward", "beside", "mine"
LISTS = (TOWARD, BESIDE, MINE)

DEGREES = ("none", "little", "some", "much")
WHEN = ("now", "later", "either", "none_now")
HEARD_BY = ("everyone_here", "just_them", "just_them_or_everyone", "person_hit", "someone_i_trust", "no_one")
FAMILIES = ("relationship", "person_hit", "room", "me", "setting")
GRIPS = ("loose", "steady", "firm")

LET_BE = "let_be"
NOTHING_MORE = "nothing_more"
STEP_AWAY = "step_away"
CARDINAL = "cardinal"
START = "start"
"""The id under which a book's starting leans stand among the reasons."""


class Response(NamedTuple):
    """Something a person can do. `like` names the response it is a kind of."""

    id: str
    list: str
    say: str
    means: str = ""
    if_me: str = ""
    when: str = "either"
    heard_by: str = "just_them"
    directness: str = "none"
    asks: str = "none"
    effort: str = "none"
    protects: str = "none"
    needs: Condition = ALWAYS
    like: str = ""
    lines: tuple[str, ...] = ()


class Clause(NamedTuple):
    """A condition and what it leans: {response id: thousandths of a doubling}, before the guideline's weight."""

    condition: Condition
    leans: dict[str, int]


class Guideline(NamedTuple):
    """A condition and a lean, in a person's words. All clauses that hold add up; `weight` multiplies their leans."""

    id: str
    say: str
    clauses: tuple[Clause, ...]
    because: str = ""
    source: str = ""
    family: str = ""
    anchored: bool = False
    weight: float = 1.0
    grip: str = "steady"

    def units(self, clause: Clause) -> dict[str, int]:
        """The clause's leans with the weight taken in, rounded to whole thousandths of a doubling (halves to even)."""
        weight = round(self.weight * UNITS)  # whole, so that no float's last digit decides a tie
        return {response: round(weight * lean / UNITS) for response, lean in clause.leans.items()}

    def responses(self) -> tuple[str, ...]:
        """Every response it leans on, in the order first named."""
        return tuple(dict.fromkeys(response for clause in self.clauses for response in clause.leans))


class Bound(NamedTuple):
    """What comes before any weighing: takes responses out (`never`), or replaces the weighing (`instead`)."""

    id: str
    condition: Condition
    say: str
    never: tuple[str, ...] = ()
    replaces: bool = False
    because: str = ""
    source: str = ""


class Promise(NamedTuple):
    """`never R first when CONDITION`: none of the responses may lead its list then, ties counting as first."""

    text: str
    responses: tuple[str, ...]
    condition: Condition = ALWAYS


class Case(NamedTuple):
    """A moment and what must come out of it: one of the rulebook's own tests."""

    say: str
    answers: dict[str, str]
    mine: bool
    leads: dict[str, tuple[str, ...]]
    """{list: responses among which every lead must be}."""
    never: tuple[str, ...]
    bound: str


def doublings(units: float) -> float:
    """Lean units as doublings."""
    return units / UNITS


def strength(units: float) -> str:
    """A lean in words: the named strength nearest to its size."""
    size = abs(units)
    if size >= (PULL + STRONG) / 2:
        return "strong"
    return "pull" if size >= (NUDGE + PULL) / 2 else "nudge"
