"""`poise look-back`: what was kept lately, side by side."""

from __future__ import annotations

import click

from .own import of_home

OFF = "You turned looking back off. Nothing is looked at. `poise settings look-back on` turns it on again."


@click.command("look-back")
@click.option("--since", metavar="DAY", help="From this day on, for example 2026-01-01; else the last month.")
@click.option("--json", "as_json", is_flag=True, help="Print it as a JSON object; null where it is turned off.")
@of_home
def command(since: str | None, as_json: bool, home: str | None) -> None:
    """See what you kept lately: what you wanted to come back to; what you expected beside what came; where your book
    was silent or loud; who gets your grace; your part, and your rest.

    Nothing is added up to a value of you or anybody, and nothing is better or worse than before. You decide what it
    says.
    """
    from datetime import timedelta

    from .own import open_practice
    from .screen import say, say_json
    from .when import when

    with open_practice(home) as practice:
        from .looking_back import described, pages

        if not practice.looks_back:
            say_json(None) if as_json else say([[OFF]])
            return
        now = practice.journal.now()
        found = practice.look_back(when(since, now) if since else now - timedelta(days=31))
        if as_json:
            say_json(described(found))
        else:
            say(pages(practice, found))
