"""`poise foresee`: now, or later, and at whose cost."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from .own import AnyCommand, of_home

if TYPE_CHECKING:
    from ..journal.entries import KeptMoment, Person
    from ..practice import Practice
    from ..weighing.moment import Answer

UNKNOWN = "?"
"""What stands for “I don't know”."""
TAKES_A_WHILE = "Looking through 400 sets of assumptions. It takes some seconds."


def _slider(name: str, help: str) -> Callable[[AnyCommand], AnyCommand]:
    return click.option(f"--{name}", metavar="NUMBER", help=help)


@click.command("foresee")
@click.argument("words", nargs=-1, metavar="[MOMENT|PERSON] [NAME=ANSWER]...")
@_slider("strain", "How much confronting strains people, from 0 to 2; 1 where you do not say.")
@_slider("growth", "How fast trust grows by itself, from 0 to 0.15; 0.06 where you do not say.")
@_slider("silence", "How much trust silence costs in front of those it hits, from 0 to 0.25.")
@_slider("harm", "How much harm to those it hits weighs for you, from 0 to 5: a value, never data.")
@_slider("meetings", "Meetings to come, this one included, from 1 to 40.")
@_slider("load", "How scarce your energy is, from 0 to 8.")
@click.option("--suppose", multiple=True, metavar="SWITCH", help="Take something away that the idea rests on.")
@click.option("--book", default="", metavar="NAME", help="One of your books, where it is not the one in use.")
@click.option("--json", "as_json", is_flag=True, help="Print it as a JSON object, with the numbers.")
@of_home
def command(  # noqa: PLR0913, PLR0917
    words: tuple[str, ...],
    strain: str | None,
    growth: str | None,
    silence: str | None,
    harm: str | None,
    meetings: str | None,
    load: str | None,
    suppose: tuple[str, ...],
    book: str,
    as_json: bool,
    home: str | None,
) -> int:
    """Play through speaking to it now, or later: a kept MOMENT (its uid), or a PERSON and what is the case.

    A PERSON alone stands for the last moment with them. `NAME=?` says that you don't know. It shows what would follow
    if people were as is assumed, over 400 sets of assumptions. It is not offered to somebody who was hit, nor under a
    bound, and keeps nothing.
    """
    from ..practice.foreseeing.sliders import chosen
    from .foreseeing import described, not_offered, pages
    from .own import open_practice
    from .screen import say, say_json

    numbers = {"strain": strain, "growth": growth, "silence": silence}
    numbers |= {"harm": harm, "meetings": meetings, "load": load}
    chosen(numbers, suppose)  # what cannot be is said before a passphrase is asked for
    with open_practice(home) as practice:
        about, answers = _about(practice, words)
        passed = [name for name, answer in answers.items() if answer == UNKNOWN]
        given: dict[str, Answer | None] = {name: a for name, a in answers.items() if a != UNKNOWN}
        if sys.stderr.isatty():
            click.echo(TAKES_A_WHILE, err=True)
        found = practice.foresee(about, sliders=numbers, off=suppose, passed=passed, book=book, **given)
        if as_json:
            say_json(described(found))
        else:
            say(not_offered(practice, about, given, passed, book) if isinstance(found, tuple) else pages(found))
    return 0


def _about(practice: Practice, words: tuple[str, ...]) -> tuple[KeptMoment | Person | None, dict[str, Answer]]:
    """What is looked at, and what is said of it. Raises NotThere or Mistakes."""
    from .answers import answers_of

    named = words[0] if words and "=" not in words[0] else ""
    return (_named(practice, named) if named else None), answers_of(words[1:] if named else words)


def _named(practice: Practice, named: str) -> KeptMoment | Person:
    """Somebody by nickname, or a moment by its uid. Raises NotThere."""
    from ..journal.trouble import NotThere
    from ..rulebook.mistake import clipped

    for find in (practice.person, practice.moment):
        try:
            return find(named)
        except NotThere:
            continue
    message = f"there is nobody called `{clipped(named)}` in the journal, and no moment of that uid"
    raise NotThere(message, "`poise people` lists people; `poise search --json` prints the `uid` of moments")
