"""A look back on the screen, and as plain data: the same words as on its page."""

from __future__ import annotations

from typing import Any

from ..journal.entries import to_plain
from ..practice import Practice
from ..practice.facts import LookBack
from ..practice.telling import Section, nothing_words, sections, since_words, with_strain
from .screen import styled

FEWER = "a later `--since`"
LOOK_FURTHER = "`--since` looks further back."


def pages(practice: Practice, found: LookBack) -> list[list[str]]:
    """The look back, paragraph by paragraph."""
    told = with_strain(practice.strain_on_me(), sections(practice, found, FEWER))
    shown = [_paragraph(section) for section in told]
    if not shown:
        return [[f"{nothing_words(found)} {LOOK_FURTHER}"]]
    return [[styled(since_words(found), dim=True)], *shown, ["Is there one thing in it that you want to put down?"]]


def _paragraph(section: Section) -> list[str]:
    """A section under its title, what stands beneath a line further in."""
    lines = [line for each in section.lines for line in (each.words, *(f"  {words}" for words in each.beneath))]
    return [styled(section.title, bold=True), *(f"  {line}" for line in lines)]


def described(found: LookBack) -> dict[str, Any]:
    """The same facts as plain data."""
    return {
        "since": found.since.isoformat(),
        "come_back": [{**to_plain(each), "person": person or None} for each, person in found.come_back],
        "moments": [
            {
                **to_plain(seen.moment),
                "person": seen.person or None,
                "reflection": to_plain(seen.reflection) if seen.reflection else None,
            }
            for seen in found.seen
        ],
        "more": found.more,
        "sore": [
            {
                "person": each.person,
                "since": each.since.isoformat() if each.since else None,
                "mended": each.mended.isoformat() if each.mended else None,
            }
            for each in found.sore
        ],
        "silent": [seen.moment.uid for seen in found.silent],
        "spoke": found.spoke,
        "set_aside": {name: {"aside": aside, "of": of} for name, (aside, of) in found.set_aside.items()},
        "let_be": {name: {"let_be": times, "of": of} for name, (times, of) in found.grace.items()},
        "let_be_by_heart": {name: {"let_be": times, "of": of} for name, (times, of) in found.grace_by_heart.items()},
        "check_ins": [to_plain(each) for each in found.check_ins],
        "rests": [to_plain(each) for each in found.rests],
    }
