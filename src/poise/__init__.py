"""Poise: soft guidelines for hard moments.

import poise
book = poise.read("among_friends")                 # or raises poise.Mistakes: all of them at once
moment = poise.Moment(book, place="group_chat", harm="stings", trust={"new": 0.3, "building": 0.7})
weighing = poise.weigh(book, moment)               # .toward, .beside, .mine, .pair, .reasons, .open, .bounds
print(weighing)                                    # in sentences
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .examining.compare import Comparison, compare
    from .examining.promises import Proof, prove
    from .practice import Practice
    from .rulebook.mistake import Mistake, Mistakes
    from .rulebook.rulebook import Rulebook
    from .shelf import read
    from .weighing.asking import next_question
    from .weighing.moment import Moment
    from .weighing.rows import Rows, weigh_rows
    from .weighing.turning import Turn, turns
    from .weighing.weighing import Weighing, weigh

__all__ = [
    "Comparison",
    "Mistake",
    "Mistakes",
    "Moment",
    "Practice",
    "Proof",
    "Rows",
    "Rulebook",
    "Turn",
    "Weighing",
    "compare",
    "next_question",
    "prove",
    "read",
    "turns",
    "weigh",
    "weigh_rows",
]
__version__ = "0.1.0"

_ROOMS = {
    "Comparison": "examining.compare",
    "Mistake": "rulebook.mistake",
    "Mistakes": "rulebook.mistake",
    "Practice": "practice",
    "Proof": "examining.promises",
    "Rows": "weighing.rows",
    "Rulebook": "rulebook.rulebook",
    "compare": "examining.compare",
    "prove": "examining.promises",
    "read": "shelf",
    "next_question": "weighing.asking",
    "Moment": "weighing.moment",
    "Turn": "weighing.turning",
    "turns": "weighing.turning",
    "Weighing": "weighing.weighing",
    "weigh": "weighing.weighing",
    "weigh_rows": "weighing.rows",
}


def __getattr__(name: str) -> Any:
    """A public name, from its room, when it is first asked for: importing a part loads no more than that part."""
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f".{_ROOMS[name]}", __name__), name)
    return found


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
