"""The model in symbols: one relationship over T sessions.

    state      x = (tau, g, e)     trust, growth, my energy, each in [0, 1];  rho, how open they are, stays as it is
    moment     none, or severity s and b = 1 where someone it hits is there:  P(any) = mu (1 - .8 g), P(b = 1) = beta
    action     directness d, exposure f, protection v, content c, bonus B, energy E (silence: E = chi s)

    strain     sigma  = varsigma d (.7 + .3 s) (1 + phi f b) (1 + .6 (.5 - rho))
    holding    H      = .25 + .75 tau
    by it      p_call = [L((sigma - H) / kappa) - L(-H / kappa)] / [1 - L(-H / kappa)]     L the logistic; 0 if d = 0
    rupture    p      = 1 - (1 - p00 - p01 (1 - tau)) (1 - p_call)
    mended     R      = L(r0 + 2 (tau - .5) + 1.5 (e - .5))
    outcome    held with 1 - p;  mended with p R;  torn with p (1 - R)

    trust      held:   tau' = tau + alpha (.9 - tau) + B (1 - tau)
               mended: tau' = tau + (delta + B) (1 - tau)
               torn:   tau' = tau - t0 - t1 d          each less omega s b (1 - v), cut to [0, 1]
    leaving    h      = L(h0 + h1 (.5 - tau') + h2 [torn]);  who stays: tau' + N(0, .04²), cut to [0, 1]
    growth     g'     = g + (1 - g) [lambda c rho (nu + (1 - nu) tau) (.6 + .4 e) m + .005 tau rho],  m = 1, 1.3, zeta
    energy     e'     = e + eps (1 - e) - E - .06 [rupture], cut to [0, 1]

    value      r = wH tau (.6 + .4 e) - wB s b (1 - v) - wE (1 - e) + wG (g' - g) - price E,  at the end + wT tau;
               on leaving -wD if torn, and then -wB xi mu (1 - .8 g') beta E[s] in each session that was left
    Bellman    V[t](x) = sum over k of P(k | g) max over a of
                         r + sum over o of P(o) [(1 - h) E V[t+1](x') + h W[t+1](g')]

How trust, receptiveness and energy act is a judgement throughout; `parameters.SOURCES` says what there is to go on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from .actions import SEVERITIES, SHARES
from .parameters import Array, World, columns

HELD, MENDED, TORN = range(3)
NOISE = 0.04
"""Standard deviation of what else moves trust from one session to the next."""
LEARNED = 0.8
"""How much of what hurts is no longer said by someone who has learned all there is."""
MEAN_SEVERITY = sum(s * share for s, share in zip(SEVERITIES, SHARES, strict=True))
Given = float | Array


def logistic(x: Array) -> Array:
    """1 / (1 + exp(-x)), without overflow."""
    return np.asarray(0.5 + 0.5 * np.tanh(0.5 * x))


def cut(x: Array) -> Array:
    """Cut to [0, 1]; a fraction of the time that numpy's `clip` takes."""
    return np.asarray(np.minimum(np.maximum(x, 0.0), 1.0))


class Laws:
    """The laws above for B worlds at once. Every argument broadcasts with (B, 1, ..., 1) of `axes` further axes."""

    def __init__(self, worlds: Sequence[World], axes: int, by: Callable[[Array], Array] = logistic) -> None:
        """`by` is the logistic function: another where every last bit counts."""
        self.logistic = by

        def shaped(column: Array) -> Array:
            return column.reshape(-1, *[1] * axes)

        self.a = {k: shaped(v) for k, v in columns([world.assumptions for world in worlds]).items()}
        self.w = {k: shaped(v) for k, v in columns([world.values for world in worlds]).items()}
        self.s = {k: shaped(v) for k, v in columns([world.setting for world in worlds]).items()}
        self.price = shaped(np.array([world.price for world in worlds], float))

    def called(self, tau: Array, directness: Given, exposure: Given, severity: Given, present: Given) -> Array:
        """p_call: the chance that confronting tears it."""
        a, rho = self.a, self.s["receptive"]
        sigma = a["strain"] * directness * (0.7 + 0.3 * severity) * (1 + a["exposure"] * exposure * present)
        holding, kappa = 0.25 + 0.75 * tau, a["softness"]
        floor = self.logistic(-holding / kappa)
        return (self.logistic((sigma * (1 + 0.6 * (0.5 - rho)) - holding) / kappa) - floor) / (1 - floor)

    def rupture(self, tau: Array, called: Array) -> Array:
        """P: the chance of a rupture, whatever it comes from."""
        return 1 - (1 - self.a["ordinary"] - self.a["thin"] * (1 - tau)) * (1 - called)

    def mends(self, tau: Array, energy: Array) -> Array:
        """R: the chance that a rupture is mended."""
        return self.logistic(self.a["repair"] + 2 * (tau - 0.5) + 1.5 * (energy - 0.5))

    def trust_after(self, tau: Array, outcome: int, directness: Given, bonus: Given, erosion: Given) -> Array:
        """The expected trust after a session; `erosion` is s b (1 - v)."""
        a = self.a
        if outcome == HELD:
            moved = a["growth"] * (0.9 - tau) + bonus * (1 - tau)
        elif outcome == MENDED:
            moved = (a["mended"] + bonus) * (1 - tau)
        else:
            moved = -a["torn"] - a["torn_directness"] * directness
        return cut(tau + moved - a["silence"] * erosion)

    def leaves(self, after: Array, outcome: int) -> Array:
        """The chance that they leave, by the trust there is after the session."""
        a = self.a
        return self.logistic(a["leaving"] + a["leaving_trust"] * (0.5 - after) + a["leaving_torn"] * (outcome == TORN))

    def learns(self, tau: Array, energy: Array, outcome: int, content: Given) -> Array:
        """The share of what is left to learn that is learned: (g' - g) / (1 - g)."""
        a, rho = self.a, self.s["receptive"]
        heard = (1.0, 1.3, a["through_rupture"])[outcome]
        trusted = a["untrusted"] + (1 - a["untrusted"]) * tau
        said = a["learning"] * content * rho * trusted * (0.6 + 0.4 * energy) * heard
        return cut(said + 0.005 * tau * rho)

    def energy_after(self, energy: Array, spent: Given, rupture: int | NDArray[np.bool_]) -> Array:
        """Energy after a session."""
        return cut(energy + self.a["recovery"] * (1 - energy) - spent - 0.06 * rupture)

    def spends(self, energy: Given, silent: Given, severity: Given) -> Array:
        """What an action costs: its own energy, or what swallowing it costs."""
        return energy + self.a["letting_go"] * silent * severity

    def hurtful(self, g: Array) -> Array:
        """The chance that something hurtful is said, by how much was learned."""
        return self.s["moments"] * (1 - LEARNED * g)

    def elsewhere(self, g: Array) -> Array:
        """The harm of one session elsewhere once they have left, as a loss: nobody there speaks to it."""
        return self.w["harm"] * self.w["elsewhere"] * self.hurtful(g) * self.s["present"] * MEAN_SEVERITY

    def help(self, tau: Array, energy: Array) -> Array:
        """The help that is in one session."""
        return self.w["help"] * tau * (0.6 + 0.4 * energy)
