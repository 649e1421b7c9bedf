"""Fits a person's own book to what they remember. Everything is worked out anew each time; nothing is kept.

learned = learn(book, records)
learned.weights          # what each guideline's weight would be by the evidence
learned.shares(moment)   # what the person is likely to do, not what they could better do
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..rulebook.rulebook import Rulebook
from ..weighing.moment import Moment
from .design import Design, Settings
from .laying import Evidence, Seen, choices, laid_out
from .model import outcomes as outcome_model
from .model.choices import Choices
from .model.evidence import averaged, with_outcomes
from .model.layout import Floats, Quadratic
from .model.mixture import Mixture
from .model.outcomes import Outcomes
from .model.predictive import predicted
from .remembering import Remembered


@dataclass(frozen=True, eq=False)
class Learned:
    """What a book's guidelines come to, given what is remembered."""

    evidence: Evidence
    posterior: Mixture
    outcomes: Quadratic

    @property
    def design(self) -> Design:
        """How the book was laid out."""
        return self.evidence.design

    @property
    def book(self) -> Rulebook:
        """The book that was the prior."""
        return self.design.book

    @cached_property
    def weights(self) -> dict[str, float]:
        """{guideline: the weight the evidence speaks for}; exactly as written where it is anchored."""
        return self.weights_of(self.posterior.relative[0])

    @cached_property
    def weights_sd(self) -> dict[str, float]:
        """{guideline: how unsure that weight is}, 0 where it is anchored."""
        found = self.posterior.relative[1] / self.design.sizes
        return dict(zip(self.design.names[1:], found[1:].tolist(), strict=True))

    def weights_of(self, relative: Floats) -> dict[str, float]:
        """{guideline: weight}, of strengths at a decisiveness of 1, (G,)."""
        return self.design.weights(relative)

    def shares(
        self, moment: Moment, relationship: Hashable = None, *, hindsight: bool = False
    ) -> dict[str, dict[str, float]]:
        """{list: {response: share}}: what the person is likely to do, or to say in hindsight. Empty under a bound."""
        weighing, found = self.design.weigh(moment), {}
        context = self.design.context(moment.codes, relationship, self.evidence.relationships)
        for number, lane in enumerate(self.design.lanes):
            leaning = next((each for each in weighing.leanings if each.list == lane.name), None)
            if leaning is not None:
                phi, stood = self.design.pulls(leaning, lane)
                seen = Seen(0, number, phi, stood, context, int(stood.argmax()), int(stood.argmax()), 1.0)
                shares = predicted(self.posterior, choices([seen], number, done=not hindsight))[0]
                found[lane.name] = {r: float(s) for r, s in zip(lane.responses, shares, strict=True) if s > 0}
        return found


def learn(book: Rulebook | Design, records: Sequence[Remembered], settings: Settings | None = None) -> Learned:
    """Fit the book to what is remembered. A `Design` of it, kept, saves weighing the same moments again.

    Raises Mistakes for a moment that cannot be.
    """
    evidence = laid_out(book if isinstance(book, Design) else Design(book, settings), records)
    groups = evidence.groups
    first = averaged(groups, evidence.prior)
    term = _outcome_term(evidence, first)
    return Learned(evidence, with_outcomes(first, groups, term) if term else first, term)


def _outcome_term(evidence: Evidence, first: Mixture) -> Quadratic:
    """What the outcomes say of the strengths, given what choices and hindsight say."""
    found = _outcomes(evidence, first)
    size = first.prior.guidelines
    return outcome_model.term(found, first.strengths, first.covariance[:size, :size])


def _outcomes(evidence: Evidence, first: Mixture) -> Outcomes:
    """Each outcome with the centred pull of what was done, in both lists together."""
    centred: dict[int, Floats] = {}
    contexts: dict[int, Floats] = {}
    for lane, seen in enumerate(evidence.done):
        rated = [each for each in seen if evidence.records[each.number].rated]
        if rated:
            group = choices(rated, lane, done=True)
            for each, pull in zip(rated, _centred(group, first), strict=True):
                centred[each.number] = centred.get(each.number, 0.0) + pull
                contexts[each.number] = each.context
    kept = sorted(centred)
    size, people = first.prior.guidelines, len(evidence.relationships)
    columns = len(first.prior.habits[0]) if first.prior.habits else 1 + people
    context = np.array([contexts[n] for n in kept]).reshape(len(kept), columns)
    x = outcome_model.baseline(context[:, 1 + people :], context[:, 1 : 1 + people])
    y = np.array([evidence.records[n].outcome for n in kept], np.float64)
    return Outcomes(y, np.array([centred[n] for n in kept]).reshape(len(kept), size), x)


def _centred(group: Choices, first: Mixture) -> Floats:
    """(n, G): the pull of what was chosen, less what the person's own propensity lets expect."""
    shares = group.shares(first.prior, first.mean)[0]
    found: Floats = np.einsum("nr,nrg->ng", group.chosen - shares, group.phi)
    return found
