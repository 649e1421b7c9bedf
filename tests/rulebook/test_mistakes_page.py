"""Every section of `mistakes.md` is tried, and every kind of mistake has one."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import poise
from poise.rulebook.mistake import KINDS, Mistake

from .page import Section, said, sections

SECTIONS = list(sections())
SOURCES = sorted(Path(poise.__file__).parent.rglob("*.py"))
NOT_OURS = re.compile(
    r"\b(YAML|scalar|mapping|sequence|node|token|alias|anchor|None|null|str|int|dict|exception|error|invalid|syntax|parse)s?\b"
)


@pytest.mark.parametrize("section", SECTIONS, ids=[section.kind for section in SECTIONS])
@pytest.mark.usefixtures("composer")
def test_what_is_said_is_what_the_page_says(section: Section) -> None:
    assert section.tried
    for blocks, message in section.tried:
        mistakes = said(section, blocks)
        assert str(mistakes) == message.removesuffix("\n")
        assert {mistake.kind for mistake in mistakes.mistakes} == {section.kind}


def test_every_kind_has_one_section_in_the_order_of_the_registry() -> None:
    assert [section.kind for section in SECTIONS] == list(KINDS)


def test_every_kind_is_used_somewhere() -> None:
    used = {word for source in SOURCES if source.name != "mistake.py" for word in _words(source)}
    assert set(KINDS) - used == set()


def test_a_kind_that_nobody_explained_is_refused() -> None:
    with pytest.raises(ValueError, match="no kind of mistake"):
        Mistake("surprise", "something is odd")


@pytest.mark.parametrize("section", SECTIONS, ids=[section.kind for section in SECTIONS])
def test_messages_are_lower_case_without_full_stop_and_without_words_of_the_trade(section: Section) -> None:
    for blocks, _ in section.tried:
        for mistake in said(section, blocks).mistakes:
            message = re.sub(r"^\S+:( |\d+: )", "", mistake.message)
            for line in (message, mistake.help):
                prose = re.sub(r"`[^`]*`", "", line)
                assert not line.endswith(".")
                assert not NOT_OURS.search(prose), line
                assert line[:1] == line[:1].lower() or line[:1] == "`"


@pytest.mark.parametrize("section", SECTIONS, ids=[section.kind for section in SECTIONS])
def test_nearly_every_message_says_the_way_out(section: Section) -> None:
    for blocks, _ in section.tried:
        for mistake in said(section, blocks).mistakes:
            assert mistake.help or section.kind == "bad-whose"


def _words(source: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
