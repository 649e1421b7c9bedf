"""Maps between a book and the model, all written down here: responses, trust, and what is answered about a moment.

They are conventions. The attributes of the five reference responses lead exactly to the five reference actions, and
the places of the answers about trust are the middles of the parts that `relationship.trust` cuts its span into.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

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
