"""A rulebook as a policy: everything it says over the model's state, weighed once.

Each step of the state is put to the book as answers, by the maps of `mapping`. What the model knows nothing of is left
unanswered, unless it was stated of the whole time; what the book does not ask plays no part. The strongest pull leads,
and equal ones tie. What bounds take out is out.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...rulebook.guideline import TOWARD
from ...rulebook.mistake import Mistake, Mistakes
from ...rulebook.rulebook import Rulebook
from ...weighing.moment import Moment
from ...weighing.rows import weigh_rows
from ..actions import MOMENTS
from ..mapping import AGAIN, HARM, HIT, OPENNESS, SPARE, TRUST, Role, action_of, asked, hit_of
from ..parameters import World
from .policies import Policy, Steps, even_steps, steps_at, table

KEPT = "Nothing was imagined."
Answers = tuple[str | None, ...]
"""Of one question; None where it is not asked, and so not answered."""


def policy_of(book: Rulebook, world: World, given: Mapping[str, str] | None = None) -> Policy:
    """What a book says in the moments of a world, with what is `given` of the whole time: {consideration: answer}.

    Of what is given, answers about what the model plays through itself (harm, who was hit, trust, energy, whether there
    will be another chance) are left aside. How open they are may be given; else it is as the setting says. Raises
    Mistakes where a year cannot be imagined by this book: it lists no response, asks about no harm, has answers in no
    order, or a bound takes the place of the weighing; and for what is given that the book does not know.
    """
    roles = asked(book.questions)
    _check(book, roles)
    played = {HIT, *(each.id for role, each in roles.items() if role != OPENNESS)}
    fixed = {name: answer for name, answer in (given or {}).items() if name not in played}
    if (openness := roles.get(OPENNESS)) and openness.id not in fixed:
        fixed[openness.id] = openness.answer(world.setting.receptive)
    cells = _Cells.of(roles)
    leads = _leads(book, cells, {**cells.columns(book, roles), **_columns(book, fixed, cells.rows)})
    layer = [0] * (world.setting.sessions - 1) + [len(cells.again) - 1]
    made = table("book", [action_of(response) for response in book.listed(TOWARD)], leads, layer)
    return made.over(energy=cells.step(roles.get(SPARE)), trust=_trust_steps(roles.get(TRUST)))


class _Cells(NamedTuple):
    """The answers that the steps of the state are put to the book as: later and last session, energy, trust."""

    again: Answers
    energy: Answers
    trust: Answers

    @classmethod
    def of(cls, roles: Mapping[str, Role]) -> _Cells:
        """Those that a book asks about."""
        again = roles.get(AGAIN)
        chances = (again.told_apart[-1], again.told_apart[0]) if again else (None,)
        return cls(chances, *(roles[role].told_apart if role in roles else (None,) for role in (SPARE, TRUST)))

    @property
    def rows(self) -> int:
        """How many there are."""
        return len(self.again) * len(MOMENTS) * len(self.energy) * len(self.trust)

    @property
    def shape(self) -> tuple[int, ...]:
        """Layers, moments, energy, growth and trust: of growth no book asks."""
        return len(self.again), len(MOMENTS), len(self.energy), 1, len(self.trust)

    def columns(self, book: Rulebook, roles: Mapping[str, Role]) -> dict[str, NDArray[np.int16]]:
        """A column for each question that the model answers."""
        rows = list(product(self.again, MOMENTS, self.energy, self.trust))
        said: dict[str, list[str | None]] = {
            AGAIN: [row[0] for row in rows],
            HARM: [roles[HARM].answer(row[1].severity) for row in rows],
            SPARE: [row[2] for row in rows],
            TRUST: [row[3] for row in rows],
        }
        named = {roles[role].id: answers for role, answers in said.items() if role in roles}
        if HIT in book.considerations:
            named[HIT] = [hit_of(row[1]) for row in rows]
        return {name: _codes(book, name, answers) for name, answers in named.items()}

    @staticmethod
    def step(question: Role | None) -> Steps:
        """The steps that answers are told apart by."""
        return steps_at(question.cuts) if question else Steps()


def _trust_steps(question: Role | None) -> Steps:
    """Trust is cut as `mapping.answer_of` cuts it: evenly."""
    return even_steps(len(question.answers)) if question else Steps()


def _check(book: Rulebook, roles: Mapping[str, Role]) -> None:
    if not book.listed(TOWARD):
        message = "this book lists no response toward the one who said it, so that there is nothing to imagine"
        raise Mistakes([Mistake("not-imagined", message, help="write some under `responses:`, `toward:`")], KEPT)
    if HARM not in roles:
        message = f"this book does not ask how bad it is (`{HARM}`), so that a year cannot be imagined by it"
        raise Mistakes([Mistake("not-imagined", message, help="`include: repertoire.yaml` brings that question")], KEPT)


def _codes(book: Rulebook, name: str, answers: list[str | None]) -> NDArray[np.int16]:
    """Answer codes; unanswered for what the book has no such answer for."""
    question = book.considerations[name]
    codes = {answer: code for code, answer in enumerate(question.answers)}
    return np.array([codes.get(answer or "", -1) for answer in answers], np.int16)


def _columns(book: Rulebook, fixed: Mapping[str, str], count: int) -> dict[str, NDArray[np.int16]]:
    """A column for each answer that stays the same. Raises Mistakes."""
    moment = Moment(book, **fixed)
    return {name: np.full(count, book.considerations[name].code(moment.answers[name]), np.int16) for name in fixed}


def _leads(book: Rulebook, cells: _Cells, columns: Mapping[str, NDArray[np.int16]]) -> NDArray[np.bool_]:
    """What leads, (layers, K, E, G, T, responses). Raises Mistakes where a bound takes the place of the weighing."""
    rows = weigh_rows(book, columns, shares=False, reasons=False)
    if rows.replaced.any():
        bounds = [name for bit, name in enumerate(rows.replacing) if (rows.replaced >> bit & 1).any()]
        raise Mistakes([_replaced(name) for name in bounds], KEPT)
    count = len(rows.responses[TOWARD])
    bits = rows.leads[TOWARD][:, None].astype(np.uint64) >> np.arange(count, dtype=np.uint64) & np.uint64(1)
    return bits.astype(bool).reshape(*cells.shape, count)


def _replaced(name: str) -> Mistake:
    message = f"the bound `{name}` speaks here, and then nothing is weighed"
    return Mistake("not-imagined", message, help="it comes first; a year is imagined only where no such bound speaks")
