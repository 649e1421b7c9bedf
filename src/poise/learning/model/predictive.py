"""What is predicted, what is not known taken in: the softmax averaged over the posterior of the utilities.

    u ~ N(J w, J S J')       p = mean over 64 fixed points x_k of softmax(mean + C^(1/2) x_k)

Only differences of utilities count, so the points lie in R - 1 dimensions. C^(1/2) is the symmetric root: it changes
smoothly with C, so that a prediction does not hang on what else is predicted with it.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from .choices import Choices
from .layout import Floats, Prior
from .mixture import Mixture
from .posterior import Posterior
from .sobol import normal_points

CHUNK = 512


def predicted(posterior: Posterior | Mixture, choices: Choices) -> Floats:
    """(n, R): the share of each response, 0 where it did not stand."""
    return predicted_by(posterior.prior, posterior.mean, posterior.covariance, choices)


def predicted_by(prior: Prior, mean: Floats, covariance: Floats, choices: Choices) -> Floats:
    """The same for any normal distribution of the parameters: (P,) and (P, P)."""
    found = [np.zeros((0, choices.stood.shape[1]))]
    spread = covariance[np.ix_(prior.free, prior.free)]
    for start in range(0, len(choices.stood), CHUNK):
        part = choices.part(slice(start, start + CHUNK))
        rows = jacobian(prior, part)[:, :, prior.free]
        found.append(averaged(part.utilities(prior, mean), rows @ spread @ rows.transpose(0, 2, 1), part.stood))
    return np.concatenate(found)


def jacobian(prior: Prior, choices: Choices) -> Floats:
    """(n, R, P): how the utilities hang on every parameter."""
    rows, count = choices.stood.shape
    gap = choices.phi if choices.done else np.zeros_like(choices.phi)
    found = np.zeros((rows, count, len(prior.mean)))
    found[:, :, : 2 * prior.guidelines] = np.concatenate([choices.phi, gap], axis=2)
    if choices.done and prior.habits:
        block = found[:, :, prior.blocks[choices.list]].reshape(rows, count, -1, count)
        for response in range(count):
            block[:, response, :, response] = choices.context
        found[:, :, prior.blocks[choices.list]] = block.reshape(rows, count, -1)
    return found


def averaged(mean: Floats, covariance: Floats, stood: NDArray[np.bool_]) -> Floats:
    """(n, R): the softmax of normal utilities, on average."""
    count = mean.shape[1]
    if count < 2:
        return stood.astype(np.float64)
    across = _contrasts(count)
    values, vectors = np.linalg.eigh(across @ covariance @ across.T)
    roots = (vectors * np.sqrt(np.clip(values, 0.0, None))[:, None, :]) @ vectors.transpose(0, 2, 1)
    away = normal_points(count - 1) @ roots @ across
    tried = np.where(stood[:, None, :], mean[:, None, :] + away, -np.inf)
    tried -= tried.max(axis=2, keepdims=True)
    shares = np.exp(tried)
    shares /= shares.sum(axis=2, keepdims=True)
    found: Floats = shares.mean(axis=1)
    return found


@cache
def _contrasts(count: int) -> Floats:
    """(R - 1, R): orthonormal rows that add up to zero (Helmert)."""
    rows = np.tril(np.ones((count - 1, count)), 0)
    rows[np.arange(count - 1), np.arange(1, count)] = -np.arange(1.0, count)
    found: Floats = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return found
