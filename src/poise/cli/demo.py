"""`poise demo`: the app over invented moments, thrown away when it ends."""

from __future__ import annotations

import click

from .whole import Whole


@click.command("demo")
@click.option("--port", type=Whole(0, 65535), metavar="N", help="Answer on this port of this machine.")
@click.option("--no-browser", is_flag=True, help="Open no browser; say where the page that leads in is.")
def command(port: int | None, no_browser: bool) -> int:
    """Try Poise with three invented months, in a place of its own. Nothing of it is kept.

    Your own practice, if you have one, is not touched.
    """
    from .opening import run_demo

    return run_demo(port, browser=not no_browser)
