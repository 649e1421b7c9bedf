"""The model's constants, each with where it comes from.

One relationship, encounters t = 1, 2, …; trust in units of the spread between relationships of one ordinary rating:

    stable part    b      ~ N(0, sb²)                              and up by beta · (strain that a repair took away)
    fluctuation    s[t]   = phi s[t-1] + N(0, (1 - phi²) ss²)
    strain         u[t]⁻  = lam u[t-1] + R[t] · J,                 J with mean d and standard deviation dv
                   u[t]   = (1 - e P[t]) u[t]⁻
    trust          x[t]   = g (1 - exp(-(t-1)/4)) + b + s[t] - u[t]
    rating         y[t]   = x[t] + N(0, se²)                       the end of the scale says only "at least this"
    rupture        logit Pr(R[t]=1) = a - k (b + s[t] - u[t-1])
    repair         logit Pr(P[t]=1) = p0 + p1 (b + s[t])           where there is strain
    leaving        logit h[t] = h0 + h1 exp(-(t-1)/2) - gam x[t]   in the simulation only
    outcome        O = w · standardised sum of (1 + th x[t]) + noise

R and P (ruptures and repairs) are logged, never inferred from a rating.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

TRUST_VARIANCE = 0.85
"""Variance of trust between relationships, in the model's units; with a reliability it gives a rating's noise."""
SPAN = 2.5
"""Trust is looked at from -SPAN to SPAN: nearly three standard deviations either side of what is expected."""


@dataclass(frozen=True)
class Constants:
    """The model's constants; as they stand, those calibrated together on published figures (see `SOURCES`)."""

    sb: float = 0.74
    ss: float = 0.24
    phi: float = 0.59
    se: float = 0.36
    g: float = 0.25
    a: float = -0.88
    k: float = 0.5
    d: float = 0.30
    spread: float = 1.24
    lam: float = 0.91
    p0: float = -0.59
    p1: float = 1.04
    e: float = 0.85
    beta: float = 0.08
    h0: float = -4.34
    h1: float = 1.0
    gam: float = 0.60
    w: float = 0.37
    th: float = 0.36

    @property
    def dv(self) -> float:
        """Standard deviation of what one rupture costs: that of a log-normal with mean d and log-spread `spread`."""
        return self.d * math.sqrt(math.expm1(self.spread**2))


CALIBRATED = Constants()
"""For many relationships at once: what the simulation stands on."""

FIRST_MEETING = 0.9
"""Standard deviation of trust at a first meeting, when nothing is known of it."""

FOR_ONE_PERSON = replace(CALIBRATED, sb=math.sqrt(FIRST_MEETING**2 - CALIBRATED.ss**2), phi=0.5)
"""For the few relationships of one person: a wider start, and `phi` at its prior, which few cannot tell."""

TOGETHER = "calibrated here with the others, on the published figures in `simulation.figures`"
SOURCES = {
    "sb": f"{TOGETHER}; single-rating dependability .77 (Crits-Christoph et al. 2011). For one person: wider, so that "
    "trust at a first meeting has standard deviation .9, a choice",
    "ss": f"{TOGETHER}; single-rating dependability .77 (Crits-Christoph et al. 2011)",
    "phi": f"{TOGETHER}. For one person .5, a prior: no published figure was seen, ratings correlate .2 to .4 from one "
    "session to the next",
    "se": f"{TOGETHER}, for a long scale. For a given instrument it follows from its reliability",
    "g": f"{TOGETHER}; growth of .2 to .4 over 10 to 12 sessions, fastest early (from memory, not checked)",
    "a": f"{TOGETHER}; clients report tension in 19 to 42 % of sessions (Safran, Muran & Eubanks-Carter 2011)",
    "k": f"{TOGETHER}; its sign is a judgement: less trust, more ruptures",
    "d": f"{TOGETHER}; no study has measured this",
    "spread": "many small ruptures, few large: the usual one costs .14, one in eighteen more than 1. "
    "No study has measured this",
    "lam": f"{TOGETHER}; half of an unrepaired strain is gone after 7 encounters. No study has measured this",
    "p0": f"{TOGETHER}; no rupture, repaired, unrepaired: 74.5, 14.7, 10.7 % (Holmqvist Larsson et al. 2018)",
    "p1": f"{TOGETHER}; repaired ruptures go with better outcomes (Eubanks, Muran & Safran 2018)",
    "e": f"{TOGETHER}; plausible from .5 to .95. No study has measured this",
    "beta": f"{TOGETHER}; that a repair can end higher than before is from practice. No study has measured how much",
    "h0": f"{TOGETHER}; 19.7 % leave early (Swift & Greenberg 2012)",
    "h1": "most who leave do so within the first sessions (Swift & Greenberg 2012); the size is a judgement",
    "gam": f"{TOGETHER}; those who stay rated .55 higher (Sharf, Primavera & Diener 2010)",
    "w": f"{TOGETHER}; one rating and the outcome correlate .278 (Flückiger et al. 2018)",
    "th": f"{TOGETHER}; one rating and the outcome correlate .278 (Flückiger et al. 2018)",
}
"""Where each constant comes from. All of it is correlational, and nearly all from psychotherapy."""
