"""Brings into a practice what its person wrote elsewhere; rulebooks that lay beside an export come with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from ..journal import importing
from ..journal.importing import BroughtIn
from ..journal.sealing.files import make_folder, write_whole
from ..journal.tables import people
from .opened import Opened, folded


@dataclass(frozen=True)
class Moved:
    """What came in, or would; the files beside it that are new here, and those that are another text here.

    `same_nickname` are nicknames that several people have, now that others came in.
    """

    journal: BroughtIn
    files: tuple[str, ...] = ()
    files_left: tuple[str, ...] = ()
    same_nickname: tuple[str, ...] = ()


def bring_in(practice: Opened, source: Path, *, look: bool = False, mine: bool = False) -> Moved:
    """Bring in an export of Poise or a diary of one's own; with `look`, only say what would come in. Raises Trouble.

    What lies beside the journal already is never written over.
    """
    found = importing.bring_in(practice.journal, source, look=look, mine=mine)
    folder = practice.journal.vault.folder
    new = {name: text for name, text in found.beside.items() if not (folder / name).exists()}
    left = tuple(name for name in found.beside if name not in new and _text(folder / name) != found.beside[name])
    for name, text in new.items() if not look else ():
        make_folder((folder / name).parent)
        write_whole(folder / name, text.encode("utf-8"))
    came = not look and people.name in found.counts and found.counts[people.name].new
    return Moved(found, tuple(new), left, _same_nickname(practice) if came else ())


def _same_nickname(practice: Opened) -> tuple[str, ...]:
    count = Counter(folded(person.nickname) for person in practice.journal.people())
    names = {folded(person.nickname): person.nickname for person in practice.journal.people()}
    return tuple(names[name] for name, many in count.items() if many > 1)


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")
