"""How a word can be written down so that it reads back as itself, and where written things end."""

from __future__ import annotations

from ..text import Node, Row, Table, Word

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def spellings(text: str, written: str = "") -> list[str]:
    """Ways to write a word, the one nearest to what was `written` first; which of them hold, the place decides."""
    single = "'" + text.replace("'", "''") + "'"
    if written.startswith("'"):
        return [single, quoted(text)]
    return [quoted(text)] if written.startswith('"') or not text else [text, quoted(text)]


def quoted(text: str) -> str:
    """The word in double quotes."""
    return '"' + "".join(_ESCAPES.get(char) or _visible(char) for char in text) + '"'


def _visible(char: str) -> str:
    """The character, or its escape where it would break the line or not be seen."""
    if char == " " or char.isprintable():
        return char
    code = ord(char)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"


def is_block_text(word: Word) -> bool:
    """Whether a word is written as lines under `|` or `>`."""
    return not word.plain and word.place.raw[:1] in ("|", ">")


def end_of(node: Node) -> int:
    """Where the last character of something written stands, its own line's end and notes left out."""
    place = node.place
    if isinstance(node, Word):
        return place.start + len(place.raw.rstrip()) if is_block_text(node) else place.end
    if place.raw[:1] in ("{", "["):
        return place.end
    inner = node.items if isinstance(node, Row) else [each for entry in node for each in entry]
    return max([place.start, *(end_of(each) for each in inner)])


Shape = str | tuple[object, ...]


def shape_of(node: Node, leave_out: tuple[str, ...] = ()) -> Shape:
    """What is written, without places; `leave_out` is the path of one value not to look at."""
    if isinstance(node, Word):
        return node.text
    if isinstance(node, Table):
        named = [(key.text, inner) for key, inner in node]
    else:
        named = [(str(position), inner) for position, inner in enumerate(node.items)]
    first, rest = leave_out[:1], leave_out[1:]
    return (
        type(node).__name__,
        *(
            (name, shape_of(inner, rest if (name,) == first else ()))
            for name, inner in named
            if (name,) != first or rest
        ),
    )
