"""From YAML to text with places.

The stream of parser events is walked with a stack, so depth costs no recursion; anchors, aliases and tags are refused,
sizes are bounded, and after a trap the entry it sits in is blanked and the rest is read on, so that all mistakes
come in one pass. PyYAML's C parser is used where it is there, its pure twin where not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from ..mistake import Mistake, clipped
from ..text import Node, Place, Row, Source, Table, Word
from .traps import escaped, in_our_words, too_high

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

MOST_BYTES = 1_000_000
MOST_DEEP = 12
MOST_NODES = 20_000
MOST_TRAPS = 20
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass
class Composed:
    """What was read of one file: its root table, the mistakes met, and the names lost with blanked entries."""

    source: Source
    root: Table | None
    mistakes: list[Mistake] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)


def compose(name: str, data: bytes | str) -> Composed:
    """The text of one file with its places. Never raises for what the file holds: see `mistakes`."""
    text = data.removeprefix("\ufeff") if isinstance(data, str) else _decoded(name, data)
    if isinstance(text, Mistake):
        return Composed(Source(name, ""), None, [text])
    refused = _refused(Source(name, text), len(data))
    if refused:
        return Composed(refused.place.source if refused.place else Source(name, ""), None, [refused])
    return _composed(Source(name, text))


def _decoded(name: str, data: bytes) -> str | Mistake:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as flaw:
        before = data[: flaw.start]
        line = before.count(b"\n") + 1
        return Mistake(
            "encoding",
            f"{name}:{line}: this file is not UTF-8 text",
            help="save it as UTF-8 (in most editors: Save as, encoding UTF-8)",
        )


def _refused(source: Source, size: int) -> Mistake | None:
    """A file too large or with characters that no text holds."""
    if size > MOST_BYTES:
        message = f"{source.name}: this file is {size / 1e6:.1f} MB; a rulebook is at most 1 MB of text"
        return Mistake("too-large", message, help="is it the right file?")
    control = CONTROL.search(source.text)
    if control:
        place = Place(source, control.start(), control.end())
        message = f"an invisible control character (U+{ord(control.group()):04X}) stands here"
        return Mistake("control-character", message, place, "delete it and type the words around it again")
    return None


def _composed(source: Source) -> Composed:
    """Compose, and after each trap blank the entry it sits in and go on."""
    result = Composed(source, None)
    text = source.text
    for _ in range(MOST_TRAPS):
        builder = _Builder(source)
        try:
            result.root = builder.build(text)
        except yaml.MarkedYAMLError as trap:
            place, mistake = in_our_words(source, trap, builder.last)
            result.mistakes.append(mistake)
            text = _without_entry(text, place.start, result.lost)
            continue
        except (ValueError, OverflowError):
            result.mistakes.append(too_high(source))
            return result
        except _Refused as refused:
            result.mistakes.append(refused.mistake)
            if refused.mistake.kind != "bad-start":
                return result
            text = _without_entry(text, refused.place.start, result.lost)
            continue
        if result.root or not result.mistakes:
            result.mistakes += builder.mistakes
        break
    return result


def _without_entry(text: str, at: int, lost: set[str]) -> str:
    """The text with the entry around an offset blanked; its name is remembered as lost."""
    lines = text.split("\n")
    row = min(text.count("\n", 0, at), len(lines) - 1)
    top = row
    while top > 0 and (_indent(lines[top]) > 2 or not _has_key(lines[top])):
        top -= 1
    level = _indent(lines[top])
    end = top + 1
    while end < len(lines) and (not lines[end].strip() or _indent(lines[end]) > level):
        end += 1
    end = max(end, row + 1)
    for line in lines[top:end]:
        key = re.match(r"\s*([\w-]+)\s*:", line)
        if key:
            lost.add(key.group(1))
    lines[top:end] = [" " * len(line) for line in lines[top:end]]
    return "\n".join(lines)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" ")) if line.strip() else 999


def _has_key(line: str) -> bool:
    return bool(re.match(r"\s*[^\s#]", line))


class _Refused(Exception):
    """The file is stopped here: it is too deep, too many-parted, or uses what a rulebook has no use for."""

    def __init__(self, kind: str, message: str, place: Place, help: str) -> None:
        self.mistake, self.place = Mistake(kind, message, place, help), place


class _Builder:
    """Builds tables, rows and words from parser events, on a stack."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.mistakes: list[Mistake] = []
        self.last: Word | None = None

    def build(self, text: str) -> Table | None:
        """The root table, or None where there is none (said in `mistakes`)."""
        stack: list[_Open] = []
        root: Node | None = None
        for count, event in enumerate(self._events(text)):
            if count > MOST_NODES:
                message = "this file has more parts than any rulebook needs"
                self._refuse("too-large", self._place(event), message, "is it the right file?")
            if isinstance(event, yaml.CollectionEndEvent):
                node: Node = stack.pop().closed(self._place(event), self.mistakes)
            elif isinstance(event, yaml.CollectionStartEvent):
                if len(stack) >= MOST_DEEP:
                    message = "this is nested deeper than any rulebook needs"
                    self._refuse("too-deep", self._place(event), message, "put it on fewer levels")
                stack.append(_Open(self._place(event), event))
                continue
            else:
                node = self.last = self._word(event)
            if stack:
                stack[-1].take(node)
            elif root is None:
                root = node
            else:
                self._refuse("second-book", node.place, "a second rulebook begins here", "one file holds one")
        return self._as_root(root)

    def _word(self, event: Any) -> Word:
        word = Word(event.value, self._place(event), event.style is None)
        if event.style == '"' and CONTROL.search(word.text):  # elsewhere the text itself was searched
            self.mistakes.append(escaped(word))
        return word

    def _events(self, text: str) -> Iterator[Any]:
        """Events that carry something; anchors (`&`), aliases (`*`) and tags (`!`) are refused on sight."""
        event: Any
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.NodeEvent):
                if event.anchor or getattr(event, "tag", None) not in {None, "!"}:
                    message = "words cannot begin with this mark unless they are in quotes"
                    self._refuse("bad-start", self._place(event), message, "put the words in quotes")
                yield event
            elif isinstance(event, yaml.CollectionEndEvent):
                yield event

    def _as_root(self, root: Node | None) -> Table | None:
        if isinstance(root, Table):
            return root
        place = root.place if root else self.source.whole()
        found = (
            "this file is empty"
            if root is None or place.raw == ""
            else "this file is not a table of `name: value` lines"
        )
        self.mistakes.append(Mistake("no-table", found, place, "a rulebook begins with `poise: 1`"))
        return None

    def _place(self, event: Any) -> Place:
        return Place(self.source, event.start_mark.index, event.end_mark.index)

    def _refuse(self, kind: str, place: Place, message: str, help: str) -> None:
        raise _Refused(kind, message, place, help)


class _Open:
    """A table or row that is still being filled."""

    def __init__(self, place: Place, event: Any) -> None:
        self.place = place
        self.flow = bool(event.flow_style)
        self.is_table = isinstance(event, yaml.MappingStartEvent)
        self.nodes: list[Node] = []

    def take(self, node: Node) -> None:
        self.nodes.append(node)

    def closed(self, end: Place, mistakes: list[Mistake]) -> Node:
        place = Place(self.place.source, self.place.start, end.end)
        if not self.is_table:
            return Row(self.nodes, place)
        entries: dict[str, tuple[Word, Node]] = {}
        for key, value in zip(self.nodes[::2], self.nodes[1::2], strict=True):
            if not isinstance(key, Word):
                message = "a name is one word, not a list or a table"
                mistakes.append(Mistake("key-not-a-word", message, key.place, "write one word before the colon"))
            elif key.text in entries:
                first = entries[key.text][0].place.line
                message = f"`{clipped(key.text)}` stands twice here; the first is on line {first}"
                mistakes.append(Mistake("written-twice", message, key.place, "keep one of the two"))
            else:
                entries[key.text] = (key, value)
        return Table(entries, place, self.flow)
