"""The filter beside the batch fit: what the same moments say if strengths may have changed with time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .laying import Seen, choices
from .learner import Learned
from .model.drifting import Drifting
from .model.layout import Prior
from .model.predictive import jacobian

STEP = 0.01
"""A moment, in hundreds of moments."""


@dataclass(frozen=True)
class Lately:
    """Where the filter stands after the last moment."""

    weights: dict[str, float]
    """{guideline: the weight that the evidence speaks for now}."""
    rate: float
    """How fast strengths seem to change: 0 not at all, .35 the fastest that is tried."""


def lately(learned: Learned) -> Lately:
    """The moments in the order of time, one after another; those of one time in the order they were handed in."""
    prior = learned.posterior.prior
    places = _places(prior)
    drifting = _begin(prior, places, learned)
    for seen, hindsight in _in_order(learned):
        group = choices([seen], seen.lane, done=not hindsight)
        phi = jacobian(prior, group)[0][:, places]
        place = int(group.chosen[0].argmax())
        drifting = drifting.seen(phi, seen.stood, place, float(group.weights[0]), STEP)
    whole = prior.mean.copy()
    whole[places] = drifting.mean
    return Lately(learned.weights_of(whole[: prior.guidelines] / prior.decisiveness), drifting.rate)


def _places(prior: Prior) -> NDArray[np.intp]:
    """The parameters it follows: strengths, gaps, and the habit of each response; fixed ones for their mean."""
    intercepts = [np.arange(block.start, block.start + each.shape[1])
                  for block, each in zip(prior.blocks, prior.habits, strict=True) if len(each)]  # fmt: skip
    return np.concatenate([np.arange(2 * prior.guidelines), *intercepts])


def _begin(prior: Prior, places: NDArray[np.intp], learned: Learned) -> Drifting:
    drift = np.zeros(len(prior.mean))
    movable = learned.design.movable
    drift[: prior.guidelines][movable] = np.abs(prior.means[movable])
    return Drifting.begin(prior.mean[places], np.diag(prior.sd[places] ** 2), drift[places])


def _in_order(learned: Learned) -> list[tuple[Seen, bool]]:
    """What was done and what hindsight says, in time; hindsight right after what it looks back on."""
    evidence = learned.evidence
    found = [(each, False) for lane in evidence.done for each in lane]
    found += [(each, True) for lane in evidence.looked_back for each in lane]
    records = evidence.records
    return sorted(found, key=lambda each: (records[each[0].number].at, each[0].number, each[1], each[0].lane))
