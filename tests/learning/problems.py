"""Small random problems with everything in them: gaps, habits, hindsight, responses that did not stand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from poise.learning.model.choices import Choices
from poise.learning.model.layout import Floats, Prior


def problem(seed: int, rows: int = 9) -> tuple[list[Choices], Prior, Floats]:
    """Groups of two lists done and one of hindsight, a prior with one guideline held, and a point to try."""
    draw = np.random.default_rng(seed)
    size, columns = int(draw.integers(1, 5)), int(draw.integers(1, 4))
    counts = draw.integers(2, 5, 2)
    habits = tuple(draw.uniform(0.1, 0.6, (columns, int(count))) for count in counts)
    sds = draw.uniform(0.3, 1.0, size)
    sds[0] = 0.0
    prior = Prior(draw.normal(0.7, 0.5, size), sds, draw.uniform(0.1, 0.4, size), habits)
    done = [replace(group(draw, (rows, int(count), size), columns), list=i) for i, count in enumerate(counts)]
    hindsight = replace(group(draw, (rows, int(counts[0]), size), columns), done=False)
    return [*done, hindsight], prior, draw.normal(0, 0.7, len(prior.mean))


def group(draw: np.random.Generator, shape: tuple[int, int, int], columns: int) -> Choices:
    """Choices, (n, R, G), of which at least the first response stood."""
    rows, count, _ = shape
    stood = draw.random((rows, count)) < 0.8
    stood[:, 0] = True
    picked = np.array([draw.choice(np.flatnonzero(row)) for row in stood])
    phi = draw.normal(0, 1, shape) * (draw.random(shape) < 0.6)
    weights = draw.choice([1.0, 0.2, 0.0], rows, p=[0.7, 0.2, 0.1])
    return Choices(phi, np.eye(count)[picked], stood, weights, draw.normal(0, 1, (rows, columns)))
