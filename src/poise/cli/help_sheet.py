"""`poise help-sheet`: whom one can turn to, without a passphrase."""

from __future__ import annotations

import click

from .own import of_home


@click.command("help-sheet")
@click.option("--edit", is_flag=True, help="Write its lines anew; Enter leaves a line as it is.")
@click.option("--json", "as_json", is_flag=True, help="Print its lines as a JSON list.")
@of_home
def command(edit: bool, as_json: bool, home: str | None) -> None:
    """Show whom you can turn to. It needs no passphrase: the sheet is not sealed, and it is never empty."""
    from ..practice.help_sheet import help_sheet
    from .own import folder_of
    from .screen import say, say_json

    if edit and as_json:
        raise click.UsageError("with `--json` it does not ask: edit the sheet without it")
    folder = folder_of(home)
    if edit:
        from .helping import write_anew
        from .own import check_there

        check_there(folder)
        write_anew(folder)
    lines = help_sheet(folder)
    if as_json:
        say_json(list(lines))
    else:
        say([["Whom you can turn to:", *(f"  {line}" for line in lines)]])
