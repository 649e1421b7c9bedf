"""Maps between a book and the model, all written down here: responses, trust, and what is answered about a moment.

They are conventions. The attributes of the five reference responses lead exactly to the five reference actions, and
the places of the answers about trust are the middles of the parts that `relationship.trust` cuts its span into.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from ..rulebook.mistake import Mistake, Mistakes
from ..rulebook.rulebook import SOMEONE_HERE, WHO_WAS_HIT
from .actions import SEVERITIES, Action, Moment

DEGREES = ("none", "little", "some", "much")
DIRECTNESS = dict(zip(DEGREES, (0.0, 0.25, 0.5, 1.0), strict=True))
CONTENT = dict(zip(DEGREES, (0.0, 0.35, 0.7, 1.0), strict=True))
EFFORT = dict(zip(DEGREES, (0.0, 0.05, 0.08, 0.14), strict=True))
PROTECTS = dict(zip(DEGREES, (0.0, 0.35, 0.7, 1.0), strict=True))
EXPOSURE = dict(zip(DEGREES, (0.0, 0.3, 0.6, 1.0), strict=True))
BONUS = dict(zip(DEGREES, (0.0, 0.02, 0.05, 0.03), strict=True))
HEARD = {
    "everyone_here": 1.0,
    "just_them_or_everyone": 0.5,
    "just_them": 0.0,
    "person_hit": 0.0,
    "someone_i_trust": 0.0,
    "no_one": 0.0,
}
"""How much of the exposure that goes with its directness a response brings."""
LATER = {"directness": 0.8, "protects": 4 / 7, "energy": 0.04}
"""What is said later is said less directly and protects less, and it takes energy to come back to it."""
SEVERITY = {"slip": SEVERITIES[0], "stings": SEVERITIES[1], "serious": SEVERITIES[2], "cruel": SEVERITIES[2]}
OPEN = {"cannot": 0.2, "closed": 0.2, "guarded": 0.5, "fairly_open": 0.8, "open": 0.8}
ENERGY = {"empty": 0.1, "low": 0.4, "enough": 0.7, "plenty": 0.95}
SESSIONS = {"last_time": 1, "maybe": 8, "soon": 20}
PEOPLE_NOT_HERE = "people_not_here"
TRUST, HARM, HIT, SPARE, OPENNESS, AGAIN = "trust", "harm", WHO_WAS_HIT, "energy", "receptive", "again"
"""What the model plays through, by the names of the questions about it; trust is also what is asked `from: trust`."""
KNOWN: Mapping[str, Mapping[str, float]] = {HARM: SEVERITY, OPENNESS: OPEN, SPARE: ENERGY, AGAIN: SESSIONS}
"""The places of answers that have these words. Others that stand in an order lie evenly from 0 to 1."""


class Answer(Protocol):
    """What is read of a book's response."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def when(self) -> str: ...  # noqa: D102
    @property
    def heard_by(self) -> str: ...  # noqa: D102
    @property
    def directness(self) -> str: ...  # noqa: D102
    @property
    def asks(self) -> str: ...  # noqa: D102
    @property
    def effort(self) -> str: ...  # noqa: D102
    @property
    def protects(self) -> str: ...  # noqa: D102


def action_of(response: Answer) -> Action:
    """The action that a book's response is taken for.

    What is asked of them is what there is to learn (`asks`), and from "some" on it speaks to what was said.
    """
    later = response.when == "later"
    directness, protects = DIRECTNESS[response.directness], PROTECTS[response.protects]
    return Action(
        response.id,
        directness * LATER["directness"] if later else directness,
        EXPOSURE[response.directness] * HEARD[response.heard_by],
        protects * LATER["protects"] if later else protects,
        CONTENT[response.asks],
        BONUS[response.directness],
        round(EFFORT[response.effort] + (LATER["energy"] if later else 0.0), 3),
        addresses=DEGREES.index(response.asks) >= DEGREES.index("some"),
    )


