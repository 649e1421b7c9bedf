"""The recovery kit: shown once, and proved by a few of its groups typed back; or typed, to open a practice."""

from __future__ import annotations

import sys

import click

from ..journal.sealing.recovery import RecoveryKit
from ..journal.trouble import Refused, WrongKey
from ..practice import Practice
from .own import asked_line
from .screen import say, styled

KIT = (
    "This is your recovery kit. It opens the journal when the passphrase is gone; without both, nobody can, and "
    "nothing can be done about it. Write it down or print it, and keep it on paper. It is shown this once."
)
_CLEAR = "\033[2J\033[3J\033[H"
TYPE_IT = (
    "Type the recovery kit from its sheet: eight groups of five signs. Capital or small letters, spaces and dashes do "
    "not matter."
)


def prove(practice: Practice) -> bool:
    """Show the recovery kit (a new one) and have two of its groups typed back. Returns whether that was done."""
    vault = practice.journal.vault
    kit = vault.kit or vault.new_kit()
    while True:
        if not _shown(str(kit)):
            return False
        typed = _typed(kit.to_prove())
        if typed is None:
            return False
        try:
            vault.prove_kit(typed, practice.journal.now())
        except WrongKey as trouble:
            say([[f"  {trouble.message}. Here is the kit again."]])
        else:
            return True


def typed_kit() -> str:
    """The kit that somebody types from its sheet. On a terminal a slip is named, and it is asked again. Raises Refused.

    It is wiped from the terminal afterwards, and from a pipe it is never printed.
    """
    on_terminal = sys.stdin.isatty()
    if on_terminal:
        say([["", TYPE_IT]])
    while True:
        found = asked_line() if on_terminal else sys.stdin.readline().strip()
        if not found:
            raise Refused("no recovery kit was given", "type it, or hand it over as the first line of standard input")
        try:
            RecoveryKit.read(found)
        except Refused as trouble:
            if not on_terminal:
                raise
            say([[f"  {trouble.message}: {trouble.help}"]])
        else:
            _wipe()
            return found


def _shown(kit: str) -> bool:
    """Show the kit; on a terminal, wipe it away before its groups are asked for."""
    say([["", KIT], [f"  {styled(line, bold=True)}" for line in kit.splitlines()]])
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return True
    say([["", "Press Enter when you have it on paper. It is then wiped from this screen."]])
    if asked_line() is None:
        return False
    _wipe()
    return True


def _wipe() -> None:
    if sys.stdin.isatty() and sys.stdout.isatty():
        click.echo(_CLEAR, nl=False)


def _typed(numbers: tuple[int, ...]) -> dict[int, str] | None:
    """Groups typed back, by number; None at the end of the input."""
    typed: dict[int, str] = {}
    for number in numbers:
        say([["", f"Type group {number} of the kit, counted from the first."]])
        line = asked_line()
        if line is None:
            return None
        typed[number] = line
    return typed
