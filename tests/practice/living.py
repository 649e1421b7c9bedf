"""Simulated persons whose moments are kept in a real practice, made once for a file of tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import numpy as np

from poise.practice import Practice

from ..learning.books import TEXT, small
from ..learning.living import Living, reweighted
from ..made import PASSPHRASE

NAME = "small"
PEOPLE = ("Sam", "Ola", "Kim", "Mo", "Bo")


def live(practice: Practice, weights: Mapping[str, float], count: int, seed: int, hindsight: float = 0.6) -> None:
    """Keep so many moments, a day apart, of somebody who holds other weights than the book, and look back on some."""
    if NAME not in practice.books.names:
        practice.books.put(NAME, TEXT)
    values = reweighted(small(), weights)
    draw = np.random.default_rng(seed)
    first = practice.journal.now() - timedelta(days=count + 1)
    for day, record in enumerate(Living(values, values, hindsight).moments(draw, count, answered=0.8)):
        at = first + timedelta(days=day)
        who = PEOPLE[int(str(record.relationship))]
        moment = practice.keep(answers=record.answers, did=record.did, person=who, happened_at=at)
        if record.hindsight:
            practice.reflect(moment, hindsight=record.hindsight)


def lived(  # noqa: PLR0917
    made: Path, folder: Path, weights: Mapping[str, float], count: int, seed: int, hindsight: float = 0.6
) -> Path:
    """Such a practice in a folder of its own."""
    shutil.copytree(made, folder)
    with Practice.open(folder, PASSPHRASE) as practice:
        live(practice, weights, count, seed, hindsight)
    return folder


@contextmanager
def copied(lived_folder: Path, folder: Path) -> Iterator[Practice]:
    """A copy of one, open."""
    shutil.copytree(lived_folder, folder)
    with Practice.open(folder, PASSPHRASE) as practice:
        yield practice
