"""`poise settings`: the choices about a practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .own import of_home

if TYPE_CHECKING:
    from ..practice import Practice

ON_OFF = {"on": True, "off": False}
LOOK_BACK = "look-back"
REMARKS = "whether it asks what was said, and for notes"


@click.command("settings")
@click.argument("name", required=False, metavar="[NAME]")
@click.argument("value", required=False, metavar="[VALUE]")
@click.option("--json", "as_json", is_flag=True, help="Print the choices as a JSON object.")
@of_home
def command(name: str | None, value: str | None, as_json: bool, home: str | None) -> None:
    """See the choices about your practice, or make one: `poise settings remarks on`."""
    from .own import open_practice
    from .screen import say, say_json

    _check(name, value)
    with open_practice(home) as practice:
        if name and value:
            _make(practice, name, value)
        found = _found(practice)
    if as_json:
        say_json(found)
        return
    say([[f"{each}: {found[each]}", f"  {_lines()[each]}"] for each in ([name] if name else found)])


def _lines() -> dict[str, str]:
    """{name of a choice: what it is}."""
    return {
        "remarks": f"on or off: {REMARKS}",
        LOOK_BACK: "on or off: whether what you kept can be looked back on",
        "book": "the rulebook in use, by its name in the practice",
    }


def _check(name: str | None, value: str | None) -> None:
    """Raises UsageError for a choice or a value there is not, before a passphrase is asked for."""
    from ..rulebook.mistake import clipped, did_you_mean

    if name and name not in _lines():
        raise click.UsageError(f"there is no setting `{clipped(name)}`\n  {did_you_mean(name, _lines())}")
    if name in ("remarks", LOOK_BACK) and value and value not in ON_OFF:
        raise click.UsageError(f"`{name}` is on or off, not `{clipped(value)}`")


def _found(practice: Practice) -> dict[str, str]:
    on = {"remarks": practice.journal.setting("remarks", False), LOOK_BACK: practice.looks_back}
    return {name: "on" if each else "off" for name, each in on.items()} | {"book": practice.books.in_use}


def _make(practice: Practice, name: str, value: str) -> None:
    if name == "remarks":
        practice.journal.set(name, ON_OFF[value])
    elif name == LOOK_BACK:
        practice.looks_back = ON_OFF[value]
    else:
        practice.books.use(value)
