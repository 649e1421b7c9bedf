"""The practice a command works on: in `--home FOLDER`, or where a practice is unless one says otherwise."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from ..practice import Practice

TRIES = 3
"""How often a passphrase is asked for on a terminal."""
AnyCommand = TypeVar("AnyCommand", bound=Callable[..., Any])


def of_home(command: AnyCommand) -> AnyCommand:
    """Give a command the option `--home`."""
    return click.option("--home", metavar="FOLDER", help="The practice's folder, where it is not the usual one.")(
        command
    )


def folder_of(home: str | None) -> Path:
    """Where the practice is."""
    from ..practice import home as usual

    return Path(home).expanduser().absolute() if home else usual()


def open_practice(home: str | None) -> Practice:
    """The practice, opened by its passphrase. Raises Trouble; without a practice, before anything is asked."""
    from ..journal.trouble import WrongKey
    from .passphrase import passphrase, typing
    from .tended import Tended as Practice

    folder = folder_of(home)
    check_there(folder)
    for _ in range(TRIES - 1 if typing() else 0):
        try:
            return Practice.open(folder, passphrase())
        except WrongKey as trouble:
            click.echo(f"{trouble.message}. Type it again.", err=True)
    return Practice.open(folder, passphrase())


def check_there(folder: Path) -> None:
    """Raises NoJournal where there is no practice."""
    from ..journal.copies.restoring import stands
    from ..journal.trouble import NoJournal

    if not stands(folder):
        raise NoJournal(f"there is no practice in {folder} yet", "`poise start` sets one up")


def asked_line() -> str | None:
    """One line of input; None at its end. Raises Refused where it is not text."""
    click.echo("> ", nl=False)
    try:
        line = sys.stdin.readline()
    except UnicodeDecodeError:
        from ..journal.trouble import Refused

        raise Refused("what was typed is not text in UTF-8", "look at what hands it over") from None
    if not sys.stdin.isatty():
        click.echo(line.rstrip("\n"))
    return line.strip() if line else None
