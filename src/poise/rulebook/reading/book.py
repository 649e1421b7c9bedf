"""Reads a rulebook: from text with places to a `Rulebook`, or to every mistake in one pass.

`read` opens no file: it is handed the text and a way to find the text of an include.
"""

from __future__ import annotations

from collections.abc import Callable

from ..mistake import Mistake, Mistakes, clipped, did_you_mean
from ..rulebook import Rulebook
from ..text import Place, Row, Source, Table, Word
from .claims import Claims
from .composing import Composed, compose
from .entries import Entries
from .questions import Questions
from .sense import check_sense
from .sheet import MOST_MISTAKES, SECTIONS, SINGLES, Enough, Sheet, is_empty

VERSION = "1"
MOST_INCLUDES = 5

Find = Callable[[str], bytes | None]
"""Finds the text of an include by the name written in the book; None where there is none."""


def read(name: str, data: bytes | str, find: Find = lambda _: None) -> Rulebook:
    """The rulebook in `data`. Raises Mistakes with every mistake found, over the book and its includes."""
    sheet, book = Sheet(name), None
    try:
        gather(sheet, name, data, find)
        book = None if sheet.broken else understand(sheet)
    except Enough:
        pass
    if sheet.mistakes or book is None:
        raise Mistakes(_in_order(sheet))
    return book


def _in_order(sheet: Sheet) -> list[Mistake]:
    """The book's own mistakes first, then by file; each file's in the order of its text."""
    return sorted(sheet.mistakes, key=_where(sheet.name))[:MOST_MISTAKES]


def understand(sheet: Sheet) -> Rulebook | None:
    """The rulebook a sheet holds; None, with mistakes noted, where it cannot be one."""
    if not sheet.single("title") and "title" not in sheet.lost:
        message = f"{sheet.name}: this book has no `title`"
        sheet.mistakes.append(Mistake("missing-field", message, help="for example `title: My own guidelines`"))
    questions = Questions(sheet)
    entries = Entries(questions)
    impossible = tuple(questions.condition(word) for word in sheet.row_words("impossible"))
    claims = Claims(entries)
    asked = tuple(word.text for word in sheet.row_words("ask_yourself"))
    singles = {
        ours: sheet.single(theirs)
        for ours, theirs in (("audience", "for"), ("first_duty", "first_duty"), ("signed", "signed"))
    }
    if sheet.mistakes:
        return None
    book = Rulebook(
        sheet.single("title"),
        entries.responses,
        questions.considerations,
        entries.guidelines,
        entries.bounds,
        ask_yourself=asked,
        terms=questions.terms,
        impossible=impossible,
        start=entries.start,
        promises=claims.promises,
        cases=claims.cases,
        name=sheet.name,
        places=_places(sheet),
        **singles,
    )
    check_sense(sheet, book)
    return book


def _places(sheet: Sheet) -> dict[tuple[str, str], Place]:
    """Where every entry of a book stands."""
    entries = {(section, id_): key.place for section, found in sheet.entries.items() for id_, (key, _) in found.items()}
    rows = {(section, str(i)): node.place for section, nodes in sheet.rows.items() for i, node in enumerate(nodes)}
    return entries | rows


def _where(name: str) -> Callable[[Mistake], tuple[bool, str, int]]:
    """Mistakes of the book itself first, then by file, in the order of the text."""

    def key(mistake: Mistake) -> tuple[bool, str, int]:
        place = mistake.place
        return (place.source.name != name, place.source.name, place.start) if place else (False, "", -1)

    return key


def gather(sheet: Sheet, name: str, data: bytes | str, find: Find, above: tuple[str, ...] = ()) -> Source:
    """Lay a file's entries over those of its includes; hands back its text."""
    composed = compose(name, data)
    sheet.take(composed.mistakes)
    sheet.lost |= composed.lost
    if composed.root is None:
        sheet.broken = True
        return composed.source
    root = composed.root
    _check_keys(sheet, root)
    _check_version(sheet, composed, root)
    _include(sheet, root, find, (*above, name))
    _leave_out(sheet, root)
    for key, value in root:
        if key.text in SECTIONS and not (above and key.text in SINGLES):  # an include does not sign for the book
            sheet.lay(key, value)
    return composed.source


def _check_keys(sheet: Sheet, root: Table) -> None:
    for key, value in root:
        if key.text not in SECTIONS:
            help = did_you_mean(key.text, SECTIONS, "see the language page for the parts of a rulebook")
            if is_empty(value):
                help = "if this is the end of a sentence, put the whole sentence in quotes"
            sheet.say("unknown-field", f"a rulebook has no part `{clipped(key.text)}`", key.place, help)


def _check_version(sheet: Sheet, composed: Composed, root: Table) -> None:
    version = root.get("poise")
    if version is None and "poise" not in composed.lost:
        sheet.say(
            "version",
            "the version of the language is missing",
            composed.source.whole(),
            "begin with `poise: 1`",
        )
    elif version is not None and not (isinstance(version, Word) and version.text == VERSION):
        found = clipped(version.text) if isinstance(version, Word) else "this"
        message = f"this Poise reads version {VERSION} of the language, not `{found}`"
        sheet.say("version", message, version.place, "a newer Poise may read it")
        sheet.broken = True


def _include(sheet: Sheet, root: Table, find: Find, above: tuple[str, ...]) -> None:
    value = root.get("include")
    names = value.items if isinstance(value, Row) else [] if value is None or is_empty(value) else [value]
    for name in names:
        if not isinstance(name, Word):
            sheet.say("not-a-word", "`include` is the name of a file, or a list of names", name.place)
            sheet.broken = True
        elif name.text in above or len(above) > MOST_INCLUDES:
            sheet.say(
                "include-circle",
                f"`{clipped(name.text)}` includes itself",
                name.place,
                "take one of the includes out",
            )
            sheet.broken = True
        else:
            data = find(name.text)
            if data is None:
                help = "an include is a file beside the book, or one that comes with Poise, such as `repertoire.yaml`"
                sheet.say("include-missing", f"there is no file `{clipped(name.text)}` to include", name.place, help)
                sheet.broken = True
            else:
                gather(sheet, name.text, data, find, above)


def _leave_out(sheet: Sheet, root: Table) -> None:
    """Take the guidelines named under `without` out of what was included."""
    value = root.get("without")
    if value is None or is_empty(value):
        return
    guidelines = sheet.entries["guidelines"]
    for name in value.items if isinstance(value, Row) else [value]:
        if not isinstance(name, Word):
            sheet.say("not-a-word", "`without` is a list of guideline names", name.place)
        elif name.text in guidelines:
            del guidelines[name.text]
        elif not sheet.broken and name.text not in sheet.lost:
            help = did_you_mean(name.text, guidelines, "`without` names guidelines of the include")
            sheet.say("unknown-name", f"the include has no guideline `{clipped(name.text)}`", name.place, help)
