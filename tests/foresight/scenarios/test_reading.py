"""A grid as it is written down; every slip is told with its place."""

from __future__ import annotations

import dataclasses
import json
from itertools import chain, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poise.foresight import SWITCHES, World, switched
from poise.foresight.grid import COARSE, FINE
from poise.foresight.parameters import Assumptions, Setting, Values
from poise.foresight.scenarios import Book, Scenarios, read_scenarios
from poise.foresight.scenarios.asked import LIMITS, SWITCH
from poise.rulebook.mistake import Mistakes
from poise.shelf import flattened

WHOLE = """\
seed: 7
people: 250
policies: [optimum, kindly]
points: coarse
all:
  present: 0.4
  growth: 0.03
  growth_value: 9
axes:
  strain: [0, 0.5, 1.5e0]
  trust_today: {from: 0.1, to: 0.9, steps: 5}
  switch: [as_it_stands, no_growth_of_trust]
  sessions: {from: 10, to: 20, steps: 2}
"""


def test_every_combination_is_a_scenario_and_the_last_axis_changes_fastest() -> None:
    grid = read_scenarios("g.yaml", WHOLE)
    assert len(grid) == 60
    switches = ("as_it_stands", "no_growth_of_trust")
    wanted = list(product((0.0, 0.5, 1.5), (0.1, 0.3, 0.5, 0.7, 0.9), switches, (10, 20)))
    assert [tuple(grid[i].at.values()) for i in range(len(grid))] == wanted
    assert list(grid[0].at) == ["strain", "trust_today", "switch", "sessions"]


def test_a_scenario_is_all_that_was_written_over_what_is_taken_else() -> None:
    grid = read_scenarios("g.yaml", WHOLE)
    one = grid[22]
    assert one.at == {"strain": 0.5, "trust_today": 0.1, "switch": "no_growth_of_trust", "sessions": 10}
    assumptions = Assumptions(strain=0.5, growth=0.0)
    assert one.world == World(assumptions, Values(growth=9.0), Setting(10, present=0.4))
    assert (one.trust, one.energy, one.people, one.seed) == (0.1, 0.9, 250, 7)
    assert (one.policies, one.points, one.number) == (("optimum", "kindly"), COARSE, 22)
    plain = read_scenarios("g.yaml", "axes: {price: [2]}")[0]
    assert (plain.world, plain.trust, plain.policies, plain.points) == (World(price=2.0), 0.5, (), FINE)


def test_json_says_the_same_as_yaml() -> None:
    told = {"all": {"present": 0.4}, "axes": {"strain": [0, 1.5], "seed": [1, 2**62]}, "policies": ["never"]}
    as_yaml = "all: {present: .4}\naxes:\n  strain: [0, 1.5]\n  seed: [1, 4611686018427387904]\npolicies:\n  - never\n"
    assert read_scenarios("g.json", json.dumps(told)) == read_scenarios("g.yaml", as_yaml)
    assert read_scenarios("g.json", json.dumps(told))[3].seed == 2**62


def test_what_changes_a_row_changes_the_digest() -> None:
    texts = [
        WHOLE,
        WHOLE.replace("seed: 7", "seed: 8"),
        WHOLE.replace("0.5, 1.5e0", "1.5, 0.5"),
        WHOLE.replace("optimum, ", ""),
        WHOLE.replace("coarse", "fine"),
        "axes:\n  strain: [0, 1]\n  thin: [0, 0.1]",
        "axes:\n  thin: [0, 0.1]\n  strain: [0, 1]",
    ]
    digests = [read_scenarios("g.yaml", text).digest for text in texts]
    assert len(set(digests)) == len(texts)
    assert read_scenarios("other.yaml", "# a note\n" + WHOLE).digest == digests[0]


@given(st.lists(st.integers(1, 6), min_size=1, max_size=4), st.integers(1, 9))
def test_parts_have_every_scenario_once(sizes: list[int], parts: int) -> None:
    names = ("strain", "thin", "silence", "repair")
    grid = Scenarios(
        axes={name: tuple(float(i) for i in range(size)) for name, size in zip(names, sizes, strict=False)}
    )
    each = [list(grid.part(number + 1, parts)) for number in range(parts)]
    assert sorted(chain.from_iterable(each)) == list(range(len(grid)))
    assert max(map(len, each)) - min(map(len, each)) <= 1


