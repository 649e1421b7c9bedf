"""A grid of scenarios as it is written down, in YAML or JSON.

seed: 7                        # what chance begins with; 1 where nothing is said
people: 1000                   # imagined relationships that are lived through, for each policy
policies: [optimum, kindly]    # none: nothing is lived through, only worth is worked out
books: {in_the_room: {role: clinician}}   # rulebooks to live by, and what stays the same all along
points: fine                   # or coarse: a third of the time
all: {present: 0.4}            # what every scenario has
axes:                          # what is varied
  strain: [0, 0.5, 1, 1.5]
  trust_today: {from: 0.1, to: 0.9, steps: 5}
  switch: [as_it_stands, no_growth_of_trust]
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator

from ...rulebook.mistake import Mistake, Mistakes, clipped, did_you_mean, one_of
from ...rulebook.reading.composing import compose
from ...rulebook.text import Node, Place, Row, Table, Word
from ..parameters import World
from ..simulating import policy_of
from ..switches import SWITCHES
from .asked import AS_IT_STANDS, LIMITS, MOST_SCENARIOS, PEOPLE, POINTS, SEED, SWITCH, WHOLE, Book, Level, Scenarios
from .row import POLICIES, rulebook

FIELDS = ("seed", "people", "policies", "books", "points", "all", "axes")
NUMBER = re.compile(r"[-+]?(\d{1,20}(\.\d{0,20})?|\.\d{1,20})([eE][-+]?\d{1,2})?")
NOTHING_DONE = "Nothing was worked out."
EXAMPLE = "for example `axes: {strain: [0, 1], trust_today: [0.3, 0.7]}`"
LIKE = {
    "axes": EXAMPLE,
    "all": "for example `all: {present: 0.4}`",
    "books": "for example `books: {in_the_room: {role: clinician}}`",
}
STEPS = "for example `[0.2, 0.5, 0.8]`, or `{from: 0.2, to: 0.8, steps: 3}`"

Opened = Callable[[str], str]
"""The text of a book, standing alone, by its name. Raises Mistakes."""
Take = Callable[[Word, Node], Iterable[Mistake]]


def no_book(name: str) -> str:
    """Where no books are handed in."""
    raise Mistakes([Mistake("no-book", f"there is no rulebook `{clipped(name)}`")], NOTHING_DONE)


def read_scenarios(name: str, data: bytes | str, opened: Opened = no_book) -> Scenarios:
    """The grid in a file; `opened` gives a book's text by its name. Raises Mistakes, all of them at once."""
    composed = compose(name, data)
    mistakes = [_of_a_grid(mistake) for mistake in composed.mistakes]
    reading = _Reading(opened)
    if composed.root is not None and not mistakes:
        mistakes = list(reading.read(composed.root))
    if mistakes:
        raise Mistakes(mistakes, NOTHING_DONE)
    return Scenarios(reading.shared, reading.axes, tuple(reading.policies), reading.books, reading.points)


def _of_a_grid(mistake: Mistake) -> Mistake:
    """What reading books says of a file, said of a grid."""
    help = EXAMPLE if mistake.kind == "no-table" else mistake.help
    return Mistake(mistake.kind, mistake.message.replace("rulebook", "grid of scenarios"), mistake.place, help)


