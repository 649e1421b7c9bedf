"""Bring your own instrument: a small file, read strictly; and what a rating on it says."""

from __future__ import annotations

import json
import math
import re
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poise.relationship import Instrument, Item, Unclear, read_instrument
from poise.relationship.instruments import reading

from .scales import HOW_SOLID, SHIPPED

LONG = """\
instrument: 1
id: long_scale
title: Twelve questions
licence: by permission of its owner
notice: "(c) its owner"
reliability: 0.93
source: a manual
better: lower
total: mean
mean: 2.1
sd: 0.7
items:
  "1.0": {from: 1, to: 5, step: 1}
  "2.0": {from: 1, to: 5, step: 1, reversed: yes}
  q3: {from: 1, to: 5, step: 1}
"""


def test_the_one_that_comes_with_poise_is_free_and_says_that_nobody_studied_it() -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert HOW_SOLID.licence == "CC0-1.0"
    assert (HOW_SOLID.low, HOW_SOLID.high, HOW_SOLID.step) == (0, 10, 1)
    assert (HOW_SOLID.mean, HOW_SOLID.sd) == (None, None)
    assert "not validated" in text
    assert "no study has measured it" in HOW_SOLID.source


def test_every_field_is_read() -> None:
    found = read_instrument("long.yaml", LONG)
    items = (Item("1.0", 1, 5, 1), Item("2.0", 1, 5, 1, reversed=True), Item("q3", 1, 5, 1))
    assert found == Instrument(
        "long_scale", "Twelve questions", items, 0.93, "by permission of its owner", "(c) its owner",
        "lower", "mean", 2.1, 0.7, "a manual",
    )  # fmt: skip


def test_json_is_read_as_well() -> None:
    items = {"a": {"from": 0, "to": 1.5e1, "step": 0.5, "reversed": "no"}}
    made = {"instrument": 1, "id": "a", "title": "A", "licence": "CC0-1.0", "reliability": 0.8, "items": items}
    assert read_instrument("a.json", json.dumps(made)).items == (Item("a", 0, 15, 0.5),)


def test_the_fields_it_knows_are_those_its_page_names() -> None:
    described = str(reading.__doc__)
    assert all(re.search(rf"^    ({name}|.*, {name}|{name}, .*):", described, re.MULTILINE) for name in reading.FIELDS)
    assert all(f"{name}:" in described for name in reading.ITEM_FIELDS)


def changed(old: str, new: str) -> str:
    assert old in LONG
    return LONG.replace(old, new)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            changed("reliability:", "reliabilty:"),
            "m.yaml:6: an instrument has no `reliabilty`\n  did you mean `reliability`?",
        ),
        (changed("instrument: 1", "instrument: 2"), "m.yaml:1: this format is not known"),
        (changed("id: long_scale", "id: long scale"), "m.yaml:2: `long scale` is not one word"),
        (changed("title: Twelve questions", "title: "), "m.yaml:3: `title` is empty"),
        (
            changed("title: Twelve questions", "title: {a: b}"),
            "m.yaml:3: `title` is a line of text, and a table stands here",
        ),
        (changed('notice: "(c) its owner"\n', ""), "m.yaml:1: there is no `notice`"),
        (
            changed("reliability: 0.93", "reliability: 1.0"),
            "m.yaml:6: `reliability` is `1.0`\n  it is a number from 0.1 to 0.99",
        ),
        (changed("reliability: 0.93", "reliability: nan"), "m.yaml:6: `reliability` is `nan`"),
        (changed("reliability: 0.93", "reliability: .inf"), "m.yaml:6: `reliability` is `.inf`"),
        (changed("better: lower", "better: left"), "m.yaml:8: `better` is `left`\n  it can be `higher` or `lower`"),
        (changed("mean: 2.1\n", ""), "m.yaml:10: `sd` stands alone"),
        (changed("mean: 2.1", "mean: 7"), "m.yaml:10: `mean` is `7`\n  it is a number from 1 to 5"),
        (changed("sd: 0.7", "sd: 0"), "m.yaml:11: `sd` is `0`"),
        (
            changed("q3: {from: 1, to: 5, step: 1}", "q3: {from: 5, to: 1, step: 1}"),
            "m.yaml:15: item `q3` runs from 5 to 1",
        ),
        (changed("q3: {from: 1, to: 5, step: 1}", "q3: {from: 1, step: 1}"), "m.yaml:15: item `q3` has no `to`"),
        (
            changed("q3: {from: 1, to: 5, step: 1}", "q3: {from: 1, to: 5, step: 3}"),
            "m.yaml:15: steps of 3 do not lead from 1 to 5",
        ),
        (changed("q3: {from: 1, to: 5, step: 1}", "q3: {from: 1, to: 1e9}"), "m.yaml:15: `to` is `1e9`"),
        (changed("q3: {from: 1, to: 5, step: 1}", "q3: 5"), "m.yaml:15: item `q3` has no `from` and `to`"),
        (
            changed("q3: {from: 1, to: 5, step: 1}", "q3: {from: 1, to: 5, text: hm}"),
            "m.yaml:15: an item has no `text`",
        ),
        (changed("q3:", "q 3:"), "m.yaml:15: `q 3` is no name for an item"),
        (changed("q3:", '"1.0":'), "m.yaml:15: `1.0` stands here a second time"),
        (changed("source: a manual", "source: [a]"), "m.yaml:7: a list stands here"),
        (changed("source: a manual", "source: &x a"), "m.yaml:7: `&`, `*` and `!` mean something else"),
        (
            changed("source: a manual", "source: !!python/name:os.system x"),
            "m.yaml:7: `&`, `*` and `!` mean something else",
        ),
        (changed("source: a manual", 'source: "a'), "m.yaml:"),
        (changed("source: a manual", "source: {a: {b: {c: {d: e}}}}"), "m.yaml:7: tables stand in tables in tables"),
        (changed("source: a manual", "{a: b}: c"), "m.yaml:7: "),
        (LONG + "---\na: b\n", "m.yaml:16: a second instrument begins here"),
        (LONG.split("items:", maxsplit=1)[0] + "items: {}\n", "m.yaml:12: `items` has no items"),
        ("", "m.yaml:1: this file is no table"),
        ("just words", "m.yaml:1: this file is no table"),
        ("a\x00b", "m.yaml:1: "),
        (b"\xff\xfe\x00", "m.yaml:1: this file is not UTF-8 text"),
        ("[" * 50_000, "m.yaml:1: "),
        ("x" * 100_001, "m.yaml:1: this file is larger than any instrument"),
    ],
)
def test_what_cannot_be_read_is_said_once_with_its_place(text: str | bytes, said: str) -> None:
    with pytest.raises(Unclear) as caught:
        read_instrument("m.yaml", text)
    assert str(caught.value).startswith(said)
    assert len(caught.value.problems) == 1


