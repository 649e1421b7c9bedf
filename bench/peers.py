# ruff: noqa: PLC0415 (each neighbour is loaded in its own process only)
"""One rulebook in each neighbour's own language: a function from a dict of answer codes to every response's score.

Each is set up once, in the fastest way its documentation shows. Only zen (as one list of sums) and clingo (as costs)
can sum what applies into scores by themselves; where Python has to, it does so in the fastest way we know, our own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import compress

from poise.rulebook.condition import All, Among, Condition, Not
from poise.rulebook.consideration import Consideration
from poise.weighing.tables import BARRED, Lanes, Tables

_FAR = 1 << 28
"""clingo's weights have 32 bits: what takes a response out is written as twice this, far beyond any sum of leans."""

Scorer = Callable[[dict[str, int]], Lanes]


@dataclass(frozen=True)
class Notation:
    """How a language writes a condition over integer codes."""

    name: str = "{}"
    among: str = "{name} in [{codes}]"
    both: str = " and "
    either: str = " or "
    denied: str = "not"


SYMBOLS = Notation(both=" && ", either=" || ", denied="!")
CEDAR = Notation("context.{}", "[{codes}].contains({name})", " && ", " || ", "!")


class Rules:
    """What every neighbour is given: each clause, bound and need, as a condition and what it adds to each response."""

    def __init__(self, tables: Tables) -> None:
        effects = [effect for table in tables.tables for effect in table.effects]
        self.tables = tables
        self.questions = tables.book.questions
        self.conditions = [effect.condition for effect in effects]
        self.packed = [effect.packed for effect in effects]
        self.adds = [tables.loose(packed) for packed in self.packed]
        self.base = tables.sum([])
        self.start = tables.unpack(self.base)

    def summed(self, applies: Iterable[object]) -> Lanes:
        """The scores, given for each condition in turn whether it holds."""
        return self.tables.unpack(self.base + sum(compress(self.packed, applies)))

    def written(self, notation: Notation) -> list[str]:
        """Every condition in one language."""
        return [self._write(condition, notation) for condition in self.conditions]

    def _write(self, condition: Condition, notation: Notation) -> str:
        if isinstance(condition, Among):
            return _compared(condition, self.questions[condition.position], notation)
        if isinstance(condition, Not):
            return f"{notation.denied}({self._write(condition.inner, notation)})"
        every = isinstance(condition, All)
        if not condition.inner:
            return "true" if every else "false"
        inner = [self._write(each, notation) for each in condition.inner]
        return f"({(notation.both if every else notation.either).join(inner)})"


def _compared(part: Among, question: Consideration, notation: Notation) -> str:
    """The shortest comparison there is: with one code, all but one, all up to one, all from one, or a list."""
    name, size = notation.name.format(question.id), len(question.answers)
    codes = [code for code in range(size) if part.mask >> code & 1]
    if len(codes) == 1:
        return f"{name} == {codes[0]}"
    if len(codes) == size - 1:
        return f"{name} != {next(code for code in range(size) if code not in codes)}"
    if codes == list(range(len(codes))):
        return f"{name} <= {codes[-1]}"
    if codes == list(range(size - len(codes), size)):
        return f"{name} >= {codes[0]}"
    return notation.among.format(name=name, codes=", ".join(map(str, codes)))


def zen_scores(rules: Rules) -> Scorer:
    """zen-engine: one compiled list, each element the sum of a response's leans."""
    import zen

    written = rules.written(Notation())
    sums = [
        " + ".join(
            [str(start), *(f"({w} ? {add[lane]} : 0)" for w, add in zip(written, rules.adds, strict=True) if add[lane])]
        )
        for lane, start in enumerate(rules.start)
    ]
    evaluate = zen.compile_expression(f"[{', '.join(sums)}]").evaluate
    return lambda answers: tuple(evaluate(answers))


