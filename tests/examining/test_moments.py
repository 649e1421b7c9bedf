"""Moments that lead otherwise by another book are exactly those, and what makes the difference adds up."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import given, note

import poise
from poise import Moment, weigh
from poise.examining.compare import compare
from poise.examining.moments import otherwise
from poise.rulebook.reading import read

from ..weighing.invented import CHANCES, book_of
from .everything import Everything
from .test_compare import changed, leads


@given(chance=CHANCES)
def test_exactly_the_moments_that_lead_otherwise_are_named(chance: Random) -> None:
    everything = Everything(book_of(chance))
    other = changed(chance, everything.invented)
    old, new = everything.book, read("changed", other.text)
    note(f"{everything.invented.text}---\n{other.text}")
    moments = [(answers, whose) for answers, _ in everything.known for whose in ("theirs", "mine")]
    found = {(each.number, each.list): each for each in otherwise(old, new, moments)}
    lists = ("theirs", ("toward", "beside")), ("mine", ("mine",))
    for number, (answers, whose) in enumerate(moments):
        before, after = leads(old, answers), leads(new, answers)
        for name in dict(lists)[whose]:
            differs = before.get(name, ()) != after.get(name, ())
            assert ((number, name) in found) == differs
            if differs:
                each = found[number, name]
                assert (each.before, each.after) == (before.get(name, ()), after.get(name, ()))
                if each.reasons:
                    assert sum(reason.score for reason in each.reasons) == gained(old, new, answers, whose, name)


def gained(old: poise.Rulebook, new: poise.Rulebook, answers: dict[str, str], whose: str, name: str) -> int:
    """By how much what is new in the lead has gained on what is gone from it."""
    one, two = ({each.list: each for each in weigh(b, Moment(b, whose, **answers)).leanings}[name] for b in (old, new))
    gone = next((r for r in one.lead if r not in two.lead), one.lead[0])
    come = next((r for r in two.lead if r not in one.lead), two.lead[0])
    return two[come].score - two[gone].score - (one[come].score - one[gone].score)


def test_what_makes_the_difference_is_the_guideline_that_was_changed() -> None:
    old = poise.read("among_friends")
    short = old.guidelines["short_sorry"]
    new = replace(old, guidelines={**old.guidelines, "short_sorry": short._replace(weight=0.0)})
    answers = next(change for change in compare(old, new).changes if change.list == "mine").moment.answers
    lead = weigh(old, Moment(old, "mine", **answers))
    (found,) = otherwise(old, new, [({"harm": "stings"}, "theirs"), (answers, "mine")])
    assert (found.number, found.list, found.left_out) == (1, "mine", ())
    assert lead.mine is not None
    assert found.before == lead.mine.lead != found.after
    assert [reason.guideline for reason in found.reasons] == ["short_sorry"]


BOOK = """
poise: 1
title: Small
responses: {{toward: {{wait: {{say: Wait}}, speak: {{say: Speak}}, step_away: {{say: Go}}}}}}
considerations:
  harm: {{ask: How bad, answers: {answers}}}
start: {{speak: pull}}
bounds:
{bounds}
"""
LETS, STOPS = "  b: {when: harm == bad, never: [speak], say: B}", "  b: {when: harm == bad, instead: Stop here}"


def test_a_bound_that_takes_out_what_led_or_replaces_the_weighing_is_named() -> None:
    free = read("free", BOOK.format(answers="slip < bad", bounds="").replace("bounds:\n\n", ""))
    for bounds, after in ((LETS, ("wait", "step_away")), (STOPS, ())):
        bound = read("bound", BOOK.format(answers="slip < bad", bounds=bounds))
        (there,) = otherwise(free, bound, [({"harm": "bad"}, "theirs"), ({"harm": "slip"}, "theirs")])
        (back,) = otherwise(bound, free, [({"harm": "bad"}, "theirs")])
        assert (there.before, there.after, there.bound, there.reasons) == (("speak",), after, "b", ())
        assert (back.before, back.after, back.bound) == (after, ("speak",), "b")


def test_what_a_book_does_not_ask_is_left_out_and_said() -> None:
    old = read("old", BOOK.format(answers="slip < bad", bounds=LETS))
    new = read("new", BOOK.format(answers="slip < hurts", bounds=LETS.replace("bad", "hurts")))
    (found,) = otherwise(old, new, [({"harm": "bad", "place": "home"}, "theirs")])
    assert found.left_out == ("harm", "place")
    assert (found.before, found.after) == (("wait", "step_away"), ("speak",))
