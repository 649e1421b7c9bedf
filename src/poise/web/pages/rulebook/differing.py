"""What is otherwise between two texts of one rulebook: entry by entry in a person's words, and line by line."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple

from .laid_out import Clause, Lean, Page

NEW, GONE, CHANGED = "new", "gone", "changed"
SAME_LINE, CAME, WENT, LEFT_OUT = "same", "came", "went", "left-out"
AROUND = 2
"""Lines shown around those that changed."""
MOST_LINES = 3_000
"""Changed lines up to which two texts are laid side by side; finding the pairs takes their product."""
MOST_SHOWN = 400
_HEAD = ("title", "audience", "first_duty", "signed", "ask_yourself", "impossible")
_NOT_TOLD = ("id", "mark", "number")


class Field(NamedTuple):
    """One thing about an entry, before and after. `slight` where only its size differs, and its words do not."""

    name: str
    before: Any
    after: Any
    slight: bool = False


class Difference(NamedTuple):
    """One entry that is `new`, `gone` or `changed`. `cares`: anchored, before or after; `first`: the first rule."""

    kind: str
    state: str
    say: str
    fields: tuple[Field, ...] = ()
    cares: bool = False
    first: bool = False
    number: int = 0
    mark: str = ""
    """Of a guideline that is there afterwards."""


class Line(NamedTuple):
    """A line of text that is the `same`, `came`, `went`; or that some are left out here."""

    state: str
    text: str


def differences(old: Page, new: Page) -> tuple[Difference, ...]:
    """Everything a reader would see that is otherwise, what one cares about first."""
    found = [
        *_of("guideline", old.guidelines, new.guidelines, "say"),
        *_order(old, new),
        *_of("bound", old.bounds, new.bounds, "say"),
        *_of("response", _listed(old), _listed(new), "say"),
        *_of("question", old.questions, new.questions, "ask"),
        *_of("promise", old.promises, new.promises, "id"),
        *_head(old, new),
    ]
    return tuple(sorted(found, key=lambda each: not each.cares))


def _of(kind: str, old: Iterable[Any], new: Iterable[Any], called: str) -> Iterator[Difference]:
    """The differences between the entries of one kind."""
    before, after = ({each.id: each for each in entries} for entries in (old, new))
    for id_, entry in before.items():
        if id_ not in after:
            yield _one(kind, GONE, entry, called)
        elif fields := tuple(_fields(entry, after[id_])):
            yield _one(kind, CHANGED, entry, called, fields=fields, after=after[id_])
    for id_, entry in after.items():
        if id_ not in before:
            yield _one(kind, NEW, entry, called, fields=tuple(_all(entry, called)))


def _one(  # noqa: PLR0913
    kind: str, state: str, entry: Any, called: str, *, fields: tuple[Field, ...] = (), after: Any = None
) -> Difference:
    both = [each for each in (entry, after) if each is not None]
    cares = any(getattr(each, "anchored", False) for each in both)
    first = any(getattr(each, "first", False) for each in both)
    number, mark = getattr(entry, "number", 0), "" if state == GONE else getattr(entry, "mark", "")
    return Difference(kind, state, getattr(entry, called), fields, cares or first, first, number, mark)


def _fields(old: Any, new: Any) -> Iterator[Field]:
    """What is otherwise about one entry."""
    for name in old._fields:
        before, after = getattr(old, name), getattr(new, name)
        if name in _NOT_TOLD or before == after:
            continue
        if name == "clauses":
            before, after = _only(before, after), _only(after, before)
        yield Field(name, before, after, _words(before) == _words(after))


def _all(entry: Any, called: str) -> Iterator[Field]:
    """Everything that a new entry says beside its name."""
    for name in entry._fields:
        value = getattr(entry, name)
        if name not in (*_NOT_TOLD, called) and value not in ("", (), False):
            yield Field(name, (), value)


def _only(some: tuple[Clause, ...], others: tuple[Clause, ...]) -> tuple[Clause, ...]:
    return tuple(each for each in some if each not in others)


def _words(value: Any) -> Any:
    """A value as it reads: sizes within one word are alike."""
    if isinstance(value, Lean):
        return value[0], value[1], tuple(sorted(value.says))
    if isinstance(value, tuple):
        return [_words(each) for each in value]
    return value


def _order(old: Page, new: Page) -> Iterator[Difference]:
    """Guidelines that both have, in another order."""
    before, after = ([each.id for each in page.guidelines] for page in (old, new))
    if [id_ for id_ in before if id_ in after] != [id_ for id_ in after if id_ in before]:
        yield Difference("order", CHANGED, "")


def _head(old: Page, new: Page) -> Iterator[Difference]:
    fields = [
        Field(name, getattr(old, name), getattr(new, name))
        for name in _HEAD
        if getattr(old, name) != getattr(new, name)
    ]
    if old.start != new.start:
        before, after = (tuple(each for each in a if each not in b) for a, b in _both_ways(old.start, new.start))
        fields.append(Field("start", before, after, _words(before) == _words(after)))
    if fields:
        yield Difference("book", CHANGED, "", tuple(fields))


def _both_ways(old: Any, new: Any) -> tuple[tuple[Any, Any], tuple[Any, Any]]:
    return (old, new), (new, old)


def _listed(page: Page) -> list[Any]:
    return [each for listed in page.responses.values() for each in listed]


def lines(old: str, new: str) -> tuple[Line, ...] | None:
    """Both texts line by line, what is the same left out; None where too much is otherwise to be laid side by side."""
    before, after = old.splitlines(), new.splitlines()
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    if max(len(before), len(after)) - head - tail > MOST_LINES:
        return None
    start, end = max(0, head - AROUND), max(0, tail - AROUND)
    found = difflib.unified_diff(
        before[start : len(before) - end], after[start : len(after) - end], n=AROUND, lineterm=""
    )
    return tuple(islice(_told(islice(found, 2, None)), MOST_SHOWN))


def _alike(some: list[str], others: list[str]) -> int:
    """How many lines are the same from the beginning on."""
    pairs = enumerate(zip(some, others, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(some), len(others)))


def _told(found: Iterable[str]) -> Iterator[Line]:
    states: Mapping[str, str] = {"+": CAME, "-": WENT, " ": SAME_LINE, "@": LEFT_OUT}
    for line in found:
        state = states[line[0]]
        yield Line(state, "" if state == LEFT_OUT else line[1:])
