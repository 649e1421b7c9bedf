"""Now, or later, in words: bands before lines, no number that nobody could know, and never what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ...rulebook.speech import Say, both, plain, sentences
from .foresight_words import (
    ALREADY,
    BORDERS,
    BOTH_AT_ONCE,
    BOUND,
    CHANGES,
    COMES_OUT,
    DEGREES,
    FAR,
    HINGES,
    HOW_FAR,
    IN_FOUR_OF_FIVE,
    LEADS,
    MOST_HINGES,
    NOT_A_FORECAST,
    OF_VALUE,
    PARTS,
    PLACES,
    STATED,
    TAKES,
    TIED,
    TOO_CLOSE,
    WHAT_IT_IS,
    WHENCE,
    WORDS,
)
from .how_much import ahead_words, range_words, share_words, short_words, side_words
from .sides import counted_words, quoted
from .trusted import WORDS as TRUSTED

if TYPE_CHECKING:
    from ...foresight import Offer
    from ...weighing.weighing import Weighing
    from ..foreseeing.bordering import Map
    from ..foreseeing.foreseen import Foreseen
    from ..foreseeing.scene import Scene


class CostRow(NamedTuple):
    """One response: what it costs on average, and what it costs more than in one of ten sets."""

    response: str
    says: str
    usually: str
    at_worst: str


class PartRow(NamedTuple):
    """One part of why: which, which way and how far, and between what over the sets."""

    part: str
    says: str
    centre: str
    band: str


class HingeRow(NamedTuple):
    """One thing it hinges on, how far in words, its length to draw (0 to 1), and of which kind it is."""

    says: str
    how_far: str
    length: float
    kind: str


def verdict(found: Foreseen, say: Say = plain) -> list[str]:
    """What comes out, and between what it lies; nothing while the sets are still being worked out."""
    if found.costs is None:
        return []
    scene, costs = found.scene, found.costs
    first, second = (scene.say(costs.actions[number].id) for number in costs.two)
    ties = costs.ties()
    if len(ties) > 1:
        head = say(TIED, which=both(say, [quoted(scene.say(a.id), say) for a in ties]))
    elif costs.too_close:
        head = say(TOO_CLOSE, which=both(say, [quoted(each, say) for each in (first, second)]))
    else:
        share = float((costs.worth[:, costs.two[0]] > costs.worth[:, costs.two[1]]).mean())
        head = say(COMES_OUT, first=first, second=second, share=share_words(share, say))
    named = ties if len(ties) > 1 else [costs.actions[number] for number in costs.two]
    return [head, *counted_words(scene, named, say), say(IN_FOUR_OF_FIVE, ahead=ahead_words(*_band(found), say))]


def _band(found: Foreseen) -> tuple[float, float]:
    import numpy as np  # noqa: PLC0415 - it is loaded by then

    low, high = np.quantile(found.ahead, [0.1, 0.9])
    return float(low), float(high)


def taken_words(scene: Scene, say: Say = plain) -> list[tuple[str, str, str]]:
    """(what, how it was answered, whence) for everything that goes in."""
    return [
        (say(TAKES[each.what]), say(WORDS.get(each.words, each.words)), say(WHENCE[each.whence]))
        for each in scene.taken
    ]


def cost_rows(found: Foreseen, say: Say = plain) -> list[CostRow]:
    """What each response would cost, in the order of the book."""
    import numpy as np  # noqa: PLC0415

    if found.costs is None:
        return []
    cost = found.costs.cost
    worst = np.quantile(cost, 0.9, axis=0)
    return [
        CostRow(action.id, found.scene.say(action.id), short_words(mean, say), short_words(most, say))
        for action, mean, most in zip(found.costs.actions, cost.mean(0), worst, strict=True)
    ]


def why_rows(found: Foreseen, say: Say = plain) -> list[PartRow]:
    """The parts that differ at all, in their order."""
    if found.why is None:
        return []
    low, high = found.why.band(0.8)
    rows = zip(PARTS, found.why.centre, low, high, strict=True)
    return [
        PartRow(part, say(PARTS[part]), side_words(float(centre), say), range_words(float(a), float(b), say))
        for part, centre, a, b in rows
        if max(abs(centre), abs(a), abs(b)) > 1e-6
    ]


def curve_rows(found: Foreseen, say: Say = plain) -> list[tuple[str, str, str]]:
    """(trust, in how many sets now comes out ahead, between what it lies) at five places of trust."""
    if found.curve is None:
        return []
    low, high = found.curve.band(0.8)
    rows = []
    for words, place in zip(TRUSTED.values(), PLACES, strict=True):
        at = int(abs(found.curve.trust - place).argmin())
        between = range_words(float(low[at]), float(high[at]), say)
        rows.append((say(words), share_words(float(found.curve.now[at]), say), between))
    return rows


def map_rows(shown: Map, say: Say = plain) -> list[tuple[str, list[str]]]:
    """(how much of the other thing, what leads at each of five places of trust), the most of it first."""
    columns = [_place(shown.trusts, place) for place in PLACES]
    anchors = [at for at, _ in DEGREES[shown.along]] if shown.along in DEGREES else shown.values
    rows = dict.fromkeys(_place(shown.values, anchor) for anchor in anchors)
    return [
        (degree_words(shown.along, shown.values[row], say), [say(LEADS[str(shown.leads[row][i])]) for i in columns])
        for row in reversed(rows)
    ]


def _place(numbers: Sequence[float], wanted: float) -> int:
    """Where the nearest of some numbers stands."""
    return min(range(len(numbers)), key=lambda i: abs(numbers[i] - wanted))


def border_words(shown: Map, say: Say = plain) -> str:
    """Where I am, and the nearest border."""
    border, here = shown.border(), say(LEADS[shown.leads_here])
    if border is None:
        return say(ALREADY if (shown.leads == shown.leads_here).all() else BOTH_AT_ONCE, lead=here)
    far = say(next(words for most, words in FAR.items() if border.far <= most))
    change = say(CHANGES[border.along, border.more], far=far)
    return say(BORDERS, here=here, change=change, there=say(LEADS[border.leads]))


def degree_words(name: str, number: float, say: Say = plain) -> str:
    """Where a slider stands, in words: meetings are counted, all else is said."""
    if name == "meetings":
        count = int(number)
        return say("this one only") if count == 1 else say("{count}, this one included", count=count)
    return say(min(DEGREES[name], key=lambda known: abs(known[0] - number))[1])


def hinge_rows(found: Foreseen, say: Say = plain) -> list[HingeRow]:
    """What it hinges on most."""
    rows = found.hinges.hinges[:MOST_HINGES]
    return [
        HingeRow(say(HINGES[h.name]), say(_how_far(h.total)), max(0.0, min(1.0, h.total)), _kind(h.name)) for h in rows
    ]


def _how_far(total: float) -> str:
    return next((words for least, words in HOW_FAR.items() if total >= least), HOW_FAR[0.0])


def _kind(name: str) -> str:
    return "value" if name in OF_VALUE else "stated" if name in STATED else "fact"


def refusal(weighing: Weighing, offer: Offer, say: Say = plain) -> list[str]:
    """Why foresight is not offered."""
    met = [state.bound.say for state in weighing.bounds if state.met]
    return [say(BOUND), *met] if met and weighing.steer else [say(offer.why)]


def closing(say: Say = plain) -> str:
    """What it is not."""
    return sentences(say, [say(WHAT_IT_IS), say(NOT_A_FORECAST)])
