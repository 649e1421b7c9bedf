"""`poise open`: the app, in a browser on this machine."""

from __future__ import annotations

import click

from .own import of_home
from .whole import Whole


@click.command("open")
@click.option("--port", type=Whole(0, 65535), metavar="N", help="Answer on this port of this machine.")
@click.option("--no-browser", is_flag=True, help="Open no browser; say where the page that leads in is.")
@of_home
def command(port: int | None, no_browser: bool, home: str | None) -> int:
    """Open Poise in the browser, on this machine alone.

    It starts locked: right now works at once, the journal opens with its passphrase. Ctrl-C ends it.
    """
    from .opening import run_app
    from .own import folder_of

    return run_app(folder_of(home), port, browser=not no_browser)