def trust_of(belief: Mapping[str, float], answers: Sequence[str]) -> float:
    """The mean trust, 0 to 1, of a belief over answers from least to most. Raises ValueError for what is no belief."""
    if set(belief) - set(answers) or abs(sum(belief.values()) - 1) > 1e-6 or min(belief.values()) < 0:
        raise ValueError("a belief gives a chance to answers of its question, and they add up to one")
    return sum(belief.get(answer, 0.0) * place(i, len(answers)) for i, answer in enumerate(answers))


def place(position: int, count: int) -> float:
    """The trust, 0 to 1, in the middle of one of `count` answers, the least being 0."""
    return (position + 0.5) / count


def answer_of(trust: float, answers: Sequence[str]) -> str:
    """The answer in whose part this trust lies."""
    return answers[min(len(answers) - 1, int(trust * len(answers)))]


def trust_at(level: float, span: float) -> float:
    """The trust, 0 to 1, of a level as it is filtered, where `span` is what `relationship.constants.SPAN` says."""
    return min(1.0, max(0.0, (level + span) / (2 * span)))


def level_at(trust: float, span: float) -> float:
    """The level whose trust this is."""
    return span * (2 * trust - 1)


def moment_of(harm: str, *, present: bool) -> Moment:
    """The model's moment for an answer about harm, and for whether someone it hits or a bystander is there."""
    return Moment(SEVERITY[harm], present)


class Question(Protocol):
    """What is read of a book's question."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def answers(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def ordered(self) -> bool: ...  # noqa: D102
    @property
    def source(self) -> str: ...  # noqa: D102


@dataclass(frozen=True)
class Role:
    """A question of a book about something that the model plays through: its answers, and the place of each there."""

    id: str
    answers: tuple[str, ...]
    places: tuple[float, ...]

    @property
    def told_apart(self) -> tuple[str, ...]:
        """One answer for each place, from least to most: of several in one place, the one nearest to the middle."""
        middle = (len(self.answers) - 1) / 2
        by_middle = sorted(range(len(self.answers)), key=lambda i: -abs(i - middle))
        chosen = {self.places[i]: i for i in by_middle}
        return tuple(self.answers[chosen[at]] for at in sorted(chosen))

    @property
    def cuts(self) -> tuple[float, ...]:
        """Where one of the answers told apart ends and the next begins: half way between their places."""
        return tuple((low + high) / 2 for low, high in pairwise(sorted(set(self.places))))

    def place(self, answer: str) -> float:
        """From an answer to the model. Raises ValueError where there is no such answer."""
        return self.places[self.answers.index(answer)]

    def answer(self, at: float) -> str:
        """From the model to an answer: the nearest of those told apart."""
        return self.told_apart[sum(at >= cut for cut in self.cuts)]


def asked(questions: Iterable[Question]) -> dict[str, Role]:
    """{what the model plays through: how a book asks about it}, but for who was hit; what is not asked is left out.

    Raises Mistakes for answers that have no known place and stand in no order.
    """
    found = {TRUST if each.source == TRUST else each.id: each for each in questions}
    roles = [role for role in (TRUST, HARM, SPARE, OPENNESS, AGAIN) if role in found]
    wrong = [_no_order(found[role].id) for role in roles if not placed(role, found[role])]
    if wrong:
        raise Mistakes(wrong, "Nothing was imagined.")
    return {role: Role(found[role].id, found[role].answers, placed(role, found[role])) for role in roles}


def placed(role: str, question: Question) -> tuple[float, ...]:
    """The places of answers about what the model plays through; nothing where they have none."""
    known = KNOWN.get(role, {})
    if set(question.answers) <= set(known):
        return tuple(float(known[answer]) for answer in question.answers)
    count = len(question.answers)
    return tuple(place(i, count) for i in range(count)) if question.ordered else ()


def _no_order(name: str) -> Mistake:
    message = f"the answers to `{name}` stand in no order, so that a year cannot be imagined by this book"
    return Mistake("not-imagined", message, help="write them from least to most, with `<` between them")


def severity_of(at: float) -> float:
    """The severity of the model that is nearest to the place of an answer about harm."""
    return min(SEVERITIES, key=lambda severity: abs(severity - at))


def hit_of(moment: Moment) -> str:
    """Who was hit, in a moment of the model. Never the one who asks: what hit them is not played through."""
    return SOMEONE_HERE if moment.present else PEOPLE_NOT_HERE