def test_there_is_no_scenario_outside_of_the_grid() -> None:
    grid = Scenarios(axes={"strain": (0.0, 1.0)})
    for number in (-1, 2):
        with pytest.raises(IndexError, match="from 0 to 1"):
            grid[number]


@pytest.mark.parametrize("name", [*LIMITS, SWITCH])
def test_everything_can_be_varied_to_its_ends(name: str) -> None:
    levels = SWITCHES if name == SWITCH else LIMITS[name]
    grid = read_scenarios("g.json", json.dumps({"axes": {name: list(levels)}}))
    assert len({repr(grid[i])[len("Scenario(number=0") :] for i in range(len(grid))}) == len(levels)
    if name == SWITCH:
        assert [grid[i].world for i in range(len(grid))] == [switched(World(), [switch]) for switch in SWITCHES]


SLIPS = [
    (
        "axes: {strian: [1]}",
        (
            "g.yaml:1:8: there is nothing to vary called `strian`\n    axes: {strian: [1]}\n           ^^^^^^\n"
            "  did you mean `strain`?"
        ),
    ),
    (
        "axes:\n  strain: [0, 2.5]\n",
        (
            "g.yaml:2:15: `2.5` is out of what `strain` can be\n      strain: [0, 2.5]\n                  ^^^\n"
            "  `strain` lies from 0 to 2"
        ),
    ),
    (
        "axes: {present: [often]}",
        (
            "g.yaml:1:18: `often` is no number\n    axes: {present: [often]}\n                     ^^^^^\n"
            "  `present` lies from 0 to 1"
        ),
    ),
    (
        "axes: {sessions: [2.5]}",
        (
            "g.yaml:1:19: `sessions` is a whole number\n    axes: {sessions: [2.5]}\n                      ^^^\n"
            "  `sessions` lies from 1 to 200"
        ),
    ),
    (
        "axes: {switch: [no_strian]}",
        (
            "g.yaml:1:17: there is no switch `no_strian`\n    axes: {switch: [no_strian]}\n"
            "                    ^^^^^^^^^\n  did you mean `no_strain`?"
        ),
    ),
    (
        "axes: {strain: [1]}\npolicies: [kind]",
        "g.yaml:2:12: there is no policy `kind`\n    policies: [kind]\n               ^^^^\n  did you mean `kindly`?",
    ),
    (
        "axes: {strain: [1]}\nseeds: 4",
        "g.yaml:2:1: there is no field `seeds`\n    seeds: 4\n    ^^^^^\n  did you mean `seed`?",
    ),
    (
        "axes: {strain: 1}",
        (
            "g.yaml:1:16: `strain` has a list of levels\n    axes: {strain: 1}\n                   ^\n"
            "  for example `[0.2, 0.5, 0.8]`, or `{from: 0.2, to: 0.8, steps: 3}`"
        ),
    ),
    (
        "axes: {strain: {from: 0, to: 1, steps: 1}}",
        (
            "g.yaml:1:40: `steps` is a whole number, two at least\n    axes: {strain: {from: 0, to: 1, steps: 1}}\n"
            "                                           ^\n"
            "  for example `[0.2, 0.5, 0.8]`, or `{from: 0.2, to: 0.8, steps: 3}`"
        ),
    ),
    (
        "seed: 3",
        (
            "g.yaml:1:1: nothing is varied: `axes` is missing\n    seed: 3\n    ^^^^^^^\n"
            "  for example `axes: {strain: [0, 1], trust_today: [0.3, 0.7]}`"
        ),
    ),
    ("", "g.yaml:1:1: this file is empty\n  for example `axes: {strain: [0, 1], trust_today: [0.3, 0.7]}`"),
]


@pytest.mark.parametrize(("text", "said"), SLIPS)
def test_each_slip_is_told_with_its_place_and_the_way_out(text: str, said: str) -> None:
    with pytest.raises(Mistakes) as slips:
        read_scenarios("g.yaml", text)
    assert str(slips.value) == f"{said}\n\nNothing was worked out."


