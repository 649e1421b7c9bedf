"""Takes out of a journal what is in it: all, or one person's part, as JSON, CSV or Markdown. Nothing of it is sealed.

A sealed copy is another thing: see `copies`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ..entries import Person
from ..journal import Pages
from . import as_csv, as_json, as_markdown
from .as_markdown import Said
from .part import Part
from .whole_file import place_for, written_whole

JSON, CSV, MARKDOWN = FORMATS = ("json", "csv", "markdown")
_ENDINGS = {JSON: as_json.ENDING, CSV: as_csv.ENDING, MARKDOWN: as_markdown.ENDING}


class Exported(NamedTuple):
    """A file that was written: how many records of each table are in it.

    `replaced` counts the places where somebody else's nickname stood, `left_out` the texts of rulebooks that held one.
    """

    path: Path
    counts: dict[str, int]
    replaced: int
    left_out: int


def export(  # noqa: PLR0913 - what, where, how, and whose
    journal: Pages[Any],
    folder: Path,
    form: str = JSON,
    *,
    person: Person | None = None,
    beside: Mapping[str, str] | None = None,
    did: Said = lambda record: _names(record["did"]),
) -> Exported:
    """Write a file into a folder, for its owner alone; its name says that it is not sealed. Raises Trouble.

    `beside` is what lies beside the journal: {name: text}. `did` says what somebody did in a moment, in words.
    """
    now, journal_id = journal.now(), journal.vault.keys.journal
    path = place_for(folder, now, _ENDINGS[form], one_person=person is not None)
    with journal.vault.reading() as connection, written_whole(path) as spare:
        part = Part(connection, now, person, beside)
        if form == JSON:
            counts = as_json.write(part, journal_id, spare)
        else:
            counts = as_csv.write(part, journal_id, spare) if form == CSV else as_markdown.write(part, spare, did)
    return Exported(path, counts, part.replaced, part.left_out)


def schema() -> str:
    """The JSON Schema of the JSON."""
    return as_json.SCHEMA.read_text(encoding="utf-8")


def _names(did: dict[str, Any]) -> list[str]:
    return [str(response).replace("_", " ") for response in did.values()]
