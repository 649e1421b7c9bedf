"""`poise come-back`: what I wanted to come back to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .own import of_home

if TYPE_CHECKING:
    from ..journal.entries import FollowUp
    from ..practice import Practice

EMPTY = "You wanted to come back to nothing, for now. `poise come-back --add` keeps something."
WHICH = "Which one have you come back to?"
WHAT = "What do you want to come back to, or what are you waiting for? In your words."
DAY = "Which day? Enter leaves it open."


@click.command("come-back")
@click.option("--add", is_flag=True, help="Keep something to come back to; it asks for it.")
@click.option("--day", metavar="DAY", help="The day, for example friday, in 2 weeks or 2026-03-10.")
@click.option("--person", metavar="NICKNAME", help="With whom.")
@click.option("--moment", "uid", metavar="UID", help="About this moment.")
@click.option("--done", is_flag=True, help="Choose one that you came back to.")
@click.option("--all", "every", is_flag=True, help="List those that are done as well.")
@click.option("--json", "as_json", is_flag=True, help="Print them, or what was kept, as a JSON list.")
@of_home
def command(  # noqa: PLR0913, PLR0917
    add: bool,
    day: str | None,
    person: str | None,
    uid: str | None,
    done: bool,
    every: bool,
    as_json: bool,
    home: str | None,
) -> int:
    """List what you wanted to come back to, the nearest day first."""
    from ..journal.entries import to_plain
    from .own import open_practice
    from .screen import say_json

    if as_json and done:
        raise click.UsageError("with `--json` it does not ask: choose which one without it")
    with open_practice(home) as practice:
        if add or day or uid:
            found = [_added(practice, day, person, uid, ask=not as_json)]
            say_json([to_plain(each) for each in found]) if as_json else _say(practice, found)
            return 0
        found = practice.to_come_back(person, every)
        if done:
            _choose_done(practice, found)
        elif as_json:
            say_json([to_plain(each) for each in found])
        else:
            _say(practice, found)
    return 0


def _added(practice: Practice, day: str | None, person: str | None, uid: str | None, ask: bool) -> FollowUp:
    from contextlib import suppress
    from datetime import date

    from .questions import Enough, Questions
    from .reflecting import typed_day
    from .when import TO_COME, day_to_come

    due = typed_day(practice, day) if day else None
    questions, today = Questions(), practice.journal.now().date()

    def understood(typed: str) -> str | None:
        found = day_to_come(typed, today)
        return found.isoformat() if found and found >= today else None

    with suppress(Enough):
        if ask:
            questions.line("waiting_for", WHAT)
        if ask and due is None:
            due_on = questions.line("due_on", DAY, f"A day, {TO_COME}.", understood)
            due = date.fromisoformat(due_on) if due_on else None
    moment = practice.moment(uid) if uid else None
    whom = person or practice.nicknames().get(moment.person_id or 0) if moment else person
    return practice.come_back(moment, person=whom, due_on=due, waiting_for=questions.said.get("waiting_for", ""))


def _choose_done(practice: Practice, found: list[FollowUp]) -> None:
    from contextlib import suppress

    from .questions import Enough, Questions
    from .screen import say

    people = practice.nicknames()
    lines = {each.uid: words(each, people) for each in found}
    chosen = None
    with suppress(Enough):
        chosen = Questions().choose("which", WHICH, lines, "Enter is none.") if lines else None
    for each in found:
        if each.uid == chosen:
            practice.came_back(each)
            say([["", "Kept: you came back to it. `poise reflect` asks how it went."]])
            return
    say([["", "Nothing was changed." if lines else EMPTY]])


def _say(practice: Practice, found: list[FollowUp]) -> None:
    from .screen import say

    people = practice.nicknames()
    say([[words(each, people) for each in found] or [EMPTY]])


def words(each: FollowUp, people: dict[int, str]) -> str:
    """`13 March 2026 · with Sam · waiting for: a walk together`."""
    from ..practice.telling import come_back_words

    return come_back_words(each, people)
