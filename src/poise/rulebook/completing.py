"""Every way the unanswered questions could be answered, searched exactly.

A condition over finite answers is decided by Kleene evaluation where that settles it, and by splitting on one of its
unanswered considerations where it does not. Answers that no comparison tells apart are tried once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import prod

from .condition import ALWAYS, All, Among, Condition, Not, scope

MOST_STEPS = 100_000
BOTH = frozenset((True, False))


class Undecided(Exception):
    """A search was given up: too many considerations hang together."""


Group = tuple[frozenset[int], tuple[Condition, ...]]
"""Impossible combinations that share considerations, directly or through one another, and what they look at."""


class Completions:
    """The completions of one condition over considerations with `sizes` answers, leaving out what is impossible.

    Only the groups that share a consideration with the condition matter to it; the rest can always be avoided.
    """

    def __init__(
        self, condition: Condition, sizes: Sequence[int], groups: Iterable[Group] = (), most: int = MOST_STEPS
    ) -> None:
        self.condition, self.sizes, self.most = condition, sizes, most
        looked_at = scope(condition)
        touching = [conditions for reach, conditions in groups if reach & looked_at]
        self.possible = possible = All(tuple(Not(each) for conditions in touching for each in conditions))
        self.steps = 0
        self.scope = tuple(sorted(looked_at | scope(possible)))
        parts = [*condition.parts(), *possible.parts()]
        self.answers = {position: sorted(set(alike(position, sizes[position], parts))) for position in self.scope}

    @property
    def combinations(self) -> int:
        """How many completions there are of nothing said, answers that nothing tells apart counted once."""
        return prod(len(answers) for answers in self.answers.values())

    def outcomes(self, codes: Sequence[int]) -> frozenset[bool]:
        """The truth values the condition takes over all completions of `codes`.

        Answers given that are impossible by the book's own word are taken as given: the person knows better.
        """
        settled = self.condition.under(codes)
        if settled is not None and self.possible == ALWAYS:
            return frozenset((settled,))
        found = frozenset(value for value in BOTH if self.find(value, codes) is not None)
        if found:
            return found
        self.steps = 0
        return frozenset(value for value in BOTH if self._find(value, list(codes), ALWAYS) is not None)

    def find(self, value: bool, codes: Sequence[int]) -> list[int] | None:
        """A possible completion of `codes` under which the condition has this truth value, or None.

        Raises Undecided after `most` partial answers.
        """
        self.steps = 0
        return self._find(value, list(codes), self.possible)

    def _find(self, value: bool, codes: list[int], possible: Condition) -> list[int] | None:
        self.steps += 1
        if self.steps > self.most:
            raise Undecided
        allowed = possible.under(codes)
        found = self.condition.under(codes)
        if allowed is False or found is (not value):
            return None
        if allowed and found is value:
            return codes
        position = _unanswered(self.condition if found is None else possible, codes)
        for code in self.answers[position]:
            completed = self._find(value, [*codes[:position], code, *codes[position + 1 :]], possible)
            if completed is not None:
                return completed
        return None


def grouped(impossible: Iterable[Condition]) -> tuple[Group, ...]:
    """The impossible combinations, those together that share considerations directly or through one another."""
    groups: list[Group] = []
    for each in impossible:
        found: Group = scope(each), (each,)
        for group in [group for group in groups if group[0] & found[0]]:
            groups.remove(group)
            found = group[0] | found[0], group[1] + found[1]
        groups.append(found)
    return tuple(groups)


def alike(position: int, size: int, parts: Iterable[Among]) -> tuple[int, ...]:
    """For each answer, the first answer that no comparison among `parts` tells apart from it."""
    masks = {part.mask for part in parts if part.position == position}
    first: dict[tuple[bool, ...], int] = {}
    return tuple(first.setdefault(tuple(bool(mask >> code & 1) for mask in masks), code) for code in range(size))


def _unanswered(condition: Condition, codes: Sequence[int]) -> int:
    """The first consideration of a condition that nobody has answered."""
    return next(part.position for part in condition.parts() if codes[part.position] < 0)
