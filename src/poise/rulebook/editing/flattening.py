"""Someone's own copy of a book: its includes written into it, so that no update can rewrite it behind their back.

Each entry is cut out as its author wrote it, comments inside and right above included, and set at the usual indent;
where that would read differently, it is written down anew. The result reads to an equal book, or Mistakes are raised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..mistake import Mistake, Mistakes
from ..reading import Find, read
from ..reading.book import gather
from ..reading.composing import compose
from ..reading.sheet import ROWS, SINGLES, TABLES, Sheet
from ..text import Node, Place, Row, Table, Word
from .spelling import end_of, quoted, shape_of

_ORDER = ("ask_yourself", "responses", "considerations", "terms", "impossible", "start", "guidelines", "bounds",
          "promises", "cases")  # fmt: skip
_LEFT_OUT = ("include", "without")


def flatten(name: str, data: bytes | str, find: Find = lambda _: None) -> str:
    """The text of a book that needs no include and reads to an equal Rulebook. Raises Mistakes where it does not."""
    book = read(name, data, find)
    sheet = Sheet(name)
    source = gather(sheet, name, data, find)
    parts = [_head(source.text) + "".join(_singles(sheet))]
    parts += [f"{section}:\n" + "".join(lines) for section in _ORDER if (lines := list(_section(sheet, section)))]
    text = "\n".join(parts)
    if repr(read(name, text)) != repr(book):  # equal, and in the same order
        message = f"{name}: this book cannot be written down as one file"
        raise Mistakes([Mistake("edit-unclear", message, help="copy its includes into it by hand")])
    return text.replace("\n", "\r\n") if "\r\n" in source.text else text


def _head(text: str) -> str:
    """The comments at the top of the book's own file."""
    head = re.match(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*", text)
    return "".join(line.strip() + "\n" for line in _lines(head.group() if head else "") if line.strip())


def _singles(sheet: Sheet) -> Iterator[str]:
    for name in SINGLES:
        if name in sheet.singles and name not in _LEFT_OUT:
            value = sheet.singles[name]
            yield _faithful(f"{name}: {_cut(value.place, value, 0)}", Word(name, value.place), value)


def _section(sheet: Sheet, name: str) -> Iterator[str]:
    """Every entry of one section, in the order of the book."""
    if name in ROWS:
        yield from (_item(item) for item in sheet.rows[name])
    elif name in TABLES:
        yield from (_entry(*entry, 2) for entry in sheet.entries[name].values())
    else:
        for listed, entries in sheet.responses.items():
            if entries:
                yield f"  {listed}:\n" + "".join(_entry(*entry, 4) for entry in entries.values())


def _entry(key: Word, value: Node, indent: int) -> str:
    """`key: value` as its author wrote it, with the comments right above."""
    above = "".join(" " * indent + comment + "\n" for comment in _above(key.place))
    return above + " " * indent + _faithful(_cut(key.place, value, indent), key, value)


def _item(value: Node) -> str:
    """`- value` as its author wrote it."""
    cut = "  - " + _cut(value.place, value, 4)
    return cut if _reads_as(cut, Row([value], value.place)) else f"  - {_anew(value)}\n"


def _faithful(cut: str, key: Word, value: Node) -> str:
    """What was cut out where it reads the same, or else the same written anew."""
    same = _reads_as(cut, Table({key.text: (key, value)}, key.place))
    return cut if same else f"{key.text}: {_anew(value)}\n"


def _reads_as(text: str, node: Node) -> bool:
    """Whether a piece of text reads as what it was cut from. A list stands under a name, as a book is a table."""
    composed = compose("", f"items:\n{text}" if isinstance(node, Row) else text)
    if composed.mistakes or composed.root is None:
        return False
    found = composed.root.get("items") if isinstance(node, Row) else composed.root
    return found is not None and shape_of(found) == shape_of(node)


def _cut(start: Place, value: Node, indent: int) -> str:
    """The text from `start` to the end of a value, with its comments, its further lines moved to the new indent."""
    text, column = start.source.text, start.column - 1
    end = end_of(value)
    rest = re.compile(r"[ \t]*(#[^\r\n]*)?(?=[\r\n]|$)").match(text, end)
    piece = text[start.start : rest.end() if rest else end]
    if rest and not text[start.start - column : start.start].strip(" -"):
        deeper = re.compile(rf"(?:\s*\n {{{column + 1},}}#[^\r\n]*)+").match(text, rest.end())
        piece += deeper.group() if deeper else ""
    first, *further = _lines(piece)
    return "\n".join([first.rstrip(), *(_moved(line, indent - column).rstrip() for line in further)]) + "\n"


def _moved(line: str, by: int) -> str:
    """A line indented further, or less as far as there is room."""
    return " " * by + line if by >= 0 else line[min(-by, len(line) - len(line.lstrip(" "))) :]


def _above(place: Place) -> list[str]:
    """The comment lines right above an entry, indented no deeper."""
    column = place.column - 1
    before = _lines(place.source.text[: place.start - column])[:-1]
    comments: list[str] = []
    while before and re.match(rf" {{0,{column}}}#", before[-1]):
        comments.insert(0, before.pop().strip())
    return comments


def _anew(node: Node) -> str:
    """The same, written on one line."""
    if isinstance(node, Table):
        return "{" + ", ".join(f"{_anew(key)}: {_anew(value)}" for key, value in node) + "}"
    if isinstance(node, Row):
        return "[" + ", ".join(_anew(item) for item in node.items) + "]"
    return node.text if re.fullmatch(r"[A-Za-z_]\w*|[+-]?[\d.]+", node.text) else quoted(node.text)


def _lines(text: str) -> list[str]:
    return re.split("\r\n|\r|\n", text)
