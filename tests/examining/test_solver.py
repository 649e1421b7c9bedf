"""clingo settles what branch and bound leaves open, and counts what the exact walk counts.

clingo is an extra. Where it is not installed these tests cannot look, and say so out loud.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from importlib import import_module
from random import Random

import numpy as np
import pytest
from hypothesis import given, note, settings

import poise
from poise.examining import solver
from poise.examining.promises import FALLBACK, METHOD, NOT_SETTLED, prove
from poise.examining.reach import leads
from poise.examining.search import Unsettled
from poise.examining.situations import Space
from poise.rulebook.condition import ALWAYS, All, Among, Condition, Not
from poise.rulebook.rulebook import Rulebook
from poise.shelf import STARTERS

from ..weighing.invented import CHANCES, book_of
from .everything import Everything
from .test_promises import promised

LOUD = "NOT LOOKED AT: clingo is not installed, so nothing here is compared with it (pip install 'poise[solver]')"


@pytest.fixture(scope="module", autouse=True)
def _out_loud(request: pytest.FixtureRequest) -> None:
    if not solver.installed():
        with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
            print(f"\n{LOUD}")


@settings(max_examples=30)
@given(chance=CHANCES)
def test_clingo_settles_a_promise_as_branch_and_bound_does(chance: Random) -> None:
    everything = Everything(book_of(chance))
    text, _, _ = promised(chance, everything)
    note(f"{everything.invented.text}{text}")
    sure, cut = prove(everything.book, text), prove(everything.book, text, most_states=0)
    if not solver.installed():
        assert cut.state in (sure.state, NOT_SETTLED)
        return
    assert cut.state == sure.state
    if sure.witness and cut.witness:
        assert cut.fewest
        assert len(cut.witness.answers) == len(sure.witness.answers)
        leanings = poise.weigh(everything.book, cut.witness).leanings
        assert any(cut.response in leaning.lead for leaning in leanings)


@pytest.mark.parametrize("name", STARTERS)
def test_a_proof_says_which_method_settled_it(name: str) -> None:
    book = poise.read(name)
    text = "never say_it_now first when they_want == leave_it"
    assert prove(book, text).method == METHOD
    cut = prove(book, text, most_states=1)
    assert (cut.state, cut.method) == (("refuted", FALLBACK) if solver.installed() else (NOT_SETTLED, METHOD))


def test_without_clingo_nothing_is_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "installed", lambda: False)
    with pytest.raises(Unsettled):
        solver.shortest(Space([poise.read("among_friends")]), "let_be", ALWAYS)


def test_what_clingo_gives_up_is_not_settled() -> None:
    book = poise.read("among_friends")
    hard = next(promise for promise in book.promises if "back_me_up" in promise.text)
    if solver.installed():
        with pytest.raises(Unsettled):
            solver.shortest(Space([book], [hard.condition]), "let_be", hard.condition, most_conflicts=1)


@given(chance=CHANCES)
def test_boxes_cover_exactly_what_holds(chance: Random) -> None:
    shape = tuple(chance.randint(1, 4) for _ in range(chance.randint(0, 3)))
    holds = np.array([chance.random() < 0.6 for _ in range(int(np.prod(shape)))], np.bool_).reshape(shape)
    covered = np.zeros(shape, np.bool_)
    for box in solver._boxes(tuple(range(len(shape))), holds):
        slots = dict(box)
        covered[np.ix_(*(slots.get(axis, tuple(range(size))) for axis, size in enumerate(shape)))] = True
    assert (covered == holds).all()


@settings(max_examples=30)
@given(chance=CHANCES)
def test_the_exact_walk_counts_what_clingo_counts(chance: Random) -> None:
    everything = Everything(book_of(chance))
    note(everything.invented.text)
    if not solver.installed():
        return
    for name in everything.invented.responses:
        found = leads(everything.book, name, by=())
        whole = found.weight(lambda _: True)
        shares: dict[frozenset[str], Fraction] = {}
        for outcome, seen in found.outcomes().items():
            lead = frozenset(outcome.lead)
            shares[lead] = shares.get(lead, Fraction(0)) + Fraction(seen.weight, whole)
        models = counted(everything.book, name)
        assert shares == {lead: Fraction(count, models.total()) for lead, count in models.items()}


def counted(book: Rulebook, name: str) -> Counter[frozenset[str]]:
    """How many full situations each lead has: one model each, of a program written from the book alone."""
    control = import_module("clingo").Control(["--models=0"], logger=lambda *_: None)
    control.add("base", [], "\n".join(_program(book, [response.id for response in book.listed(name)])))
    control.ground([("base", [])])
    found: Counter[frozenset[str]] = Counter()
    control.solve(on_model=lambda model: found.update([frozenset(str(s.arguments[0]) for s in model.symbols(shown=1))]))
    return found


def _program(book: Rulebook, responses: list[str]) -> Iterator[str]:
    nodes: dict[Condition, int] = {}
    for question in book.questions:
        yield f"1 {{ is({question.position},0..{len(question.answers) - 1}) }} 1."
    for impossible in book.impossible:
        yield from _nodes(impossible, nodes, book)
        yield f":- h({nodes[impossible]})."
    clauses = [(guideline, clause) for guideline in book.guidelines.values() for clause in guideline.clauses]
    for _, clause in clauses:
        yield from _nodes(clause.condition, nodes, book)
    for bound in book.bounds.values():
        yield from _nodes(bound.condition, nodes, book)
        yield from (f"out({response}) :- h({nodes[bound.condition]})." for response in bound.never)
        yield f"stopped :- h({nodes[bound.condition]})." if bound.replaces else ""
    for response in responses:
        needs = book.responses[response].needs
        yield from _nodes(needs, nodes, book)
        yield f"out({response}) :- not h({nodes[needs]}). lead({response}) :- not out({response}), not stopped"
        yield "".join(f", not behind({response},{rival})" for rival in responses if rival != response) + "."
        for rival in responses:
            gains = [(i, g.units(c).get(response, 0) - g.units(c).get(rival, 0), c) for i, (g, c) in enumerate(clauses)]
            sums = "; ".join(f"{gain},{i} : h({nodes[c.condition]})" for i, gain, c in gains)
            least = book.start.get(rival, 0) - book.start.get(response, 0)
            yield f"behind({response},{rival}) :- not out({rival}), #sum {{ {sums} }} < {least}."
    yield "#show lead/1."


def _nodes(condition: Condition, nodes: dict[Condition, int], book: Rulebook) -> Iterator[str]:
    """`h(i)` holds where node i of the conditions' trees does."""
    if condition in nodes:
        return
    inner = (
        () if isinstance(condition, Among) else (condition.inner,) if isinstance(condition, Not) else condition.inner
    )
    for each in inner:
        yield from _nodes(each, nodes, book)
    node = nodes[condition] = len(nodes)
    parts = [f"h({nodes[each]})" for each in inner]
    if isinstance(condition, Among):
        codes = [code for code in range(book.sizes[condition.position]) if condition.mask >> code & 1]
        yield from (f"h({node}) :- is({condition.position},{code})." for code in codes)
    elif isinstance(condition, Not):
        yield f"h({node}) :- not {parts[0]}."
    elif isinstance(condition, All):
        yield f"h({node}) :- {', '.join(parts) or '#true'}."
    else:
        yield from (f"h({node}) :- {part}." for part in parts)
