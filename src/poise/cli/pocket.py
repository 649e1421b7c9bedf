"""`poise pocket`: a page for the phone, with no server and no network, and what comes home from it."""

from __future__ import annotations

import click

from .lazy import Lazy

PARTS = {
    "build": "Write the page for your phone, by your own rulebook.",
    "serve": "Show a built page on this machine, to look at it.",
    "take": "Take in what was kept on the phone.",
    "card": "Show a card for your pocket, to print.",
}
"""Every command of the group and its line in the help. Each is `command` in the module `pocket_NAME`."""


@click.group("pocket", cls=Lazy, lines=PARTS, module="pocket_{}".format, invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Carry your rulebook on your phone: a page that works with no server and no network.

    It holds your rulebook and nothing about anyone. What you keep there is sealed, and only your journal opens it.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
