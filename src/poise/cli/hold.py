"""`poise hold`: what stops deletion, when a request or a complaint has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .own import of_home

if TYPE_CHECKING:
    from ..journal.entries import Person
    from ..practice import Practice

STOPPED = "Nothing of it is deleted for good, whoever asks, until the hold is lifted: poise hold --lift"


@click.command("hold")
@click.argument("nickname", required=False, metavar="[NICKNAME]")
@click.option("--all", "everything", is_flag=True, help="On the whole journal.")
@click.option("--why", default="", metavar="WORDS", help="Why; it is kept with the hold.")
@click.option("--lift", is_flag=True, help="Let deletion go on.")
@click.option("--json", "as_json", is_flag=True, help="Print the holds in force as a JSON list.")
@of_home
def command(  # noqa: PLR0913, PLR0917
    nickname: str | None, everything: bool, why: str, lift: bool, as_json: bool, home: str | None
) -> None:
    """List the holds, or place one on what is about NICKNAME. A hold stops deletion; writing and reading go on."""
    from ..practice.parting import lift as lifted
    from .own import open_practice
    from .screen import say, say_json

    if nickname and everything:
        raise click.UsageError("name one person, or use `--all`")
    if (lift or why) and not (nickname or everything):
        raise click.UsageError("say of whom: poise hold NICKNAME, or poise hold --all")
    with open_practice(home) as practice:
        person = practice.person(nickname) if nickname else None
        said = []
        if lift:
            lifted(practice, person)
            said = ["The hold is lifted."]
        elif nickname or everything:
            practice.journal.hold(person, why)
            said = [f"A hold is on {_whose(person)}. {STOPPED} {nickname or '--all'}."]
        found = _found(practice)
    if as_json:
        say_json(found)
    else:
        say([["", *(said or _listed(found))]])


def _whose(person: Person | None) -> str:
    return f"what is about {person.nickname}" if person else "the whole journal"


def _found(practice: Practice) -> list[dict[str, str | None]]:
    from ..journal.entries import Person

    by_id = {person.id: person for person in practice.people()}
    by_id |= {entry.id: entry for entry in practice.journal.in_trash() if isinstance(entry, Person)}
    return [
        {
            "person": by_id[hold.person_id].nickname if hold.person_id is not None else None,
            "why": hold.why,
            "placed_at": hold.placed_at.isoformat(),
        }
        for hold in practice.journal.holds()
    ]


def _listed(found: list[dict[str, str | None]]) -> list[str]:
    from datetime import datetime

    from .when import day_words

    lines = []
    for hold in found:
        whose = f"what is about {hold['person']}" if hold["person"] else "the whole journal"
        since = day_words(datetime.fromisoformat(str(hold["placed_at"])))
        lines.append(f"On {whose}, since {since}{': ' + hold['why'] if hold['why'] else '.'}")
    return lines or ["There is no hold. `poise hold NICKNAME` stops deletion of what is about somebody."]
