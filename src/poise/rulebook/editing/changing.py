"""Changes one value of a book and not one other character.

Each way to write the value down is tried until one reads back so that exactly this value differs; a book that read
before still reads, or nothing is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..mistake import Mistake, Mistakes, clipped, did_you_mean
from ..reading import Find, read
from ..reading.composing import CONTROL, compose
from ..reading.sheet import FIELDS, SECTIONS
from ..text import Node, Row, Table, Word
from .spelling import end_of, is_block_text, shape_of, spellings

Path = tuple[str, ...]
"""The names that lead to a value: ("guidelines", "not_online", "weight"); an item of a list by its number from 0."""

BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_BOM = "\ufeff"


def edit(name: str, text: str, path: Path, value: str, find: Find = lambda _: None) -> str:
    """The text of a book with the one value at `path` changed; a field missing in its entry is written as a new one.

    Comments, order, spacing, line endings and the kind of quotes stay. Raises Mistakes, and changes nothing, where
    there is no such place, where the value cannot stand there, or where the book would no longer read.
    """
    mark = _BOM if text.startswith(_BOM) else ""
    body = text.removeprefix(_BOM)
    root = root_of(name, body)
    if CONTROL.search(value):
        raise Mistakes([Mistake("control-character", "an invisible control character stands in the new words")])
    for changed in _written(root, path, value):
        if _differs_only_there(name, changed, root, path, value):
            check_reads(name, body, changed, find)
            return mark + changed
    message = f"`{'.'.join(path)}` cannot be changed without touching something else"
    raise Mistakes([Mistake("edit-unclear", message, root.place, "change it in the file itself")])


def root_of(name: str, text: str) -> Table:
    """What a text says, as one table. Raises Mistakes."""
    composed = compose(name, text)
    if composed.mistakes or composed.root is None:
        raise Mistakes(composed.mistakes)
    return composed.root


def _written(root: Table, path: Path, value: str) -> Iterator[str]:
    """Every text with the value written at its place, the likeliest first."""
    node: Node = root
    for depth, step in enumerate(path):
        inner = inner_of(node, step)
        if inner is None:
            if not isinstance(node, Table) or not _can_be_added(path, depth):
                raise Mistakes([_no_such_place(root, path[: depth + 1], node, path)])
            yield from _added(node, step, value)
            return
        node = inner
    if not isinstance(node, Word):
        message = f"`{'.'.join(path)}` holds more than one value"
        raise Mistakes([Mistake("not-a-word", message, node.place, "name the one to change")])
    yield from _replaced(node, value)


def inner_of(node: Node, step: str) -> Node | None:
    """What stands under one name, or at one number of a list."""
    if isinstance(node, Table):
        return node.get(step)
    if isinstance(node, Row) and step.isdecimal() and int(step) < len(node.items):
        return node.items[int(step)]
    return None


def _can_be_added(path: Path, depth: int) -> bool:
    """Whether the missing step is the last one and names a field that can be there."""
    return depth == len(path) - 1 and path[-1] in (_fields(path) or path)


def _fields(path: Path) -> tuple[str, ...]:
    """The fields that can stand where a path ends; none where any name can."""
    if len(path) == 1:
        return SECTIONS
    kind = FIELDS.get(path[0].removesuffix("s"), ())
    return kind if len(path) == (4 if path[0] == "responses" else 3) else ()


def _no_such_place(root: Table, missing: Path, node: Node, path: Path) -> Mistake:
    """That nothing stands at `missing`; `node` is what stands above it."""
    known = [key.text for key, _ in node] if isinstance(node, Table) else []
    known += _fields(path) if missing == path else ()
    above = f"under `{'.'.join(missing[:-1])}`" if missing[:-1] else "in this file"
    message = f"{root.place.source.name}: there is no `{clipped(missing[-1])}` {above}"
    may_be_included = root.get("include") is not None and missing != path
    otherwise = "it may stand in what this file includes; make a copy of your own to change it"
    return Mistake(
        "no-such-place", message, help=did_you_mean(missing[-1], known, otherwise if may_be_included else "")
    )


def _replaced(word: Word, value: str) -> Iterator[str]:
    """The text with one word written anew."""
    text, start, end = word.place.source.text, word.place.start, end_of(word)
    note = ""
    if is_block_text(word):
        header = re.match(r"[|>][-+0-9]*(.*)", word.place.raw)
        note = header.group(1).rstrip() if header else ""
    for written in spellings(value, word.place.raw):
        for before in ("",) if word.place.raw else ("", " ", ": "):
            yield text[:start] + before + written + note + text[end:]


def _added(table: Table, name: str, value: str) -> Iterator[str]:
    """The text with a new field in a table: after the last one, or else before the first."""
    text = table.place.source.text
    last = max([table.place.start, *(end_of(each) for entry in table for each in entry)])
    for written in spellings(value):
        field = f"{name}: {written}"
        if table.place.raw.startswith("{"):
            yield text[:last] + f", {field}" + text[last:]
            comma = ", " if table.entries else ""
            yield text[: table.place.start + 1] + field + comma + text[table.place.start + 1 :]
            continue
        first = next(iter(table))[0].place
        indent = " " * (first.column - 1)
        there = BREAK.search(text, last)
        end = there.start() if there else len(text)
        ending = line_break(text, last)
        yield text[:end] + ending + indent + field + text[end:]
        yield text[: first.start] + field + ending + indent + text[first.start :]


def line_break(text: str, at: int) -> str:
    """How the line at an offset ends, or else how lines end in this file."""
    found = BREAK.search(text, at) or BREAK.search(text)
    return found.group() if found else "\n"


def _differs_only_there(name: str, changed: str, root: Table, path: Path, value: str) -> bool:
    """Whether a text reads as before but for this one value."""
    composed = compose(name, changed)
    if composed.mistakes or composed.root is None:
        return False
    node: Node | None = composed.root
    for step in path:
        node = inner_of(node, step) if node else None
    is_there = isinstance(node, Word) and node.text == value
    return is_there and shape_of(composed.root, path) == shape_of(root, path)


def check_reads(name: str, before: str, after: str, find: Find) -> None:
    """Raise what is wrong with a book that read before and would not any more."""
    try:
        read(name, before, find)
    except Mistakes:
        return
    read(name, after, find)