MORE = [
    ("axes: {sessions: {from: 1, to: 2, steps: 3}}", "these steps fall between whole numbers"),
    ("axes: {strain: []}", "is varied, and has no levels"),
    ("axes: {strain: [1, 1.0]}", "a level of `strain` stands twice"),
    ("axes: [strain]", "`axes` holds names, each with what belongs to it"),
    ("all: 3\naxes: {strain: [1]}", "`all` holds names, each with what belongs to it"),
    ("axes: {strain: [[1]]}", "is no number"),
    ("axes: {strain: [nan]}", "is no number"),
    ("axes: {strain: [1e99]}", "is out of what `strain` can be"),
    ("axes: {seed: [9223372036854775808]}", "is out of what `seed` can be"),
    ("axes: {strain: [1]}\npolicies: kindly", "`policies` is a list"),
    ("axes: {strain: [1]}\npoints: many", "this is no number of points"),
    ("seed: 1\nall: {seed: 2}\naxes: {strain: [1]}", "`seed` stands twice"),
    ("axes: {strain: [1]}\naxes: {thin: [0]}", "`axes` stands twice here"),
    ("- strain", "this file is not a table"),
    ("axes: {strain: {from: 0, to: 1, steps: 1001}, thin: {from: 0, to: 0.4, steps: 1000}}", "1,001,000 scenarios"),
]


@pytest.mark.parametrize(("text", "part"), MORE)
def test_what_cannot_be_a_grid_is_refused(text: str, part: str) -> None:
    with pytest.raises(Mistakes) as slips:
        read_scenarios("g.yaml", text)
    assert part in str(slips.value)
    assert "rulebook" not in str(slips.value)


def test_all_slips_are_told_at_once() -> None:
    with pytest.raises(Mistakes) as slips:
        read_scenarios("g.yaml", "people: few\npolicies: [loud]\nall: {energi: 1}\naxes: {strain: [3, 4], thin: [0]}")
    assert [mistake.kind for mistake in slips.value.mistakes] == [
        "bad-number", "unknown-name", "unknown-name", "bad-number", "bad-number"
    ]  # fmt: skip


def test_books_are_tried_at_once_and_kept_as_text() -> None:
    text = "axes: {strain: [1]}\nbooks: {among_friends: {}, in_the_room: {role: clinician}}"
    grid = read_scenarios("g.yaml", text, flattened)
    assert list(grid.books) == ["among_friends", "in_the_room"]
    assert grid.books["in_the_room"] == Book(flattened("in_the_room"), {"role": "clinician"})
    other = read_scenarios("g.yaml", text.replace("{role: clinician}", "{}"), flattened)
    assert other.digest != grid.digest
    changed = dataclasses.replace(grid, books={**grid.books, "among_friends": Book("poise: 1", {})})
    assert changed.digest != grid.digest


@pytest.mark.parametrize(
    ("books", "said"),
    [
        ("{in_the_rom: {}}", "g.yaml:2:9: there is no rulebook `in_the_rom`"),
        ("{in_the_room: {rolle: clinician}}", "g.yaml:2:9: this book does not ask about `rolle`"),
        ("{in_the_room: {role: king}}", "g.yaml:2:9: `role` has no answer `king`"),
        ("{in_the_room: clinician}", "g.yaml:2:22: `in_the_room` holds answers that stay the same"),
        ("{in_the_room: {role: [clinician]}}", "g.yaml:2:22: `in_the_room` holds answers that stay the same"),
        ("{kindly: {}}", "g.yaml:2:9: `kindly` is a policy already"),
        ("in_the_room", "g.yaml:2:8: `books` holds names, each with what belongs to it"),
    ],
)
def test_a_book_that_cannot_be_lived_by_is_named_with_its_place(books: str, said: str) -> None:
    with pytest.raises(Mistakes) as slips:
        read_scenarios("g.yaml", f"axes: {{strain: [1]}}\nbooks: {books}", flattened)
    assert str(slips.value).startswith(said)


def test_where_no_books_are_handed_in_there_are_none() -> None:
    with pytest.raises(Mistakes, match="there is no rulebook `in_the_room`"):
        read_scenarios("g.yaml", "axes: {strain: [1]}\nbooks: {in_the_room: {}}")
