"""The reference is whole: every command, option, field, kind of mistake and limit is on its page, and no other."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import pytest

import poise
from poise.cli import COMMANDS, module_of
from poise.rulebook import guideline, labels, rulebook
from poise.rulebook.mistake import KINDS
from poise.rulebook.reading import conditions
from poise.rulebook.reading.sheet import FIELDS, RESERVED, SECTIONS
from poise.weighing.record import record
from poise.weighing.telling.told import SAFETY

from .pages import ROOT, blocks, rows, under

LANGUAGE, COMMAND_PAGE = ROOT / "docs" / "language.md", ROOT / "docs" / "commands.md"
SOURCE = ROOT / "src" / "poise"
HEADINGS = {
    "response": "Responses",
    "consideration": "Considerations",
    "guideline": "Guidelines",
    "clause": "Clauses",
    "bound": "Bounds",
    "case": "Cases",
}
"""Where each kind of entry has its table of fields."""


# The language


def test_every_part_of_a_book_is_described() -> None:
    assert set(rows(under(LANGUAGE, "The parts of a book"))) == set(SECTIONS)


def test_every_kind_of_entry_has_a_table_of_fields() -> None:
    assert HEADINGS.keys() == FIELDS.keys()


@pytest.mark.parametrize("kind", FIELDS)
def test_every_field_is_described(kind: str) -> None:
    assert set(rows(under(LANGUAGE, HEADINGS[kind]))) == set(FIELDS[kind])


def test_every_kind_of_mistake_is_described_with_the_way_out() -> None:
    listed = rows(under(LANGUAGE, "Mistakes"))
    assert set(listed) == set(KINDS)
    assert all(all(cells) for cells in listed.values())


def test_the_grammar_is_the_one_that_is_read() -> None:
    shown = next(block.lines for block in blocks(LANGUAGE) if block.language == "text")
    docstring = (conditions.__doc__ or "").splitlines()
    assert [line.strip() for line in shown] == [
        line.strip() for line in docstring if line.strip() in map(str.strip, shown)
    ]


def test_every_word_a_field_can_hold_is_named() -> None:
    page = LANGUAGE.read_text(encoding="utf-8")
    words = [*guideline.DEGREES, *guideline.WHEN, *guideline.HEARD_BY, *guideline.FAMILIES, *guideline.GRIPS]
    for word in [*words, *guideline.STRENGTHS, *guideline.LISTS, *RESERVED]:
        assert f"`{word}`" in page


def test_every_name_that_poise_knows_is_named() -> None:
    known = {rulebook.WHO_WAS_HIT, rulebook.ME, rulebook.SOMEONE_HERE, rulebook.IN_CHARGE, SAFETY}
    known |= {guideline.LET_BE, guideline.NOTHING_MORE, guideline.STEP_AWAY, guideline.CARDINAL, guideline.START}
    assert known <= set(rows(under(LANGUAGE, "Names that Poise knows")))


def test_everything_that_can_be_labelled_is_named() -> None:
    listed = rows(under(LANGUAGE, "Other languages"))
    assert set(listed) == {*labels.TITLES, *labels.FIELDS}
    for part, fields in labels.FIELDS.items():
        assert set(re.findall(r"`(\w+)`", listed[part][0])) == set(fields)


NOT_ABOUT_WORDS = ("MOST_TRAPS", "MOST_LOOKS")
"""How long reading goes on, not how much can be written."""


def test_every_limit_on_what_is_written_is_named() -> None:
    page = "\n".join(under(LANGUAGE, "Limits")).replace("1 MB", "1,000,000")
    for name, value in _limits(SOURCE / "rulebook" / "reading"):
        assert name in NOT_ABOUT_WORDS or re.search(rf"\| {value:,} \|", page), f"{name} = {value} is on no row"


def _limits(*paths: Path) -> Iterator[tuple[str, int]]:
    """Every MOST_… with a number in these files."""
    for file in [file for path in paths for file in ([path] if path.is_file() else sorted(path.glob("*.py")))]:
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                target = node.targets[0]
                if isinstance(target, ast.Name) and target.id.startswith("MOST_"):
                    assert isinstance(node.value.value, int)
                    yield target.id, node.value.value


# The commands


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_is_described(name: str) -> None:
    module: ModuleType = importlib.import_module(f"poise.cli.{module_of(name)}")
    command: click.Command = module.command
    options = {max(param.opts, key=len) for param in command.params if isinstance(param, click.Option)}
    listed = rows(under(COMMAND_PAGE, f"poise {name}"))
    assert {option for option in listed if option.startswith("-")} == options | {"--help"}


def test_every_option_of_a_command_of_a_group_is_described() -> None:
    commands = [importlib.import_module(f"poise.cli.{module_of(name)}").command for name in COMMANDS]
    groups = [command for command in commands if isinstance(command, click.Group)]
    assert groups
    for group in groups:
        for name in group.list_commands(click.Context(group)):
            command = group.get_command(click.Context(group), name)
            assert command
            options = {max(param.opts, key=len) for param in command.params if isinstance(param, click.Option)}
            listed = rows(under(COMMAND_PAGE, f"poise {group.name} {name}"))
            assert {option for option in listed if option.startswith("-")} == options | {"--help"}, name


def test_every_finding_is_named() -> None:
    page = COMMAND_PAGE.read_text(encoding="utf-8")
    found = [kind for file in (SOURCE / "examining").rglob("*.py") for kind in _findings(file)]
    assert found
    assert all(f"`{kind}`" in page for kind in found)


def _findings(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Finding"
        if called and isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            yield str(node.args[0].value)


def test_every_field_of_the_json_of_a_weighing_is_described() -> None:
    book = poise.read("among_friends")
    moments = [
        poise.Moment(book),
        poise.Moment(book, risk="serious_soon"),
        poise.Moment(book, safety="not_safe", trust={"new": 0.5, "deep": 0.5}),
        poise.Moment(book, whose="mine", harm="stings"),
        poise.Moment(book, who_was_hit="me", pattern="keeps_on", harm="cruel"),
    ]
    found = {path for moment in moments for path in _paths(record(poise.weigh(book, moment)))}
    assert found == set(rows(under(COMMAND_PAGE, "The JSON of poise weigh")))


OF_NAMES = ("moment", "bound", "applies", "pair", "turns[].changes")
"""What holds names of the book's own, or is described in one row."""


def _paths(value: Any, path: str = "") -> Iterator[str]:
    """Every path in a JSON value, the three lists written as one below their own rows."""
    if path:
        yield path
    if isinstance(value, dict) and path not in OF_NAMES:
        for key, inner in value.items():
            below = "toward" if path in guideline.LISTS else path
            yield from _paths(inner, f"{below}.{key}" if path else key)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for inner in value:
            yield from (each for each in _paths(inner, f"{path}[]") if each != f"{path}[]")
