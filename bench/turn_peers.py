# ruff: noqa: PLC0415 (each neighbour is loaded when it is asked for)
"""The fewest changed answers that put another response first, put to an answer set solver and to an SMT solver.

Both are given the same problem as ours: which answers can change, when each effect holds with questions left open,
that bounds and needs take responses out, and that more than MOST_CHANGES changes are not looked for. Each is built
once for a book; a moment is then assumed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

import poise
from poise.rulebook.condition import ALWAYS, All, Among, Condition, Not
from poise.weighing.tables import WHOLE, Effect, Table
from poise.weighing.turning import MOST_CHANGES
from poise.weighing.weighing import Leaning, Weighing, tables_of


class Changed(NamedTuple):
    """What a solver finds: the list that another response then leads, and {question: answer}."""

    list: str
    changes: dict[str, str]


Found = Sequence[Changed] | Sequence[poise.Turn]
Solver, Counter = Callable[[Weighing], Found], Callable[[Weighing], tuple[int, ...]]
"""What finds all sets, and what finds only how small the smallest are, for each list."""
Row = tuple[tuple[int, tuple[int, ...]], ...]
"""One way an effect can hold: (position, any of these codes) for some considerations."""
FAR = 1 << 24
"""In thousandths of a doubling, more than any sum of leans; clingo's weights have 32 bits."""

ALL_SETS = ("--opt-mode=optN", "--models=0", "--project=show")
FASTEST = ("--opt-strategy=usc,oll", "--configuration=frumpy")
"""The fastest of the some thirty options tried: minimising by unsatisfiable cores halves clingo's own usual time."""


class Held(NamedTuple):
    """An effect: the ways in which it holds, what it adds to each response, and what it takes out."""

    rows: tuple[Row, ...]
    units: Mapping[str, int]
    never: tuple[str, ...]
    replaces: bool


class Problem:
    """A book, as every solver is given it."""

    def __init__(self, book: poise.Rulebook) -> None:
        if book.impossible:
            raise ValueError("what is impossible is not put to the solvers: choose a book without it")
        self.book = book
        self.held = [self._held(table, effect) for table in tables_of(book).tables for effect in table.effects]

    def lists(self) -> list[list[str]]:
        """The responses of each list that one moment weighs."""
        return [[r.id for r in self.book.listed(name)] for name in ("toward", "beside")]

    def ahead(self, one: str, two: str) -> tuple[int, list[tuple[int, int]]]:
        """By how much the first starts ahead of the second, and what each effect adds to that."""
        start = self.book.start.get(one, 0) - self.book.start.get(two, 0)
        gains = [(i, held.units.get(one, 0) - held.units.get(two, 0)) for i, held in enumerate(self.held)]
        return start, [(i, gain) for i, gain in gains if gain]

    def out(self, response: str) -> list[int]:
        """The effects that take a response out."""
        return [i for i, held in enumerate(self.held) if response in held.never]

    def _held(self, table: Table, effect: Effect) -> Held:
        bound, book = effect.bound, self.book
        never = bound.never if bound else ()
        if not bound and not effect.guideline:
            never = tuple(r for r in book.responses if book.responses[r].needs != ALWAYS and effect.units == {})
            never = tuple(r for r in never if Not(book.responses[r].needs) == effect.condition)
        return Held(tuple(self._rows(table, effect)), effect.units, tuple(never), bool(bound and bound.replaces))

    def _rows(self, table: Table, effect: Effect) -> Iterator[Row]:
        """A plain `and` of comparisons as it stands; anything else as the combinations of answers it holds under."""
        parts = list(conjuncts(effect.condition))
        if all(isinstance(part, Among) for part in parts) and len({p.position for p in parts}) == len(parts):  # type: ignore[union-attr]
            yield tuple((p.position, self._codes(p)) for p in parts if isinstance(p, Among))
            return
        sizes = self.book.sizes
        for codes in product(*(range(-1, sizes[p]) for p in table.scope)):
            whole = list(self.book.nothing_said)
            for position, code in zip(table.scope, codes, strict=True):
                whole[position] = code
            if (effect, WHOLE) in table[table.key(whole)].holding:
                yield tuple((p, (code,)) for p, code in zip(table.scope, codes, strict=True))

    def _codes(self, part: Among) -> tuple[int, ...]:
        codes = tuple(code for code in range(self.book.sizes[part.position]) if part.mask >> code & 1)
        return (-1, *codes) if len(codes) == self.book.sizes[part.position] else codes


def conjuncts(condition: Condition) -> Iterator[Condition]:
    """The parts of an `and`, `not` of a comparison taken as the comparison with the other answers."""
    if isinstance(condition, All):
        for inner in condition.inner:
            yield from conjuncts(inner)
    elif isinstance(condition, Not) and isinstance(condition.inner, Among):
        yield Among(condition.inner.position, ~condition.inner.mask)
    else:
        yield condition


def ours(weighing: Weighing) -> Found:
    """`poise.turns`."""
    return poise.turns(weighing)


def clingo_turns(problem: Problem, options: Sequence[str] = FASTEST) -> Solver:
    """clingo, grounded once: minimise the changes, then list every optimal model."""
    import clingo

    control = clingo.Control([*ALL_SETS, *options], logger=lambda *_: None)
    control.add("base", [], "\n".join(_program(problem)))
    control.ground([("base", [])])
    atoms = {str(atom.symbol): atom.literal for atom in control.symbolic_atoms}

    def solve(weighing: Weighing) -> Found:
        return [
            Changed(leaning.list, found)
            for leaning in weighing.leanings
            for found in _optimal(problem, control, _assumed(problem, atoms, weighing, leaning))
        ]

    return solve


