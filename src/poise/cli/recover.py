"""`poise recover`: a practice, opened by its recovery kit when the passphrase is gone."""

from __future__ import annotations

import click

from .own import of_home

RECOVERED = "The practice opens with the new passphrase. The recovery kit stays as it is: keep its sheet."
COPIES = "Copies made before still open with the passphrase of their day, or with this kit."


@click.command("recover")
@of_home
def command(home: str | None) -> None:
    """Open a practice by its recovery kit, and choose a new passphrase.

    The kit is typed from its sheet; without a terminal it is the first line of standard input, and the new passphrase
    the second. What is in the journal stays as it is.
    """
    from ..practice import Practice
    from .kit import typed_kit
    from .own import check_there, folder_of
    from .passphrase import new_passphrase
    from .process import harden
    from .screen import say

    folder = folder_of(home)
    check_there(folder)
    harden()
    kit = typed_kit()
    Practice.recover(folder, kit, new_passphrase()).lock()
    say([["", RECOVERED], [COPIES]])
