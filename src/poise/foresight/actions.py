"""What one can do, as the model sees it, and the moments in which one does it."""

from __future__ import annotations

from typing import NamedTuple


class Action(NamedTuple):
    """One response as the model sees it; all from 0 to 1.

    directness: how openly it confronts; exposure: how much they lose face, where somebody is there
    protects: how much of the harm to those it hits it takes away; content: how much there is to learn in it
    bonus: trust it adds where it is held; energy: what it costs
    addresses: whether it speaks to what was said (asking alone does not)
    """

    id: str
    directness: float = 0.0
    exposure: float = 0.0
    protects: float = 0.0
    content: float = 0.0
    bonus: float = 0.0
    energy: float = 0.0
    addresses: bool = True

    @property
    def silent(self) -> bool:
        """Whether nothing is said: then swallowing it costs energy, the more the worse it was."""
        return self.directness == 0 and self.content == 0


LET_GO = Action("let_go", addresses=False)
ASK = Action("ask", 0.25, 0.3, 0.35, 0.35, 0.02, 0.05, addresses=False)
GENTLE = Action("gentle", 0.5, 0.6, 0.7, 0.7, 0.05, 0.08)
PRIVATELY = Action("privately", 0.4, 0.0, 0.2, 0.7, 0.05, 0.12)
CALL_OUT = Action("call_out", 1.0, 1.0, 1.0, 1.0, 0.03, 0.14)
FIVE_ACTIONS = (LET_GO, ASK, GENTLE, PRIVATELY, CALL_OUT)
"""The reference responses. Their numbers are illustrative: no study has measured them."""

SEVERITIES = (0.25, 0.55, 1.0)
"""Slight, moderate, severe."""
SHARES = (0.50, 0.35, 0.15)
"""How often each of them, among hurtful moments. No study has measured this."""


class Moment(NamedTuple):
    """A kind of moment: how severe, and whether someone it hits or a bystander is there."""

    severity: float
    present: bool

    @property
    def share(self) -> float:
        """How often hurtful moments are this severe."""
        return SHARES[SEVERITIES.index(self.severity)]


MOMENTS = tuple(Moment(severity, present) for present in (False, True) for severity in SEVERITIES)
NOTHING = Moment(0.0, present=False)
"""A session in which nothing hurtful is said."""
