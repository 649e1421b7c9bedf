"""What choices, outcomes and hindsight each teach about somebody whose deeds differ from their values.

Values are off by 60 % from the written book; deeds by half as much again. Context moves ratings and is not told to the
pulls; ratings are rounded to five steps, three in ten are missing, and three in ten moments are looked back on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from poise.learning.model.choices import Choices
from poise.learning.model.evidence import averaged, with_outcomes
from poise.learning.model.layout import Floats, Prior, Quadratic
from poise.learning.model.mixture import Mixture
from poise.learning.model.outcomes import Outcomes, baseline, term

from .persons import ANSWERS, GUIDELINES, QUESTIONS, RELATIONSHIPS, RESPONSES, world

WAYS = ("written", "choices", "outcomes", "one", "gap", "hindsight", "all")


@dataclass(frozen=True, eq=False)
class Lived:
    """Moments with what was done, what it would have been (where said), and how it went (where said)."""

    done: Choices
    would: Choices
    rated: Choices
    ratings: Floats
    context: Floats
    whom: Floats

    def first(self, count: int) -> Lived:
        """What was known after so many moments."""
        would, rated = (round(len(each) * count / len(self.done)) for each in (self.would, self.rated))
        return Lived(
            self.done.part(slice(0, count)),
            self.would.part(slice(0, would)),
            self.rated.part(slice(0, rated)),
            self.ratings[:rated],
            self.context[:rated],
            self.whom[:rated],
        )


def lived(seed: int, count: int) -> tuple[Lived, Prior, Floats, Floats]:
    """So many moments, the written book as a prior, the values, and pulls (m, R, G) of moments to advise on."""
    draw = np.random.default_rng(seed)
    place, written = world(draw), np.abs(draw.normal(1.0, 0.4, GUIDELINES))
    values = written * (1 + draw.normal(0, 0.6, GUIDELINES))
    deeds = values + draw.normal(0, 0.5 * written) - 0.3 * written
    habit = draw.normal(0, 0.7, RESPONSES)
    given = draw.integers(0, ANSWERS, (count + 400, QUESTIONS))
    phi = place.pulls(given)[:, :, :GUIDELINES]
    now, later = phi[:count], phi[count:]
    picked, would = _picked(draw, now @ deeds + habit), _picked(draw, 2 * now @ values)
    whom, context = draw.integers(0, RELATIONSHIPS, count), np.eye(ANSWERS)[given[:count, 0]]
    went = 3 + 0.4 * (np.take_along_axis(now @ values, picked[:, None], 1)[:, 0] - (now @ values).mean(axis=1))
    went += context @ [0.6, 0.0, -0.6] + draw.normal(0, 0.4, RELATIONSHIPS)[whom] + draw.normal(0, 0.6, count)
    ratings = np.clip(np.round(went), 1, 5)
    rated, looked = draw.random(count) < 0.7, draw.random(count) < 0.3
    done = _choices(now, picked, done=True)
    hindsight = _choices(now, would, done=False).part(np.flatnonzero(looked))
    sds = np.maximum(0.6 * np.abs(written), 0.3)
    prior = Prior(written, sds, 0.5 * written, (np.full((1, RESPONSES), 0.3),))
    kept = done.part(np.flatnonzero(rated))
    found = Lived(done, hindsight, kept, ratings[rated], context[rated], np.eye(RELATIONSHIPS)[whom][rated])
    return found, prior, values, later


def taught(way: str, found: Lived, prior: Prior) -> Mixture:
    """The posterior by one way of learning."""
    if way == "written":
        return averaged([], prior)
    if way == "hindsight":
        return averaged([found.would], prior)
    if way == "choices":
        return averaged([found.done], replace(prior, gaps=0 * prior.gaps))
    if way == "outcomes":
        first = averaged([found.done], prior)
        nothing = averaged([], prior)
        return with_outcomes(nothing, [], _term(found, first, nothing))
    shared = prior if way != "one" else replace(prior, gaps=0 * prior.gaps)
    groups = [found.done, found.would] if way == "all" else [found.done]
    first = averaged(groups, shared)
    return with_outcomes(first, groups, _term(found, first, first))


def regret(found: Mixture, values: Floats, later: Floats) -> float:
    """How much of value the advice loses, on average."""
    worth = later @ values
    advised = (later @ found.relative[0]).argmax(axis=1)
    return float((worth.max(axis=1) - np.take_along_axis(worth, advised[:, None], 1)[:, 0]).mean())


def covered(found: Mixture, values: Floats) -> float:
    """How many values lie within intervals that hold nine of ten."""
    mean, sd = found.relative
    return float(np.mean(np.abs(mean - values) < 1.645 * sd))


def _term(found: Lived, propensity: Mixture, known: Mixture) -> Quadratic:
    shares = found.rated.shares(propensity.prior, propensity.mean)[0]
    t = np.einsum("nr,nrg->ng", found.rated.chosen - shares, found.rated.phi)
    outcomes = Outcomes(found.ratings, t, baseline(found.context, found.whom))
    return term(outcomes, known.strengths, known.covariance[:GUIDELINES, :GUIDELINES])


def _picked(draw: np.random.Generator, u: Floats) -> NDArray[np.intp]:
    found: NDArray[np.intp] = (u + draw.gumbel(size=u.shape)).argmax(axis=1)
    return found


def _choices(phi: Floats, picked: NDArray[np.intp], *, done: bool) -> Choices:
    count = len(phi)
    stood = np.ones((count, RESPONSES), np.bool_)
    return Choices(phi, np.eye(RESPONSES)[picked], stood, np.ones(count), np.ones((count, 1)), 0, done)
