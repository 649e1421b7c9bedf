"""The passphrase: typed unseen on a terminal; from a pipe or a file descriptor where there is none.

Never from the words of a command, nor from the environment: other programs can read both. `POISE_PASSPHRASE_FD` holds
no secret, only the number of an open file descriptor.
"""

from __future__ import annotations

import getpass
import os
import sys
import warnings

import click

from ..journal.sealing.keys import LONGEST, fit_passphrase
from ..journal.trouble import Refused
from .own import of_home
from .process import harden
from .screen import say

CHANGED = "The new passphrase opens the practice from now on; the recovery kit is the same as before."
COPIES = (
    "Copies made before still open with the old passphrase. If somebody may know that one, delete them where they lie, "
    "and make a new one: poise backup FOLDER."
)
NEW_KIT = "The new recovery kit counts from now on. The old sheet opens nothing any more, except copies made before."
NOT_PROVED = (
    "The new recovery kit is not proved yet, and the old one does not count any more. `poise passphrase --kit` makes "
    "another one."
)
DESCRIPTOR = "POISE_PASSPHRASE_FD"
_MOST_BYTES = 4 * LONGEST + 2


def passphrase(ask: str = "Passphrase") -> str:
    """The passphrase of a practice. Raises Refused where none is given."""
    harden()
    found = _given(ask)
    if not found:
        raise Refused("no passphrase was given", f"type it, or hand it over through a pipe or `{DESCRIPTOR}`")
    return found


def new_passphrase() -> str:
    """A new passphrase, typed twice on a terminal. Raises Refused."""
    harden()
    if not typing():
        return fit_passphrase(passphrase())
    say([["", "Choose a passphrase. Four or five words that only you would put together are easy to keep in mind."]])
    while True:
        try:
            first = fit_passphrase(_unseen("Passphrase"))
        except Refused as trouble:
            say([[f"  {trouble.message}: {trouble.help}"]])
            continue
        if _unseen("The same once more") == first:
            return first
        say([["  These two differ. Type it again, both times."]])


def typing() -> bool:
    """Whether somebody types the passphrase."""
    return not os.environ.get(DESCRIPTOR) and sys.stdin.isatty()


def _given(ask: str) -> str:
    if os.environ.get(DESCRIPTOR):
        return _from_descriptor(os.environ[DESCRIPTOR])
    if sys.stdin.isatty():
        return _unseen(ask)
    try:
        return sys.stdin.readline().rstrip("\r\n")
    except UnicodeDecodeError:
        raise _not_text() from None


def _unseen(ask: str) -> str:
    """What is typed, shown nowhere. Raises Refused where the terminal would show it."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(f"{ask}: ")
        except getpass.GetPassWarning:
            message = "this terminal would show the passphrase while it is typed"
            raise Refused(message, f"hand it over through a pipe or `{DESCRIPTOR}`") from None
        except EOFError:
            raise click.Abort from None


def _from_descriptor(number: str) -> str:
    """The first line from an open file descriptor, and no byte more. Raises Refused."""
    line = b""
    try:
        while len(line) < _MOST_BYTES and (byte := os.read(int(number), 1)) not in (b"", b"\n"):
            line += byte
        return line.decode("utf-8").rstrip("\r")
    except UnicodeDecodeError:
        raise _not_text() from None
    except (OSError, ValueError, OverflowError):
        message = f"`{DESCRIPTOR}` is not the number of an open file descriptor"
        raise Refused(message, f"for example: {DESCRIPTOR}=3 poise people 3< file") from None


def _not_text() -> Refused:
    return Refused("the passphrase is not text in UTF-8", "look at what hands it over")


@click.command("passphrase")
@click.option("--kit", is_flag=True, help="Make a new recovery kit instead; the old one no longer counts.")
@of_home
def command(kit: bool, home: str | None) -> int:
    """Change the passphrase. It asks for the one of today, and then for the new one, twice.

    The journal is not written anew: its key is wrapped by the new passphrase. Copies made before keep the old one.
    """
    from .own import open_practice

    with open_practice(home) as practice:
        if not kit:
            practice.change_passphrase(new_passphrase())
            say([["", CHANGED], [COPIES]])
            return 0
        from .kit import prove

        try:
            proved = prove(practice)
        except (KeyboardInterrupt, click.Abort):
            click.echo(f"\nStopped. {NOT_PROVED}", err=True)
            return 130
    say([["", NEW_KIT if proved else NOT_PROVED]])
    return 0 if proved else 1
