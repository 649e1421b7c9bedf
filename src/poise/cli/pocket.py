"""`poise pocket`: a page for the phone, with no server and no network, and what comes home from it."""

from __future__ import annotations

import importlib

import click

PARTS = {
    "build": "Write the page for your phone, by your own rulebook.",
    "serve": "Show a built page on this machine, to look at it.",
    "take": "Take in what was kept on the phone.",
    "card": "Show a card for your pocket, to print.",
}
"""Every command of the group and its line in the help. Each is `command` in the module `pocket_NAME`."""


class Parts(click.Group):
    """Loads a command's module when the command is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the help."""
        return list(PARTS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in PARTS:
            return None
        command: click.Command = importlib.import_module(f".pocket_{cmd_name}", __package__).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands with their lines, without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(PARTS.items()))


@click.group("pocket", cls=Parts)
def command() -> None:
    """Carry your rulebook on your phone: a page that works with no server and no network.

    It holds your rulebook and nothing about anyone. What you keep there is sealed, and only your journal opens it.
    """
