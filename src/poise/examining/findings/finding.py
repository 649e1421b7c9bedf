"""A finding: something about a rulebook that is worth a look, in a person's words, with a moment that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from ...rulebook.text import Place
from ...weighing.moment import Moment

LOOK, NOTE = "look", "note"
"""`look`: most likely not what was meant, or a harm. `note`: good to know, and fine in many a book."""

KINDS = {
    "promise-broken": "a promise of the book does not hold",
    "promise-not-settled": "it took too long to prove a promise",
    "promise-of-nothing": "a promise speaks of what can never be",
    "no-pull-to-speak": "no guideline pulls toward speaking",
    "silent-while-hurt": "it leans to silence while someone here is seriously hurt and it is safe",
    "never-leads": "a response leads in no situation",
    "bound-never-met": "a bound is met in no situation",
    "nothing-to-do": "bounds leave nothing to do but let it be",
    "never-applies": "a guideline applies in no situation",
    "part-never-applies": "a part of a guideline applies in no situation",
    "always-applies": "a guideline names a condition and applies in every situation",
    "duplicate": "two guidelines apply in the same situations and lean the same",
    "implied": "wherever one guideline applies, another applies too and leans the same",
    "cancelled": "wherever one guideline applies, another takes back all that it leans",
    "never-decisive": "the same would lead in every situation without this guideline",
    "never-asked": "nothing looks at a question",
    "silent-region": "under some answers letting it be leads nearly always",
    "loud-region": "under some answers what is said straight and in front of everyone leads nearly always",
    "tied-region": "under some answers several responses often lead together",
    "close-region": "under some answers another response is often close to what leads",
    "regions-not-counted": "the book has too many situations to count where it is silent, loud or tied",
}
"""Every kind of finding, and what it means."""


@dataclass(frozen=True)
class Finding:
    """Something to look at: what is so, what one could do, and where."""

    kind: str
    message: str
    advice: str = ""
    level: str = LOOK
    place: Place | None = None
    guidelines: tuple[str, ...] = ()
    """The guidelines it is about."""
    witness: Moment | None = None
    """A moment that shows it."""
    share: Fraction | None = None
    """In how many of the situations that are weighed, each fully answered, it is so; where it could be counted."""
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The answers that make the region it is about: {consideration: any of these}."""
    within: Fraction | None = None
    """For a region: in how many of its own situations it is so."""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.kind!r} is no kind of finding: name it in KINDS, and on the page of commands")

    def as_dict(self) -> dict[str, object]:
        """The finding for `--json`."""
        place, witness = self.place, self.witness
        where = {"file": place.source.name, "line": place.line, "column": place.column} if place else {}
        region = {"where": {name: list(a) for name, a in self.where.items()}, "within": float(self.within or 0)}
        return {
            "kind": self.kind,
            "level": self.level,
            "message": self.message,
            "advice": self.advice,
            "guidelines": list(self.guidelines),
            "moment": witness.answers if witness else None,
            "whose": witness.whose if witness else None,
            "share": None if self.share is None else float(self.share),
            **(region if self.within is not None else {}),
            **where,
        }
