"""`poise backup`: a sealed copy, and a rehearsal of restoring it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .own import of_home

if TYPE_CHECKING:
    from ..journal.copies import Copy, Rehearsal
    from ..practice import Practice


@click.command("backup")
@click.argument("target", required=False, metavar="[FOLDER or FILE]")
@click.option("--rehearse", is_flag=True, help="Make no copy: try the newest one in the practice's own folder.")
@click.option("--json", "as_json", is_flag=True, help="Print what came of it as a JSON object.")
@of_home
def command(target: str | None, rehearse: bool, as_json: bool, home: str | None) -> int:
    """Make a sealed copy of journal, rulebooks and help sheet, in the practice's own folder or in another place.

    Then it is restored into a scratch folder, and compared with the journal entry by entry.
    """
    from pathlib import Path

    from ..practice import tending
    from .own import open_practice
    from .screen import say, say_json

    if target and rehearse:
        raise click.UsageError("with `--rehearse` no copy is made: leave the place out")
    path = Path(target).expanduser().absolute() if target else None
    with open_practice(home) as practice:
        copy = _newest(practice) if rehearse else practice.backup(path)
        rehearsal = tending.rehearse(practice, copy)
    if as_json:
        say_json(_record(copy, rehearsal))
    else:
        what = "The newest sealed copy" if rehearse else "A sealed copy of the practice"
        say([[f"{what} is in {copy.path}."], [_outcome(rehearsal)]])
        if target is None and not rehearse:
            say([["", "It lies beside the journal. For the day this computer is gone: poise backup FOLDER."]])
    return 0 if rehearsal and rehearsal.fine else 1


def _newest(practice: Practice) -> Copy:
    """The newest copy in the practice's own folder. Raises NotThere."""
    from ..journal.trouble import NotThere
    from ..practice.tending import newest

    found = newest(practice)
    if found is None:
        raise NotThere("there is no sealed copy in the practice yet", "`poise backup` makes one")
    return found


def _outcome(rehearsal: Rehearsal | None) -> str:
    if rehearsal and rehearsal.fine:
        return "It was restored into a scratch folder and compared: everything in the journal is in it."
    faults = "; ".join(rehearsal.faults) if rehearsal and rehearsal.faults else "it is not the same as the journal"
    return f"Restoring it was tried, and it would not bring everything back: {faults}. Make another one."


def _record(copy: Copy, rehearsal: Rehearsal | None) -> dict[str, object]:
    return {
        "path": str(copy.path),
        "made_at": copy.made_at.isoformat(),
        "restores": bool(rehearsal and rehearsal.fine),
        "entries": rehearsal.same if rehearsal else 0,
        "faults": list(rehearsal.faults) if rehearsal else [],
    }
