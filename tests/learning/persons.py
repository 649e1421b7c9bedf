"""Simulated persons: a rulebook as pulls, what the person really holds, and seeded choices.

`calibrated`: strengths are drawn from the prior. `anyone`: from the prior with a decisiveness and a spread drawn too,
as the learner believes them. `realistic`: strengths are off by 60 % of what is written, some guidelines do nothing,
some of what matters stands in no guideline, the person has habits, and habits with some people, and is more or less
decisive than the book.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from poise.learning.model.choices import Choices
from poise.learning.model.evidence import DECISIVENESS, SPREADS, log_hyperprior
from poise.learning.model.layout import Floats, Prior

Ints = NDArray[np.int64]

GUIDELINES, RESPONSES, QUESTIONS, ANSWERS, RELATIONSHIPS = 25, 5, 12, 3, 10
HIDDEN, HIDDEN_SIZE = 12, 0.3
"""Guidelines in no book, which look at the last four questions; and how much they weigh, where a book's weigh 1."""
ONE_CONDITION = 0.85
"""How many guidelines look at one answer only."""


@dataclass(frozen=True, eq=False)
class World:
    """Which answers each guideline looks at and which responses it pulls on; the first are the book's."""

    questions: Ints
    answers: Ints
    leans: Floats
    """(guidelines, R)."""

    def pulls(self, given: Ints) -> Floats:
        """(n, R, guidelines), of answers (n, questions)."""
        applies = np.all((given[:, self.questions] == self.answers) | (self.answers < 0), axis=2)
        found: Floats = np.einsum("ng,gr->nrg", applies.astype(np.float64), self.leans)
        return found


@dataclass(frozen=True, eq=False)
class Person:
    """A world, the written book, and what this person really holds."""

    world: World
    written: Floats
    true: Floats
    hidden: Floats
    intercepts: Floats
    with_whom: Floats
    """(relationships, R)."""
    decisiveness: float

    @property
    def prior(self) -> Prior:
        """The written book, without habits."""
        sds = np.maximum(0.6 * np.abs(self.written), 0.3)
        return Prior(self.written, sds, np.zeros(GUIDELINES))

    @property
    def full_prior(self) -> Prior:
        """The written book, with habits of response and relationship."""
        sds = np.full((1 + RELATIONSHIPS, RESPONSES), 0.4)
        sds[0] = 0.3
        plain = self.prior
        return Prior(plain.means, plain.sds, plain.gaps, (sds,))

    def shares(self, given: Ints, whom: Ints) -> Floats:
        """(n, R): how likely each response really is."""
        pulls = self.world.pulls(given)
        u = pulls[:, :, :GUIDELINES] @ self.true + pulls[:, :, GUIDELINES:] @ self.hidden
        u = self.decisiveness * (u + self.intercepts + self.with_whom[whom])
        p: Floats = np.exp(u - u.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        return p

    def moments(self, draw: np.random.Generator, count: int) -> tuple[Ints, Ints, Floats, Ints]:
        """Answers (n, questions), with whom (n,), how likely each response was (n, R), and what was done (n,)."""
        given = draw.integers(0, ANSWERS, (count, QUESTIONS))
        whom = draw.integers(0, RELATIONSHIPS, count)
        shares = self.shares(given, whom)
        return given, whom, shares, (shares.cumsum(axis=1) > draw.random((count, 1))).argmax(axis=1)

    def lived(self, draw: np.random.Generator, count: int, *, full: bool = False) -> tuple[Choices, Floats]:
        """Some moments and what was done in them, and how likely everything was."""
        given, whom, shares, picked = self.moments(draw, count)
        return self.choices(given, whom, picked, full=full), shares

    def choices(self, given: Ints, whom: Ints, picked: Ints, *, full: bool = False) -> Choices:
        """Moments as choices, with the relationship as context if `full`."""
        count = len(given)
        context = np.hstack([np.ones((count, 1)), np.eye(RELATIONSHIPS)[whom]]) if full else np.zeros((count, 0))
        phi = np.ascontiguousarray(self.world.pulls(given)[:, :, :GUIDELINES])
        stood = np.ones((count, RESPONSES), np.bool_)
        return Choices(phi, np.eye(RESPONSES)[picked], stood, np.ones(count), context)


def world(draw: np.random.Generator) -> World:
    """Guidelines of one or two conditions that pull on one to three responses, up or down."""
    count = GUIDELINES + HIDDEN
    questions, answers = np.zeros((count, 2), np.int64), np.zeros((count, 2), np.int64)
    leans = np.zeros((count, RESPONSES))
    for g in range(count):
        low, high = (0, QUESTIONS - 4) if g < GUIDELINES else (QUESTIONS - 4, QUESTIONS)
        questions[g] = draw.choice(np.arange(low, high), 2, replace=False)
        answers[g] = draw.integers(0, ANSWERS, 2)
        if draw.random() < ONE_CONDITION:
            answers[g, 1] = -1
        pulled = draw.choice(RESPONSES, draw.integers(1, 4), replace=False)
        leans[g, pulled] = draw.choice([-1.0, 1.0], len(pulled))
    return World(questions, answers, leans)


def calibrated(seed: int) -> Person:
    """Somebody whom the prior describes exactly."""
    draw = np.random.default_rng(seed)
    place, written = world(draw), np.abs(draw.normal(1.0, 0.4, GUIDELINES))
    true = draw.normal(written, np.maximum(0.6 * written, 0.3))
    nobody = np.zeros((RELATIONSHIPS, RESPONSES))
    return Person(place, written, true, np.zeros(HIDDEN), np.zeros(RESPONSES), nobody, 1.0)


def anyone(seed: int) -> Person:
    """Somebody drawn from all that the learner believes: a decisiveness and a spread of its grid, then strengths."""
    plain, draw = calibrated(seed), np.random.default_rng(50_000 + seed)
    corners = [(kappa, spread) for kappa in DECISIVENESS for spread in SPREADS]
    likely = np.exp([log_hyperprior(*corner) for corner in corners])
    kappa, spread = corners[int(draw.choice(len(corners), p=likely / likely.sum()))]
    strengths = draw.normal(kappa * plain.written, spread * plain.prior.sds)
    return replace(plain, true=strengths / kappa, decisiveness=kappa)


def realistic(seed: int) -> Person:
    """Somebody whom the book describes roughly."""
    draw = np.random.default_rng(seed)
    place, written = world(draw), np.abs(draw.normal(1.0, 0.4, GUIDELINES))
    true = written * (1 + draw.normal(0, 0.6, GUIDELINES))
    true[draw.random(GUIDELINES) < 0.15] = 0.0
    hidden = np.abs(draw.normal(HIDDEN_SIZE, HIDDEN_SIZE / 2, HIDDEN))
    intercepts, whom = draw.normal(0, 0.3, RESPONSES), draw.normal(0, 0.4, (RELATIONSHIPS, RESPONSES))
    return Person(place, written, true, hidden, intercepts, whom, float(np.exp(draw.normal(0, 0.3))))


def divergence(true: Floats, predicted: Floats) -> float:
    """The mean Kullback-Leibler divergence of predictions from what is true, in nats."""
    found = np.where(true > 0, true * np.log(np.where(true > 0, true, 1.0) / predicted), 0.0)
    return float(found.sum(axis=1).mean())
