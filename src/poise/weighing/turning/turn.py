"""Turns: all smallest sets of changed answers that put another response in the lead of a list, exact.

First every single change, from what the tables say that each adds; where none is enough, several together (see
`several`). An unanswered question may be answered; what is `fixed` cannot change; nothing
is turned into what is impossible, or into a moment that a bound takes out of the weighing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from .ahead import ahead
from .gains import Change
from .possible import can_be

if TYPE_CHECKING:
    from ..weighing import Leaning, Weighing

Hit = tuple[tuple[Change, ...], int, int]
"""Changes with which a rival catches up, what all lanes then are, and the top bits of those who did."""


class Turn(NamedTuple):
    """Changed answers that put another response in the lead of a list; `lead` is who leads then."""

    changes: dict[str, str]
    list: str
    lead: tuple[str, ...]


def singles(weighing: Weighing, leaning: Leaning) -> list[Turn]:
    """The turns that change one answer, in the order of the book's considerations."""
    seen = ahead(weighing.tables, leaning)
    now, rivals = seen.ahead(weighing.packed), seen.rivals(leaning.lead)
    hits = [
        (change, lanes, caught_up)
        for change, added in seen.added(weighing.moment.codes).items()
        if (caught_up := (lanes := now + added) & rivals)
    ]
    hits.sort()
    if len(leaning.lead) > 1 or seen.careful:
        return told(weighing, leaning, [((change,), lanes, caught_up) for change, lanes, caught_up in hits])
    name, lead, named = leaning.list, seen.lead, seen.named
    return [Turn(named[change].copy(), name, lead(lanes, caught_up)) for change, lanes, caught_up in hits]


def told(weighing: Weighing, leaning: Leaning, hits: Iterable[Hit]) -> list[Turn]:
    """The turns among changes with which a rival catches up: another leads then, and the moment is one to weigh."""
    seen, alone, found = ahead(weighing.tables, leaning), len(leaning.lead) == 1, []
    for changes, lanes, caught_up in hits:
        lead = seen.lead(lanes, caught_up if alone else 0)
        new = alone or not set(lead) <= set(leaning.lead)
        if new and (seen.careful.isdisjoint(changes) or can_be(weighing, [seen.told[change] for change in changes])):
            named = {name: answer for change in changes for name, answer in seen.named[change].items()}
            found.append(Turn(named, leaning.list, lead))
    return found
