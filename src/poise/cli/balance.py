"""The balance in three lines of text: each stone is one of the person's guidelines, its size its pull.

                           ╭──────  •  come back later, in private
           ╭───────△───────╯
    ●●•  ──╯  mark it lightly, now

A stone lies on the side it favours. The beam hangs by the exact difference: level for a tie, one step when close.
"""

from __future__ import annotations

from ..rulebook.guideline import strength
from ..rulebook.mistake import columns
from ..weighing.tables import WHOLE
from ..weighing.telling import apart, quoted
from ..weighing.weighing import CLOSE, Leaning, Standing, Weighing
from .screen import can_draw, width

STONES = {"strong": "⬤", "pull": "●", "nudge": "•"}
BEAM = ("─", "╭", "╯", "△")
PLAIN_STONES = {"strong": "O", "pull": "o", "nudge": "."}
PLAIN_BEAM = ("-", ",", "'", "^")
"""Where the terminal's encoding has no round stones."""
ARM = 15
NARROW = 60


def balance(weighing: Weighing, leaning: Leaning) -> list[str]:
    """The lead against its rival, in at most three lines; nothing without a rival or on a narrow screen."""
    if len(leaning.ranking) < 2 or width() < NARROW:
        return []
    lead, rival = leaning.ranking[0], leaning.ranking[1]
    round_ones = can_draw("".join((*STONES.values(), *BEAM)))
    stones = STONES if round_ones else PLAIN_STONES
    line, up, down, pivot = BEAM if round_ones else PLAIN_BEAM
    left, right = _stones(lead, rival, stones), _stones(rival, lead, stones)
    arm, start = line * ARM, f"  {left}  "
    if lead.score == rival.score:
        beam = f"{start}{arm}{pivot}{arm}  {right}"
        here, there = (_name(weighing, standing, width() // 2 - 4) for standing in (lead, rival))
        return [beam, f"  {here}{' ' * max(2, columns(beam) - columns(here + there) - 2)}{there}"]
    high = f"{' ' * (columns(start) + 2 * ARM)}{up}{line * 4}  {right}  "
    high += _name(weighing, rival, width() - columns(high))
    here = _name(weighing, lead, width() - columns(start) - ARM)
    if lead.score - rival.score <= CLOSE:
        return [high, f"{start}{arm}{pivot}{line * (ARM - 1)}{down}", f"  {here}"]
    step = ARM // 2
    middle = f"{' ' * (columns(start) + step)}{up}{line * (ARM - step - 1)}{pivot}{line * (ARM - 1)}{down}"
    return [high, middle, f"{start}{line * step}{down}  {here}"]


def _name(weighing: Weighing, standing: Standing, most: int) -> str:
    """A response's words without quotes, cut to what fits."""
    words = quoted(weighing, standing.response).strip("“”")
    while columns(words) > max(most, 8):
        words = words[:-2].rstrip(" ,") + "…"
    return words


def _stones(here: Standing, there: Standing, stones: dict[str, str]) -> str:
    """A stone for each guideline that favours `here` over `there`, the heaviest first."""
    favour = sorted((pull for pull in apart(here, there).values() if pull > 0), reverse=True)
    return "".join(stones[strength(pull / WHOLE)] for pull in favour) or " "
