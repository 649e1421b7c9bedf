"""Promises hold exactly where no situation breaks them, and a refutation answers as little as can be."""

from __future__ import annotations

from random import Random
from time import perf_counter

import pytest
from hypothesis import given, note

import poise
from poise.examining import solver
from poise.examining.promises import HOLDS, NOT_SETTLED, REFUTED, prove, prove_all
from poise.rulebook.reading import read
from poise.shelf import STARTERS

from ..weighing.invented import CHANCES, book_of, condition, told
from .everything import Everything


def promised(chance: Random, everything: Everything) -> tuple[str, list[str], frozenset[int]]:
    """A promise about an invented book: its text, its responses, and the full situations in which it speaks."""
    invented = everything.invented
    every = [response for responses in invented.responses.values() for response in responses]
    responses = chance.sample(every, chance.randint(1, 2))
    said = condition(chance, invented.questions, invented.terms) if chance.random() < 0.8 else None
    when = f" when {told(said)}" if said else ""
    speaks = everything.oracle.so(said) if said else frozenset(range(len(everything.oracle.situations)))
    return f"never {' or '.join(responses)} first{when}", responses, speaks


@given(chance=CHANCES)
def test_a_proof_is_what_weighing_every_situation_says(chance: Random) -> None:
    everything = Everything(book_of(chance))
    text, responses, speaks = promised(chance, everything)
    note(f"{everything.invented.text}{text}")
    broken = [
        given
        for given, left, leads in everything.leads()
        if left <= speaks and any(response in lead for lead in leads.values() for response in responses)
    ]
    proof = prove(everything.book, text)
    assert proof.state == (REFUTED if broken else HOLDS)
    assert proof.never_met == (not broken and not (speaks & _weighed(everything)))
    if proof.witness:
        assert proof.fewest
        assert len(proof.witness.answers) == min(map(len, broken))
        assert proof.witness.answers in [given for given in broken if len(given) == len(proof.witness.answers)]
        assert proof.response in responses
        leanings = poise.weigh(everything.book, proof.witness).leanings
        assert any(proof.response in leaning.lead for leaning in leanings)


def _weighed(everything: Everything) -> frozenset[int]:
    """The full situations that can be and that no bound replaces."""
    oracle = everything.oracle
    replaced = [oracle.when(limit.so) for limit in everything.invented.limits if not limit.never]
    return oracle.possible.difference(*replaced)


@pytest.mark.parametrize("name", STARTERS)
def test_the_starter_books_keep_their_promises(name: str) -> None:
    book = poise.read(name)
    proofs = prove_all(book)
    assert len(proofs) == len(book.promises) >= 5
    assert [proof.promise.text for proof in proofs if not proof] == []
    assert not any(proof.never_met for proof in proofs)


WORTH_PROMISING = [
    "never let_be first when badly_hurt_here and safety == safe and they_want == back_me_up and livelihood == no_risk",
    "never nothing_more first when safety == not_safe",
    "never say_it_now first when they_want == leave_it and who_was_hit != me",
    "never say_it_now or set_limit or mark_it or gentle_now or ask or call_in_later first when safety == not_safe",
]


@pytest.mark.parametrize("promise", WORTH_PROMISING)
@pytest.mark.parametrize("name", STARTERS)
def test_what_is_worth_promising_holds_in_every_starter_book(name: str, promise: str) -> None:
    assert prove(poise.read(name), promise)


def test_a_promise_is_proved_quickly() -> None:
    times = []
    for book in map(poise.read, STARTERS):
        for promise in book.promises:
            start = perf_counter()
            assert prove(book, promise)
            times.append(perf_counter() - start)
    assert sorted(times)[len(times) // 2] < 0.5


def test_unanswered_is_not_no() -> None:
    """`not in` speaks only once it is answered: so a promise with it is not broken while it is open."""
    book = poise.read("among_friends")
    proof = prove(book, "never let_be first when harm == slip and they_want not in (leave_it, handling_it)")
    assert proof.witness
    assert proof.witness.answers["they_want"] == "back_me_up"


def test_what_breaks_a_promise_can_be_weighed_and_cannot_be_shorter() -> None:
    book = poise.read("among_friends")
    proof = prove(book, "never say_it_now first when they_want == leave_it")
    assert proof.state == REFUTED
    assert proof.witness
    assert proof.fewest
    for name in proof.witness.answers:
        shorter = poise.weigh(book, proof.witness.changed(book, **{name: None}))
        lead = shorter.toward.lead if shorter.toward else ()
        assert name == "they_want" or "say_it_now" not in lead


def test_a_promise_of_the_list_for_my_own_slips_is_looked_at_there() -> None:
    proof = prove(poise.read("among_friends"), "never own_it_now first when harm > stings")
    assert proof.witness
    assert proof.witness.whose == "mine"


def test_a_promise_that_speaks_of_what_cannot_be_holds_and_says_so() -> None:
    proof = prove(poise.read("among_friends"), "never let_be first when harm == cruel and harm == slip")
    assert proof.state == HOLDS
    assert proof.never_met


def test_what_is_replaced_by_a_bound_breaks_no_promise() -> None:
    assert prove(poise.read("among_friends"), "never let_be first when risk == serious_soon").never_met


def test_a_search_cut_short_is_not_settled_and_never_a_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "installed", lambda: False)
    book = poise.read("in_the_room")
    hard = next(p for p in book.promises if "back_me_up" in p.text)
    proof = prove(book, hard, most_states=50)
    assert (proof.state, proof.witness) == (NOT_SETTLED, None)
    assert not proof
    assert prove(book, hard)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("never let_bee first", "did you mean `let_be`?"),
        ("never let_be first when harn == cruel", "did you mean `harm`?"),
        ("never let_be first when harm == cruell", "did you mean `cruel`?"),
        ("let_be is never first", "a promise reads like"),
        ("never or first", "a promise reads like"),
        ("never let_be first when", "a promise reads like"),
        ("never let_be first when harm ==", "stops where"),
    ],
)
def test_a_promise_that_cannot_be_understood_says_where(text: str, near: str) -> None:
    with pytest.raises(poise.Mistakes, match="Nothing was proved") as found:
        prove(poise.read("among_friends"), text)
    assert near in str(found.value)


def test_a_list_of_one_response_leads_whenever_it_is_weighed() -> None:
    book = read("one", "poise: 1\ntitle: One\nresponses: {toward: {wait: {say: Wait}}}\n")
    assert prove(book, "never wait first").state == REFUTED


def test_the_shortest_refutation_may_answer_nothing_at_all() -> None:
    book = read("two", "poise: 1\ntitle: Two\nresponses: {toward: {wait: {say: Wait}, speak: {say: Speak}}}\n")
    proof = prove(book, "never wait first")
    assert proof.witness
    assert proof.witness.answers == {}