def _assumed(problem: Problem, atoms: Mapping[str, int], weighing: Weighing, leaning: Leaning) -> list[int]:
    rivals = {r.id for r in problem.book.listed(leaning.list)} - set(leaning.lead)
    now = [atoms[f"now({p},{code})"] for p, code in enumerate(weighing.moment.codes)]
    lanes = [(atoms[f"rival({n})"], response) for n, response in enumerate(problem.book.responses)]
    return [*now, *(literal if response in rivals else -literal for literal, response in lanes)]


def _optimal(problem: Problem, control: Any, assumed: list[int]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    questions = problem.book.questions

    def keep(model: Any) -> None:
        if model.optimality_proven:
            changed = ((questions[p.number], c.number) for p, c in (to.arguments for to in model.symbols(shown=True)))
            found.append({question.id: question.answers[code] for question, code in changed})

    control.solve(assumptions=assumed, on_model=keep)
    return found


def _program(problem: Problem) -> Iterator[str]:
    """The problem as an answer set program; `to(p,c)` are the changed answers."""
    questions = problem.book.questions
    for question in questions:
        p, last = question.position, len(question.answers) - 1
        yield f"1 {{ now({p},-1..{last}) }} 1. is({p},C) :- now({p},C), not changed({p})."
        if not question.fixed:
            yield f"{{ to({p},0..{last}) }} 1. changed({p}) :- to({p},_). is({p},C) :- to({p},C)."
            yield f":- to({p},C), now({p},C)."
    yield f"#minimize {{ 1,P : changed(P) }}. :- {MOST_CHANGES + 1} {{ changed(_) }}. #show to/2."
    for number, held in enumerate(problem.held):
        for i, row in enumerate(held.rows):
            parts = [f"any({number},{i},{p})" for p, _ in row]
            yield f"h({number}) :- {', '.join(parts) or '#true'}."
            yield from (f"any({number},{i},{p}) :- is({p},{code})." for p, codes in row for code in codes)
        if held.replaces:
            yield f":- h({number})."
    lanes = {response: n for n, response in enumerate(problem.book.responses)}
    yield f"{{ rival(0..{len(lanes) - 1}) }}. 1 {{ first(R) : rival(R) }} 1. :- first(R), out(R). out(-1) :- #false."
    for response, lane in lanes.items():
        yield from (f"out({lane}) :- h({i})." for i in problem.out(response))
    for members in problem.lists():
        for one, two in product(members, members):
            if one != two:
                start, gains = problem.ahead(one, two)
                sums = [*(f"{gain},{i} : h({i})" for i, gain in gains), f"{FAR},out : out({lanes[two]})"]
                yield f":- first({lanes[one]}), #sum {{ {'; '.join(sums)} }} < {-start}."


def z3_turns(problem: Problem) -> Counter:
    """z3's Optimize, its formulas built once: the smallest number of changes for each list, 0 where there is none."""
    import z3

    questions = problem.book.questions
    answer = {(q.position, c): z3.Bool(f"x{q.position}_{c}") for q in questions for c in range(-1, len(q.answers))}
    holds = [
        z3.Or([z3.And([z3.Or([answer[p, c] for c in codes]) for p, codes in row]) for row in held.rows])
        for held in problem.held
    ]
    one_each = [z3.PbEq([(answer[q.position, c], 1) for c in range(-1, len(q.answers))], 1) for q in questions]
    replaced = [z3.Not(h) for h, held in zip(holds, problem.held, strict=True) if held.replaces]
    leads = {
        one: z3.And(
            [z3.Not(_any(z3, holds, problem.out(one)))] + [_ahead(z3, problem, holds, one, two) for two in rest]
        )
        for members in problem.lists()
        for one in members
        for rest in [[other for other in members if other != one]]
    }
    solver = z3.Optimize()
    solver.add(*one_each, *replaced)

    def solve(weighing: Weighing) -> tuple[int, ...]:
        return tuple(_least(leaning, weighing) for leaning in weighing.leanings)

    def _least(leaning: Leaning, weighing: Weighing) -> int:
        solver.push()
        same = []
        for question, code in zip(questions, weighing.moment.codes, strict=True):
            stays = answer[question.position, code]
            solver.add(*([stays] if question.fixed else [] if code < 0 else [z3.Not(answer[question.position, -1])]))
            same += [] if question.fixed else [(z3.Not(stays), 1)]
        rivals = [r.id for r in problem.book.listed(leaning.list) if r.id not in leaning.lead]
        solver.add(z3.Or([leads[r] for r in rivals]), z3.PbLe(same, MOST_CHANGES))
        cost = solver.minimize(z3.Sum([z3.If(changed, 1, 0) for changed, _ in same]))
        found = solver.lower(cost).as_long() if solver.check() == z3.sat else 0
        solver.pop()
        return int(found)

    return solve


def _any(z3: Any, holds: list[Any], numbers: list[int]) -> Any:
    return z3.Or([holds[i] for i in numbers])


def _ahead(z3: Any, problem: Problem, holds: list[Any], one: str, two: str) -> Any:
    start, gains = problem.ahead(one, two)
    total = z3.Sum([z3.If(holds[i], gain, 0) for i, gain in gains] or [z3.IntVal(0)])
    return z3.Or(_any(z3, holds, problem.out(two)), total + start >= 0)