def test_all_mistakes_come_at_once() -> None:
    with pytest.raises(Unclear) as caught:
        read_instrument("m.yaml", changed("sd: 0.7", "sdd: 0.7").replace("lower", "down").replace("0.93", "2"))
    assert [problem.place for problem in caught.value.problems] == ["m.yaml:11", "m.yaml:8", "m.yaml:6", "m.yaml:10"]


@given(st.text(max_size=200) | st.binary(max_size=200))
def test_any_file_is_read_or_refused_in_words(text: str | bytes) -> None:
    with pytest.raises(Unclear):
        read_instrument("m.yaml", text)


@given(st.data())
def test_a_damaged_file_is_read_or_refused_in_words(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(LONG)))
    damaged = LONG[:start] + data.draw(st.text(max_size=5)) + LONG[data.draw(st.integers(start, len(LONG))) :]
    with suppress(Unclear):
        assert read_instrument("m.yaml", damaged).items


@pytest.mark.parametrize(
    "wrong",
    [
        {"reliability": 0.0},
        {"reliability": math.nan},
        {"items": ()},
        {"items": (Item("a", 0, 1), Item("a", 0, 1))},
        {"items": (Item("a", 1, 1),)},
        {"items": (Item("a", 0, math.inf),)},
        {"items": (Item("a", 0, 1, -1),)},
        {"better": "more"},
        {"mean": 5.0},
        {"mean": 5.0, "sd": 0.0},
    ],
)
def test_an_instrument_made_by_hand_is_held_to_the_same(wrong: dict[str, object]) -> None:
    with pytest.raises(Unclear):
        replace(HOW_SOLID, **wrong)  # type: ignore[arg-type]


# Ratings


def test_answers_make_a_rating_and_an_unanswered_item_makes_none() -> None:
    scale = read_instrument("long.yaml", LONG)
    assert scale.rating({"1.0": 2, "2.0": 4, "q3": 3}) == pytest.approx((2 + 2 + 3) / 3)
    assert scale.rating({"1.0": 2, "2.0": 4}) is None
    assert scale.rating({"1.0": 2, "2.0": None, "q3": 1}) is None


def test_answers_off_the_scale_or_to_nothing_are_refused() -> None:
    with pytest.raises(Unclear) as caught:
        HOW_SOLID.rating({"solid": 11, "other": 1})
    assert [problem.place for problem in caught.value.problems] == ["`other`", "`solid`"]


def test_zero_is_an_answer_and_not_a_missing_one() -> None:
    assert HOW_SOLID.rating({"solid": 0}) == 0


@pytest.mark.parametrize(("reliability", "noise"), [(0.7, 0.60), (0.93, 0.25)])
def test_noise_follows_from_reliability(reliability: float, noise: float) -> None:
    """The two instruments of the calibration: a single item, and a scale of twelve."""
    assert math.sqrt(replace(HOW_SOLID, reliability=reliability).noise_variance) == pytest.approx(noise, abs=0.005)


def test_one_usual_spread_is_one_spread_of_trust_and_noise() -> None:
    scale = replace(HOW_SOLID, mean=6.0, sd=2.0)
    apart = scale.rated(8.0).at - scale.rated(6.0).at
    assert apart**2 == pytest.approx(0.85 + scale.noise_variance)
    assert scale.rated(6.0).at == 0


def test_the_ends_hold_half_a_step_more_and_everything_beyond() -> None:
    top, bottom, middle = (HOW_SOLID.rated(rating) for rating in (10.0, 0.0, 5.0))
    assert (top.end, bottom.end, middle.end) == (1, -1, 0)
    assert (top.at, bottom.at, middle.at) == pytest.approx((2.25, -2.25, 0))


def test_where_lower_is_better_the_bottom_is_the_top() -> None:
    down = replace(HOW_SOLID, better="lower")
    for rating in range(11):
        assert down.rated(10.0 - rating) == HOW_SOLID.rated(float(rating))
