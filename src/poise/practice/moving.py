"""Taking words out of a practice, and bringing one's own in: each loaded when it is asked for."""

# ruff: noqa: PLC0415

from __future__ import annotations

import os
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING

from ..journal.entries import Person
from .looking import Looking

if TYPE_CHECKING:
    from ..journal.exporting import Exported
    from .importing import Moved

Place = str | os.PathLike[str]


class Moving(Looking):
    """Export, import, and days for a calendar."""

    def export(self, folder: Place, form: str = "json", person: str | Person | None = None) -> Exported:
        """Write everything, or what is about one person, into a file in a folder. It is **not sealed**.

        `form` is `json`, `markdown` or `csv`. Raises Trouble.
        """
        from .exporting import export

        return export(self, Path(folder), form, self.known(person))

    def bring_in(self, source: Place, *, look: bool = False, mine: bool = False) -> Moved:
        """Bring in an export of Poise, or a diary of one's own: all of it, or nothing. Raises Trouble.

        With `look`, only say what would come in. `mine` says that an export of another journal is one's own, too.
        """
        from .importing import bring_in

        return bring_in(self, Path(source), look=look, mine=mine)

    def write_calendar(self, path: Place, title: str = "Reminder", at: time | None = None) -> int:
        """Write the days to come back to for a calendar (RFC 5545). Returns how many. Raises Trouble."""
        from .calendar import write

        return write(self, Path(path), title, at)
