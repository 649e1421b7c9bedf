"""What is one's own and goes along on paper or on a phone: opening lines and the help sheet, with nobody named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..journal.entries import Line
from ..journal.exporting.nicknames import Nicknames
from .help_sheet import ALWAYS
from .practice import Practice


def own_lines(practice: Practice) -> Iterator[Line]:
    """The lines that were kept, the newest first, each once. One that names somebody in the journal is left out."""
    nobody, told = nicknames(practice), set()
    for line in practice.every(Line):
        words = line.words.strip()
        if words not in told and not nobody.named_in(words):
            told.add(words)
            yield line


def unnamed(practice: Practice, lines: Iterable[str]) -> tuple[str, ...]:
    """Lines of a help sheet, with `[someone]` where somebody in the journal is named; the rest of a line stays."""
    nobody = nicknames(practice)
    return tuple(line if line in ALWAYS else nobody.without(line)[0] for line in lines)


def nicknames(practice: Practice) -> Nicknames:
    """Everybody's nicknames in the journal, to be taken out of words."""
    with practice.journal.vault.reading() as connection:
        return Nicknames(connection)
