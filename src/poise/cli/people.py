"""`poise people`: the people in the journal, and one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from .own import of_home

if TYPE_CHECKING:
    from ..journal.entries import Person
    from ..practice import Practice

ASKS = {
    "relation": "Who are you to each other?",
    "trust_for": "What is trust for, between you?",
    "nickname": "Another nickname?",
}
AS_IT_IS = "Enter leaves it as it is, - takes it out."


@click.command("people")
@click.argument("nickname", required=False, metavar="[NICKNAME]")
@click.option("--edit", is_flag=True, help="Ask who you are to each other, and what trust is for.")
@click.option("--relation", metavar="WORDS", help="Who you are to each other.")
@click.option("--trust-for", metavar="WORDS", help="What trust is for between you.")
@click.option("--nickname", "new", metavar="NEW", help="Another nickname.")
@click.option("--rating", metavar="RATING", help="Keep how much it held today: a word, or a number on your instrument.")
@click.option("--json", "as_json", is_flag=True, help="Print them as a JSON list.")
@of_home
def command(  # noqa: PLR0913, PLR0917
    nickname: str | None,
    edit: bool,
    relation: str | None,
    trust_for: str | None,
    new: str | None,
    rating: str | None,
    as_json: bool,
    home: str | None,
) -> None:
    """List the people in the journal; with NICKNAME, what is kept of one, and change it.

    What you type behind a command stays in your shell's history; with --edit, nothing does.
    """
    from ..journal.entries import RATING, to_plain
    from .own import open_practice
    from .screen import say_json

    given = {"relation": relation, "trust_for": trust_for, "nickname": new}
    changed = {name: value.strip() for name, value in given.items() if value is not None}
    if (edit or changed or rating is not None) and not nickname:
        raise click.UsageError("say whom: poise people NICKNAME")
    if edit and as_json:
        raise click.UsageError("with `--json` it does not ask: give `--relation`, `--trust-for` or `--nickname`")
    with open_practice(home) as practice:
        if nickname is None:
            _list(practice.people(), as_json)
            return
        person = practice.person(nickname)
        changed |= _asked(person) if edit else {}
        said = practice.rating(rating) if rating is not None else ""
        person = practice.edit_person(person, **changed) if changed else person
        if said:
            practice.sign(person, RATING, said=said)
        if as_json:
            say_json([{**to_plain(person), **_trust(practice, person)}])
        else:
            _one(practice, person)


def _list(people: list[Person], as_json: bool) -> None:
    from ..journal.entries import to_plain
    from .remembered import person_words
    from .screen import say, say_json

    if as_json:
        say_json([to_plain(person) for person in people])
    elif people:
        say([[line for person in people for line in person_words(person)]])
    else:
        say([["Nobody is in the journal yet. `poise keep --person NICKNAME` keeps somebody with a moment."]])


def _asked(person: Person) -> dict[str, str]:
    """What is to be changed, asked for."""
    from contextlib import suppress

    from .questions import Enough, Questions

    questions = Questions()
    with suppress(Enough):
        for name, ask in ASKS.items():
            now = getattr(person, name)
            leaves = (
                "Enter leaves it out." if not now else AS_IT_IS if name != "nickname" else "Enter leaves it as it is."
            )
            questions.line(name, f"{ask} {f'Now: {now}. ' if now else ''}{leaves}")
    said = {name: answer for name, answer in questions.said.items() if answer}
    return {name: "" if answer == "-" and name != "nickname" else answer for name, answer in said.items()}


def _trust(practice: Practice, person: Person) -> dict[str, Any]:
    """What it could hold between us, as numbers: a chance for each answer, None where it is not enough yet."""
    from ..practice.telling.trusted import answers_of
    from ..practice.us_two import asked_about_trust

    trust, question = practice.trust(person), asked_about_trust(practice)
    return {"trust": trust.belief(answers_of(question)), "rated": trust.rated}


def _one(practice: Practice, person: Person) -> None:
    """What is kept of somebody: who we are to each other, what it could hold, what waits, and the last moments."""
    from ..practice.telling.trusted import answers_of, holds_words
    from ..practice.us_two import asked_about_trust
    from .come_back import words
    from .remembered import moment_words, person_words
    from .screen import say

    question = asked_about_trust(practice)
    holds = holds_words(practice.trust(person).belief(answers_of(question)), question)
    waiting = [f"  {words(each, {})}" for each in practice.to_come_back(person)]
    say(
        [
            [*person_words(person), f"  {holds}"],
            ["You wanted to come back to:", *waiting] if waiting else [],
            *(moment_words(practice, moment, "") for moment in practice.moments(person, most=5)),
        ]
    )
