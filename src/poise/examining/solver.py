"""A second way to settle a promise, where branch and bound takes too long: an answer set program, for clingo.

    1 { is(p, s) } 1         each question has one slot: 0 is unanswered
    h(i)                     effect i holds whatever is open: one rule for each box of slots it holds on
    out(r)                   a bound or a need takes response r out
    :- #sum { gain(i, r, q), i : h(i);  FAR : out(q) } < start(q) - start(r)      for every rival q of r

clingo is an extra (`solver`): it is asked where it is installed, and never on the way of a weighing. It stops
after so many conflicts, not after so many seconds, so that the same book always ends the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

from ..rulebook.condition import ALWAYS, Condition, Not
from ..rulebook.rulebook import Rulebook
from .leading import Situation, conjuncts
from .search import Unsettled
from .situations import Space, Truth

FAR = 1 << 28
"""More than any sum of leans may be, in thousandths of a doubling; clingo's weights have 32 bits."""
MOST_CONFLICTS = 200_000

Box = tuple[tuple[int, tuple[int, ...]], ...]
"""(question, the slots it may have) for each question that is looked at."""


def installed() -> bool:
    """Whether clingo can be asked."""
    return find_spec("clingo") is not None


def shortest(
    space: Space, response: str, condition: Condition, most_conflicts: int = MOST_CONFLICTS
) -> tuple[Situation | None, bool]:
    """A situation with as few answers as any in which a condition holds and a response leads, or None: there is none.

    With it, whether it is proved that none has fewer. Raises Unsettled where clingo is not installed or gives up.
    """
    if not installed() or _widest(space.books[0]) >= FAR:
        raise Unsettled
    clingo = import_module("clingo")
    control = clingo.Control(["--models=0"], logger=lambda *_: None)
    control.configuration.solve.solve_limit = f"{most_conflicts}"
    control.add("base", [], "\n".join(_program(space, response, condition)))
    control.ground([("base", [])])
    found: list[Situation] = []
    ended = control.solve(on_model=lambda model: found.append(_situation(space, model)))
    if not found and (ended.interrupted or ended.satisfiable is not False):
        raise Unsettled
    return (found[-1] if found else None), bool(ended.exhausted)


def _situation(space: Space, model: Any) -> Situation:
    slots = [0] * len(space.sizes)
    for symbol in model.symbols(shown=True):
        question, slot = symbol.arguments
        slots[question.number] = slot.number
    return tuple(slots)


def _widest(book: Rulebook) -> int:
    """The largest sum of leans, all taken without their sign."""
    leans = [abs(lean) for g in book.guidelines.values() for clause in g.clauses for lean in g.units(clause).values()]
    return 2 * (sum(leans) + sum(map(abs, book.start.values())))


def _program(space: Space, response: str, condition: Condition) -> Iterator[str]:
    """What can be, what is asked of it, and that it answers as few questions as can be."""
    for question, size in enumerate(space.sizes):
        yield f"1 {{ is({question},0..{size - 1}) }} 1."
    yield "#minimize { 1,P : is(P,S), S > 0 }. #show is/2."
    for number, part in enumerate(conjuncts(condition)):
        yield from _holding(f"asked({number})", *space.views[0].holding(part))
        yield f":- not asked({number})."
    for group, (scope, can) in enumerate(space.views[0].possible):
        yield from _holding(f"possible({group})", scope, can)
        yield f":- not possible({group})."
    yield from _bounds(space)
    yield from _leading(space, response)


def _bounds(space: Space) -> Iterator[str]:
    """What takes responses out, and what takes the place of the weighing. `out` is named by the response's number."""
    book = space.books[0]
    lanes = {name: lane for lane, name in enumerate(book.responses)}
    for number, bound in enumerate(book.bounds.values()):
        yield from _holding(f"met({number})", *space.views[0].holding(bound.condition))
        yield from (f"out({lanes[name]}) :- met({number})." for name in bound.never)
        if bound.replaces:
            yield f":- met({number})."
    for name, lane in lanes.items():
        needs = book.responses[name].needs
        if needs != ALWAYS:
            yield from _holding(f"out({lane})", *space.views[0].holding(Not(needs)))
    yield "out(-1) :- #false."


def _leading(space: Space, response: str) -> Iterator[str]:
    """The response is not out, and no rival that is not out scores more."""
    book = space.books[0]
    lanes = {name: lane for lane, name in enumerate(book.responses)}
    clauses = [(guideline, clause) for guideline in book.guidelines.values() for clause in guideline.clauses]
    for number, (_, clause) in enumerate(clauses):
        yield from _holding(f"h({number})", *space.views[0].holding(clause.condition))
    yield f":- out({lanes[response]}). h(-1) :- #false."
    for rival in book.listed(book.responses[response].list):
        if rival.id != response:
            leans = [guideline.units(clause) for guideline, clause in clauses]
            gains = [(i, each.get(response, 0) - each.get(rival.id, 0)) for i, each in enumerate(leans)]
            sums = [*(f"{gain},{i} : h({i})" for i, gain in gains if gain), f"{FAR},out : out({lanes[rival.id]})"]
            least = book.start.get(rival.id, 0) - book.start.get(response, 0)
            yield f":- #sum {{ {'; '.join(sums)} }} < {least}."


def _holding(atom: str, scope: Sequence[int], holds: Truth) -> Iterator[str]:
    """Rules that make an atom true wherever an array over the slots of a scope is."""
    for box in _boxes(tuple(scope), holds):
        parts = [_slots(question, slots) for question, slots in box]
        yield f"{atom} :- {', '.join(parts) or '#true'}."


def _slots(question: int, slots: Iterable[int]) -> str:
    return f"1 {{ {'; '.join(f'is({question},{slot})' for slot in slots)} }}"


def _boxes(scope: tuple[int, ...], holds: Truth) -> Iterator[Box]:
    """Boxes that together cover exactly where an array is true: itself if it is one, else those of its slices."""
    if not holds.any():
        return
    sides = [np.asarray(holds.any(axis=tuple(a for a in range(holds.ndim) if a != axis))) for axis in range(holds.ndim)]
    if int(holds.sum()) == int(np.prod([int(side.sum()) for side in sides], dtype=np.int64)):
        wide = [(question, side) for question, side in zip(scope, sides, strict=True) if not side.all()]
        yield tuple((question, tuple(np.flatnonzero(side).tolist())) for question, side in wide)
        return
    for slot in range(holds.shape[0]):
        for box in _boxes(scope[1:], holds[slot]):
            yield ((scope[0], (slot,)), *box)
