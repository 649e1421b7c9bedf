"""Now, or later, and at whose cost? One relationship, looked at over time, under assumptions that can be changed.

Read in this order: `model` (the whole of it, in symbols), `parameters` (what is assumed, what is valued, and where it
comes from), `switches` (what can prove the essay wrong), `actions`, `grid`, `tables`, `rewards`, `solving` (backward
induction), `decomposing` (why), `timing`, `bands` (with what caution), `sharing` (one week, many people), `mapping`
(between a book and the model), `offering` (when not), `monte_carlo` (the same, lived through by chance), `hinging`
(what it hinges on), `scenarios` (many of them), `simulating` (a year under a rulebook).
"""

from .actions import FIVE_ACTIONS, MOMENTS, Action, Moment
from .bands import Asked, Costs, Curve, centre_line, costs, curve, sets_of
from .decomposing import Parts, decompose
from .hinging import Hinge, Hinges, hinges
from .mapping import action_of, answer_of, moment_of, trust_of
from .offering import Offer, offer
from .parameters import SOURCES, Assumptions, Setting, Values, World
from .sharing import Shared, Week, share
from .solving import Solution, solve
from .switches import SWITCHES, switched
from .timing import Timing, timing

__all__ = [
    "FIVE_ACTIONS",
    "MOMENTS",
    "SOURCES",
    "SWITCHES",
    "Action",
    "Asked",
    "Assumptions",
    "Costs",
    "Curve",
    "Hinge",
    "Hinges",
    "Moment",
    "Offer",
    "Parts",
    "Setting",
    "Shared",
    "Solution",
    "Timing",
    "Values",
    "Week",
    "World",
    "action_of",
    "answer_of",
    "centre_line",
    "costs",
    "curve",
    "decompose",
    "hinges",
    "moment_of",
    "offer",
    "sets_of",
    "share",
    "solve",
    "switched",
    "timing",
    "trust_of",
]
