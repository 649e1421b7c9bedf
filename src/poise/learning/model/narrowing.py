"""A problem without what no choice ever touched: there the posterior is the prior, and need not be worked out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .choices import Choices
from .layout import Floats, Prior, Quadratic

Indices = NDArray[np.intp]
LARGE = 10.0
"""A guideline's pull is about 1; costs and minutes are not."""


@dataclass(frozen=True, eq=False)
class Narrowed:
    """The same problem in fewer parameters; `kept` says which of the whole they are."""

    whole: Prior
    guidelines: Indices
    columns: tuple[Indices, ...]
    """For each list, the columns of the context that are ever other than 0."""
    groups: tuple[Choices, ...]

    @cached_property
    def everything(self) -> bool:
        """Whether nothing was left out."""
        return len(self.kept) == len(self.whole.mean)

    def prior(self, whole: Prior) -> Prior:
        """A prior over the whole, narrowed."""
        if self.everything:
            return whole
        habits = tuple(each[columns] for each, columns in zip(whole.habits, self.columns, strict=True))
        at = self.guidelines
        return replace(whole, means=whole.means[at], sds=whole.sds[at], gaps=whole.gaps[at], habits=habits)

    def quadratic(self, whole: Quadratic | None) -> Quadratic | None:
        """A quadratic term, narrowed."""
        at = self.guidelines
        return None if whole is None else Quadratic(whole.a[np.ix_(at, at)], whole.b[at], whole.used)

    @cached_property
    def kept(self) -> Indices:
        """The place in the whole of each parameter that is left."""
        size = self.whole.guidelines
        parts = [self.guidelines, size + self.guidelines]
        for block, habits, columns in zip(self.whole.blocks, self.whole.habits, self.columns, strict=True):
            places = np.arange(block.start, block.stop).reshape(habits.shape)
            parts.append(places[columns].ravel())
        return np.concatenate(parts).astype(np.intp)


def narrowed(groups: Sequence[Choices], prior: Prior, outcomes: Quadratic | None = None) -> Narrowed:
    """The problem without guidelines that never applied and answers that were never given."""
    counted = [group for group in groups if len(group)]
    largest = np.zeros(prior.guidelines)
    for group in counted:
        for most in (group.flat.max(axis=0), -group.flat.min(axis=0)):
            np.maximum(largest, most, out=largest)
    touched = largest > 0
    if outcomes is not None:
        touched |= np.diag(outcomes.a) > 0
    guidelines = np.flatnonzero(touched)
    columns = tuple(_columns(counted, number, habits) for number, habits in enumerate(prior.habits))
    centre = bool((largest > LARGE).any())
    return Narrowed(prior, guidelines, columns, tuple(_narrow(group, guidelines, columns, centre) for group in counted))


def _columns(groups: Sequence[Choices], number: int, habits: Floats) -> Indices:
    touched = np.zeros(len(habits), np.bool_)
    for group in groups:
        if group.done and group.list == number:
            touched |= np.any(group.context != 0, axis=0)
    return np.flatnonzero(touched)


def _narrow(group: Choices, guidelines: Indices, columns: Sequence[Indices], centre: bool) -> Choices:
    """Only differences between responses count: what large pulls have in common is taken off, as it costs digits."""
    if not centre and len(guidelines) == group.phi.shape[2] and group.phi.flags.c_contiguous and not columns:
        return group
    context = group.context[:, columns[group.list]] if group.done and columns else group.context[:, :0]
    phi = np.ascontiguousarray(group.phi if len(guidelines) == group.phi.shape[2] else group.phi[:, :, guidelines])
    if centre:
        stood = group.stood / group.stood.sum(axis=1, keepdims=True)
        phi = phi - stood[:, None] @ phi
    return replace(group, phi=phi, context=context)