class _Reading:
    """What was read so far. Each method gives the mistakes it met."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.books: dict[str, Book] = {}
        self.shared: dict[str, Level] = {}
        self.axes: dict[str, tuple[Level, ...]] = {}
        self.policies: list[str] = []
        self.points = "fine"

    def read(self, root: Table) -> Iterator[Mistake]:
        for key, value in root:
            if key.text in (SEED, PEOPLE):
                yield from self._shared(key, value)
            elif key.text == "all":
                yield from self._each(key, value, self._shared)
            elif key.text == "axes":
                yield from self._each(key, value, self._axis)
            elif key.text == "books":
                yield from self._each(key, value, self._book)
            elif key.text in ("policies", "points"):
                yield from getattr(self, f"_{key.text}")(value)
            else:
                yield unknown(key, FIELDS, "unknown-field", "there is no field")
        if root.get("axes") is None:
            yield Mistake("missing-field", "nothing is varied: `axes` is missing", root.place, EXAMPLE)
        elif len(Scenarios(axes=self.axes)) > MOST_SCENARIOS:
            message = f"these are {len(Scenarios(axes=self.axes)):,} scenarios; a grid has at most {MOST_SCENARIOS:,}"
            yield Mistake("too-large", message, root.entries["axes"][0].place, "vary less, or in fewer steps")

    def _each(self, key: Word, value: Node, take: Take) -> Iterator[Mistake]:
        """Every entry of a table."""
        if not isinstance(value, Table):
            message = f"`{key.text}` holds names, each with what belongs to it"
            yield Mistake("not-a-table", message, value.place, LIKE[key.text])
            return
        for name, inner in value:
            yield from take(name, inner)

    def _shared(self, key: Word, value: Node) -> Iterator[Mistake]:
        """A level that every scenario has."""
        if key.text in self.shared:
            yield Mistake("written-twice", f"`{key.text}` stands twice", key.place, "keep one of the two")
        elif mistake := unknown_name(key):
            yield mistake
        else:
            read = list(levels(key.text, [value]))
            yield from (one for one in read if isinstance(one, Mistake))
            self.shared.update((key.text, one) for one in read if not isinstance(one, Mistake))

    def _axis(self, key: Word, value: Node) -> Iterator[Mistake]:
        if mistake := unknown_name(key):
            yield mistake
            return
        read = list(levels(key.text, value.items) if isinstance(value, Row) else steps(key, value))
        yield from (one for one in read if isinstance(one, Mistake))
        found = tuple(one for one in read if not isinstance(one, Mistake))
        if not read:
            yield Mistake("not-a-list", f"`{key.text}` is varied, and has no levels", value.place, STEPS)
        elif len(found) == len(read) and len(set(found)) < len(found):
            yield Mistake("written-twice", f"a level of `{key.text}` stands twice", value.place, "keep one of the two")
        self.axes[key.text] = found

    def _book(self, key: Word, value: Node) -> Iterator[Mistake]:
        """A rulebook and what stays the same all along, tried at once: a grid takes long to find out."""
        entries = list(value) if isinstance(value, Table) else []
        given = {name.text: one.text for name, one in entries if isinstance(one, Word)}
        if not isinstance(value, Table) or len(given) < len(entries):
            message = f"`{clipped(key.text)}` holds answers that stay the same"
            yield Mistake("not-a-table", message, value.place, LIKE["books"] + "; `{}` where there are none")
        elif key.text in POLICIES:
            yield Mistake("written-twice", f"`{key.text}` is a policy already", key.place, "give the file another name")
        else:
            try:
                text = self.opened(key.text)
                policy_of(rulebook(key.text, text), World(), given)
                self.books[key.text] = Book(text, given)
            except Mistakes as flaws:
                for one in flaws.mistakes:
                    yield Mistake(one.kind, one.message, one.place or key.place, one.help)

    def _policies(self, value: Node) -> Iterator[Mistake]:
        if not isinstance(value, Row):
            yield Mistake("not-a-list", "`policies` is a list", value.place, f"of {one_of(POLICIES)}")
            return
        for item in value.items:
            name = item.text if isinstance(item, Word) else item.place.raw
            if name not in POLICIES:
                help = did_you_mean(name, POLICIES)
                yield Mistake("unknown-name", f"there is no policy `{clipped(name)}`", item.place, help)
            elif name not in self.policies:
                self.policies.append(name)

    def _points(self, value: Node) -> Iterator[Mistake]:
        if isinstance(value, Word) and value.text in POINTS:
            self.points = value.text
        else:
            yield Mistake("not-one-of", "this is no number of points", value.place, f"it can be {one_of(POINTS)}")


def unknown(key: Word, known: Iterable[str], kind: str, message: str) -> Mistake:
    """A name that is none of those known."""
    return Mistake(kind, f"{message} `{clipped(key.text)}`", key.place, did_you_mean(key.text, known))


def unknown_name(key: Word) -> Mistake | None:
    """What is said where nothing of this name can be varied."""
    known = (*LIMITS, SWITCH)
    if key.text in known:
        return None
    help = did_you_mean(key.text, known, "`poise scenarios --help` says where the names are")
    return Mistake("unknown-name", f"there is nothing to vary called `{clipped(key.text)}`", key.place, help)


def levels(name: str, items: Iterable[Node]) -> Iterator[Level | Mistake]:
    """The levels written down, one for each item, or what is wrong with it."""
    for item in items:
        if name == SWITCH:
            known = (AS_IT_STANDS, *SWITCHES)
            word = item.text if isinstance(item, Word) else item.place.raw
            message = f"there is no switch `{clipped(word)}`"
            yield word if word in known else Mistake("unknown-name", message, item.place, did_you_mean(word, known))
        else:
            yield number(name, item)


def number(name: str, item: Node) -> float | int | Mistake:
    """A number that can stand for this name, or what is wrong with it."""
    low, high = LIMITS[name]
    text = item.text if isinstance(item, Word) else item.place.raw
    ends = f"`{name}` lies from {low:,} to {high:,}"
    if not isinstance(item, Word) or not NUMBER.fullmatch(text):
        return Mistake("bad-number", f"`{clipped(text)}` is no number", item.place, ends)
    found = float(text)
    if name in WHOLE and not found.is_integer():
        return Mistake("bad-number", f"`{name}` is a whole number", item.place, ends)
    exact = int(text) if name in WHOLE and text.isdigit() else found
    if not math.isfinite(found) or not low <= exact <= high:
        return Mistake("bad-number", f"`{clipped(text)}` is out of what `{name}` can be", item.place, ends)
    return int(exact) if name in WHOLE else found


def steps(key: Word, value: Node) -> Iterator[Level | Mistake]:
    """`{from: 0.2, to: 0.8, steps: 3}`: that many levels, evenly, both ends among them."""
    if not isinstance(value, Table) or set(value.entries) != {"from", "to", "steps"} or key.text == SWITCH:
        yield Mistake("not-a-list", f"`{key.text}` has a list of levels", value.place, STEPS)
        return
    ends = [number(key.text, value.entries[end][1]) for end in ("from", "to")]
    how_many = _count(value.entries["steps"][1])
    wrong = [one for one in (*ends, how_many) if isinstance(one, Mistake)]
    if wrong:
        yield from wrong
        return
    low, high = (float(one) for one in ends if not isinstance(one, Mistake))
    count = how_many if isinstance(how_many, int) else 2
    made = [round(low + (high - low) * i / (count - 1), 12) for i in range(count)]
    if key.text in WHOLE and not all(one.is_integer() for one in made):
        yield _uneven(key, value.place)
    else:
        yield from (int(one) if key.text in WHOLE else one for one in made)


def _count(item: Node) -> int | Mistake:
    text = item.text if isinstance(item, Word) else ""
    if re.fullmatch(r"\d{1,7}", text) and 2 <= int(text) <= MOST_SCENARIOS:
        return int(text)
    return Mistake("bad-number", "`steps` is a whole number, two at least", item.place, STEPS)


def _uneven(key: Word, place: Place) -> Mistake:
    return Mistake("bad-number", f"`{key.text}` is counted, and these steps fall between whole numbers", place, STEPS)
