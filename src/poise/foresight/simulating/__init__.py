"""A year that nobody lived: many imagined relationships under one rulebook, and under fixed references beside it.

Read in this order: `chance` (the same draw for every policy), `policies` (what is done, as a table), `book` (a rulebook
as such a table), `lives` (lived through in arrays), `exactly` (why its last bits are the same everywhere), `by_numba`
and its `kernel` (the same, compiled), `counting` (what came of it, and imagined years).
"""

from .book import policy_of
from .counting import Lives, Years, a_year, references, simulate, tuned, years
from .lives import Start
from .policies import REFERENCES, Policy, always, of_solution, optimum, threshold

__all__ = [
    "REFERENCES",
    "Lives",
    "Policy",
    "Start",
    "Years",
    "a_year",
    "always",
    "of_solution",
    "optimum",
    "policy_of",
    "references",
    "simulate",
    "threshold",
    "tuned",
    "years",
]
