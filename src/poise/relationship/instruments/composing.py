"""From YAML to text with line numbers: tables of lines, nothing guessed, nothing turned into objects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from ..unclear import Problem, Unclear, clipped

MOST_BYTES = 100_000
MOST_DEEP = 3
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True)
class Text:
    """A line of text, and the line it stands on."""

    text: str
    line: int


@dataclass(frozen=True)
class Fields:
    """A table: what stands under each name, and the line it begins on."""

    values: dict[str, Fields | Text]
    line: int


def compose(name: str, data: str | bytes) -> Fields:
    """The table a file is. Raises Unclear with the first thing in it that cannot be read."""
    if len(data) > MOST_BYTES:
        raise _unclear(name, 1, "this file is larger than any instrument", "is it the right file?")
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data.removeprefix("\ufeff")
        return _document(name, yaml.parse(text, Loader=_Loader))
    except UnicodeDecodeError:
        raise _unclear(name, 1, "this file is not UTF-8 text", "save it as UTF-8") from None
    except yaml.MarkedYAMLError as trap:
        mark = trap.problem_mark
        line = mark.line + 1 if mark else 1
        raise _unclear(name, line, "from here on it cannot be read", "is a quote or a bracket left open?") from None
    except (yaml.YAMLError, UnicodeEncodeError):
        raise _unclear(name, 1, "there are invisible characters in this file", "type the words again") from None


def _document(name: str, events: Iterator[Any]) -> Fields:
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            found = _node(name, next(events), events, 1)
            if isinstance(found, Fields):
                _nothing_more(name, events)
                return found
            break
    raise _unclear(name, 1, "this file is no table", "begin with `instrument: 1`")


def _nothing_more(name: str, events: Iterator[Any]) -> None:
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise _unclear(name, line, "a second instrument begins here", "one file holds one")


def _node(name: str, event: Any, events: Iterator[Any], depth: int) -> Fields | Text:
    line = event.start_mark.line + 1
    if getattr(event, "anchor", None) or getattr(event, "tag", None) or isinstance(event, yaml.AliasEvent):
        raise _unclear(name, line, "`&`, `*` and `!` mean something else in YAML", "put the text in quotes")
    if isinstance(event, yaml.ScalarEvent):
        return Text(event.value, line)
    if isinstance(event, yaml.MappingStartEvent) and depth <= MOST_DEEP:
        return _table(name, line, events, depth)
    what = "a list stands here" if isinstance(event, yaml.SequenceStartEvent) else "tables stand in tables in tables"
    raise _unclear(name, line, what, "an instrument is made of `name: value` lines")


def _table(name: str, line: int, events: Iterator[Any], depth: int) -> Fields:
    values: dict[str, Fields | Text] = {}
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            return Fields(values, line)
        key = _node(name, event, events, MOST_DEEP + 1)
        if isinstance(key, Fields):
            break
        if key.text in values:
            raise _unclear(name, key.line, f"{clipped(key.text)} stands here a second time", "keep one of them")
        values[key.text] = _node(name, next(events), events, depth + 1)
    raise _unclear(name, line, "a table stands where a name belongs", "")


def _unclear(name: str, line: int, message: str, help_: str) -> Unclear:
    return Unclear([Problem(f"{name}:{line}", message, help_)])
