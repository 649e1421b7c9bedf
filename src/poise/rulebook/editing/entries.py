"""Adds a guideline to a book, or takes an entry or a field out of it, and touches no other character.

As with `edit`, each way to write it is tried until one reads back so that exactly this differs; a book that read before
still reads, or nothing is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..mistake import Mistake, Mistakes, clipped
from ..reading import Find
from ..text import Node, Table, Word
from .changing import BREAK, Path, check_reads, inner_of, line_break, root_of
from .spelling import end_of, quoted, shape_of

_PLAIN = re.compile(r"[A-Za-z_]\w*")


def take_out(name: str, text: str, path: Path, find: Find = lambda _: None) -> str:
    """The text of a book without what stands at `path`: a whole entry, or one field of it.

    The notes right above a whole line go with it. Raises Mistakes, and changes nothing, where there is no such place,
    where nothing would be left around it, or where the book would no longer read.
    """
    root = root_of(name, text)
    table = _at(root, path[:-1])
    if not isinstance(table, Table) or path[-1] not in table.entries:
        message = f"there is no `{clipped(path[-1])}` under `{'.'.join(path[:-1])}`"
        raise Mistakes([Mistake("no-such-place", message)])
    wanted = shape_of(root, path)
    for changed in _without(table, path[-1]):
        if _shape(name, changed) == wanted:
            check_reads(name, text, changed, find)
            return changed
    raise _unclear(path, table)


def put_guideline(name: str, text: str, id_: str, fields: Mapping[str, str | Mapping[str, str]]) -> str:
    """The text of a book with a new guideline after its last one. `lean` is {response: lean}; other fields are words.

    Raises Mistakes, and changes nothing, where the name is taken, or the book would no longer read.
    """
    root = root_of(name, text)
    guidelines, path = root.get("guidelines"), ("guidelines", id_)
    if isinstance(guidelines, Table) and id_ in guidelines.entries:
        message = f"there is a guideline `{clipped(id_)}` in this book already"
        raise Mistakes([Mistake("written-twice", message, help="give it another name")])
    for changed in _with(root, guidelines, _entry(id_, fields)):
        found = _root_or_none(name, changed)
        if found and _says(_at(found, path), fields) and _same_but(found, root, path):
            check_reads(name, text, changed, lambda _: None)
            return changed
    raise _unclear(path, root)


def _without(table: Table, name: str) -> Iterator[str]:
    """Every text with one entry of a table taken out, the likeliest first."""
    key, value = table.entries[name]
    text, start, end = key.place.source.text, key.place.start, end_of(value)
    if table.flow:
        after = re.compile(r"\s*,[ \t]*").match(text, end)
        before = re.search(r",\s*\Z", text[:start])
        if after:
            yield text[:start] + text[after.end() :]
        if before:
            yield text[: before.start()] + text[end:]
        yield text[:start] + text[end:]
        return
    first = _first_line(text, start)
    there = BREAK.search(text, end)
    yield text[:first] + text[there.end() if there else len(text) :]


def _first_line(text: str, start: int) -> int:
    """Where the line of an entry begins, or the first of the notes right above it."""
    begin = _line_start(text, start)
    note = re.compile(rf"[ ]{{{start - begin}}}#")
    while begin and note.match(text, above := _line_start(text, begin - 1)):
        begin = above
    return begin


def _line_start(text: str, at: int) -> int:
    return max(text.rfind(mark, 0, at) for mark in ("\n", "\r")) + 1


def _with(root: Table, guidelines: Node | None, lines: list[str]) -> Iterator[str]:
    """Every text with the lines of a new guideline in it."""
    text = root.place.source.text
    if isinstance(guidelines, Table) and not guidelines.flow:
        last = max(end_of(value) for _, value in guidelines)
        there = BREAK.search(text, last)
        indent = " " * (next(iter(guidelines))[0].place.column - 1)
        yield _laid(text, there.start() if there else len(text), [indent + line for line in lines])
    elif guidelines is None or (isinstance(guidelines, Word) and not guidelines.text):
        head = ["guidelines:"] if guidelines is None else []
        end = len(text.rstrip()) if guidelines is None else guidelines.place.end
        yield _laid(text, end, [*head, *("  " + line for line in lines)])


def _laid(text: str, at: int, lines: list[str]) -> str:
    ending = line_break(text, at)
    return text[:at] + "".join(ending + line for line in lines) + text[at:]


def _entry(id_: str, fields: Mapping[str, str | Mapping[str, str]]) -> list[str]:
    """The lines of a guideline."""
    lines = [f"{id_}:"]
    for name, value in fields.items():
        if isinstance(value, str):
            lines.append(f"  {name}: {value if _PLAIN.fullmatch(value) else quoted(value)}")
        else:
            lines.append(f"  {name}: {{{', '.join(f'{inner}: {lean}' for inner, lean in value.items())}}}")
    return lines


def _says(node: Node | None, fields: Mapping[str, str | Mapping[str, str]]) -> bool:
    """Whether an entry says these fields and nothing else."""
    if not isinstance(node, Table) or list(node.entries) != list(fields):
        return False
    pairs = ((node.entries[name][1], value) for name, value in fields.items())
    return all(
        found.text == value if isinstance(found, Word) else isinstance(value, Mapping) and _says(found, value)
        for found, value in pairs
    )


def _same_but(found: Table, root: Table, path: Path) -> bool:
    """Whether a text reads as before but for one new guideline."""
    before = root if isinstance(root.get("guidelines"), Table) else None
    if before:
        return shape_of(found, path) == shape_of(root)
    return shape_of(found, path[:1]) == shape_of(root, path[:1])


def _shape(name: str, text: str) -> object:
    root = _root_or_none(name, text)
    return shape_of(root) if root else None


def _root_or_none(name: str, text: str) -> Table | None:
    try:
        return root_of(name, text)
    except Mistakes:
        return None


def _at(node: Node | None, path: Path) -> Node | None:
    for step in path:
        node = inner_of(node, step) if node else None
    return node


def _unclear(path: Path, near: Table) -> Mistakes:
    message = f"`{'.'.join(path)}` cannot be changed without touching something else"
    return Mistakes([Mistake("edit-unclear", message, near.place, "change it in the text itself")])