def zen_applies(rules: Rules) -> Scorer:
    """zen-engine: one compiled list of which conditions hold, summed in Python."""
    import zen

    evaluate = zen.compile_expression(f"[{', '.join(rules.written(Notation()))}]").evaluate
    return lambda answers: rules.summed(evaluate(answers))


def cel_applies(rules: Rules) -> Scorer:
    """common-expression-language: one compiled list of which conditions hold, summed in Python."""
    import cel

    execute = cel.compile(f"[{', '.join(rules.written(SYMBOLS))}]").execute
    return lambda answers: rules.summed(execute(answers))


def cedar_applies(rules: Rules) -> Scorer:
    """cedarpy: one policy per condition, parsed once; its diagnostics name those that hold; summed in Python."""
    import cedarpy

    permit = '@id("{}") permit(principal, action, resource) when {{ {} }};'
    policies = cedarpy.PolicySet.from_str("\n".join(permit.format(i, w) for i, w in enumerate(rules.written(CEDAR))))
    entities = cedarpy.Entities.from_json_str("[]")
    request = {"principal": 'Person::"me"', "action": 'Action::"weigh"', "resource": 'Moment::"now"'}
    adds = {f"policy{i}": packed for i, packed in enumerate(rules.packed)}

    def score(answers: dict[str, int]) -> Lanes:
        result = cedarpy.is_authorized({**request, "context": answers}, policies, entities)
        return rules.tables.unpack(rules.base + sum([adds[name] for name in result.diagnostics.reasons]))

    return score


def clingo_costs(rules: Rules) -> Scorer:
    """clingo: grounded once, answers as assumptions, each response's leans as a cost level of its own."""
    import clingo

    control = clingo.Control(logger=lambda *_: None)
    control.add("base", [], "\n".join(_program(rules)))
    control.ground([("base", [])])
    atoms = {str(atom.symbol): atom.literal for atom in control.symbolic_atoms}
    literals = {
        question.id: [atoms[f"is({p},{code})"] for code in range(len(question.answers))]
        for p, question in enumerate(rules.questions)
    }

    def score(answers: dict[str, int]) -> Lanes:
        costs: list[int] = []
        assumed = [literals[name][code] for name, code in answers.items()]
        control.solve(assumptions=assumed, on_model=lambda model: costs.extend(model.cost))
        return tuple(
            [start + cost if cost > -_FAR else -BARRED for start, cost in zip(rules.start, costs, strict=True)]
        )

    return score


def _program(rules: Rules) -> Iterable[str]:
    """The rules as an answer set program; `h(i)` holds where node i of the conditions' trees does."""
    for p, question in enumerate(rules.questions):
        yield f"1 {{ is({p},0..{len(question.answers) - 1}) }} 1."
    nodes: dict[Condition, int] = {}
    for number, (condition, adds) in enumerate(zip(rules.conditions, rules.adds, strict=True)):
        yield from _nodes(condition, nodes, rules)
        for lane, add in enumerate(adds):
            if add:
                yield f"#minimize {{ {max(add, -2 * _FAR)}@{len(adds) - lane},{number} : h({nodes[condition]}) }}."


def _nodes(condition: Condition, nodes: dict[Condition, int], rules: Rules) -> Iterable[str]:
    """The rules for one condition's node and those inside it, where not yet written."""
    if condition in nodes:
        return
    if isinstance(condition, Among):
        node = nodes[condition] = len(nodes)
        size = len(rules.questions[condition.position].answers)
        for code in range(size):
            if condition.mask >> code & 1:
                yield f"h({node}) :- is({condition.position},{code})."
        return
    inside = (condition.inner,) if isinstance(condition, Not) else condition.inner
    for each in inside:
        yield from _nodes(each, nodes, rules)
    node = nodes[condition] = len(nodes)
    parts = [f"h({nodes[each]})" for each in inside]
    if isinstance(condition, Not):
        yield f"h({node}) :- not {parts[0]}."
    elif isinstance(condition, All):
        yield f"h({node}) :- {', '.join(parts) or '#true'}."
    else:
        yield from (f"h({node}) :- {part}." for part in parts)
