"""One guideline as a form: what stands in its text field by field, and what a form changes about it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ....rulebook.condition import Condition
from ....rulebook.editing import edit, take_out
from ....rulebook.guideline import NUDGE, PULL, STRONG, Guideline
from ....rulebook.mistake import Mistake, Mistakes
from ....rulebook.reading.composing import compose
from ....rulebook.reading.conditions import parse
from ....rulebook.rulebook import Rulebook
from ....rulebook.text import Place, Row, Source, Table, Word
from ...page import Form, words

AS_IS = "as-is"
"""The choice for a number that has no word: it stays as it stands."""
LEANS = {"+strong": STRONG, "+pull": PULL, "+nudge": NUDGE, "": 0, "-nudge": -NUDGE, "-pull": -PULL, "-strong": -STRONG}
WEIGHTS = {"0": 0.0, "0.5": 0.5, "1": 1.0, "2": 2.0}
Path = tuple[str, ...]
Change = tuple[Path, str]
"""Where something is written, and what is to stand there; nothing, where it is to go."""


class LeanField(NamedTuple):
    """A response, and how a clause leans on it. `written` says whether the clause names it."""

    response: str
    say: str
    chosen: str
    written: bool


class ClauseField(NamedTuple):
    """Where a clause stands in its guideline, its conditions as text, and its leans."""

    key: str
    path: Path
    when: str
    unless: str
    leans: tuple[LeanField, ...]


class Written(NamedTuple):
    """A guideline as it stands in a text."""

    id: str
    say: str
    because: str
    when: str
    unless: str
    """Beside `leans`: what holds for all of them."""
    several: bool
    weight: str
    grip: str
    anchored: bool
    clauses: tuple[ClauseField, ...]


@lru_cache(maxsize=4)
def _composed(text: str) -> Table:
    root = compose("", text).root
    return root or Table({}, Source("", text).whole())


def written(book: Rulebook, text: str, id_: str) -> Written:
    """A guideline as its text says it."""
    guidelines = _composed(text).get("guidelines")
    entry = guidelines.get(id_) if isinstance(guidelines, Table) else None
    table = entry if isinstance(entry, Table) else Table({}, Source("", "").whole())
    each, leans = book.guidelines[id_], table.get("leans")
    path: Path = ("guidelines", id_)
    if isinstance(leans, Row):
        items = [item for item in leans.items if isinstance(item, Table)]
        clauses = tuple(_clause(book, each, n, (*path, "leans", str(n)), item) for n, item in enumerate(items))
    else:
        clauses = (_clause(book, each, 0, path, table),)
    return Written(
        id_,
        each.say,
        each.because,
        _word(table, "when"),
        _word(table, "unless"),
        isinstance(leans, Row),
        next((name for name, weight in WEIGHTS.items() if weight == each.weight), AS_IS),
        each.grip,
        each.anchored,
        clauses,
    )


def _clause(book: Rulebook, each: Guideline, number: int, path: Path, table: Table) -> ClauseField:
    units = each.clauses[number].leans
    return ClauseField(str(number), path, _word(table, "when"), _word(table, "unless"), tuple(lean_fields(book, units)))


def lean_fields(book: Rulebook, units: dict[str, int]) -> Iterator[LeanField]:
    """A field for each response: those that are named first."""
    for response in sorted(book.responses.values(), key=lambda response: response.id not in units):
        size = units.get(response.id, 0)
        chosen = next((name for name, each in LEANS.items() if each == size), AS_IS)
        yield LeanField(response.id, response.say, chosen, response.id in units)


def _word(table: Table, name: str) -> str:
    value = table.get(name)
    return " ".join(value.text.split()) if isinstance(value, Word) else ""


def filled(shown: Written, form: Form) -> Written:
    """The guideline as a form has it by now, for showing the form again."""
    plain = {name: words(form, name) for name in ("say", "because", "when", "unless", "weight", "grip") if name in form}
    return shown._replace(
        **plain,  # type: ignore[arg-type]
        anchored="anchored" in form,
        clauses=tuple(_filled(each, form) for each in shown.clauses),
    )


def _filled(clause: ClauseField, form: Form) -> ClauseField:
    key = clause.key
    leans = [(lean, f"lean-{key}-{lean.response}") for lean in clause.leans]
    return clause._replace(
        when=words(form, f"when-{key}") if f"when-{key}" in form else clause.when,
        unless=words(form, f"unless-{key}") if f"unless-{key}" in form else clause.unless,
        leans=tuple(lean._replace(chosen=words(form, name) if name in form else lean.chosen) for lean, name in leans),
    )


def changed(book: Rulebook, text: str, shown: Written, now: Written) -> str:
    """The text with everything written that a form changed, value by value. Raises Mistakes: all of them."""
    mistakes: list[Mistake] = []
    for path, value in _changes(shown, now):
        if path[-1] in ("when", "unless") and value and isinstance(found := understood(book, value), list):
            mistakes += found
            continue
        try:
            text = _put(book, text, path, value)
        except Mistakes as found_here:
            mistakes += found_here.mistakes
    if mistakes:
        raise Mistakes(mistakes)
    return text


def _put(book: Rulebook, text: str, path: Path, value: str) -> str:
    if value:
        return edit(book.name, text, path, value)
    try:
        return take_out(book.name, text, path)
    except Mistakes:
        if path[-2] != "lean":
            raise
        return edit(book.name, text, path, "0")  # the only lean of a clause stays, and leaves things as they are


def _changes(shown: Written, now: Written) -> Iterator[Change]:
    path: Path = ("guidelines", shown.id)
    if _line(now.say) != shown.say:
        yield (*path, "say"), _line(now.say)
    if _line(now.because) != shown.because:
        yield (*path, "because"), _line(now.because)
    if shown.several:
        yield from _conditions(path, shown, now)
    for before, after in zip(shown.clauses, now.clauses, strict=True):
        yield from _conditions(before.path, before, after)
        for old, new in zip(before.leans, after.leans, strict=True):
            if new.chosen != old.chosen and new.chosen in LEANS:
                yield (*before.path, "lean", old.response), new.chosen
    if now.weight != shown.weight and now.weight in WEIGHTS:
        yield (*path, "weight"), now.weight
    if now.grip != shown.grip:
        yield (*path, "grip"), now.grip
    if now.anchored != shown.anchored:
        yield (*path, "anchored"), "true" if now.anchored else "false"


def _conditions(path: Path, shown: Written | ClauseField, now: Written | ClauseField) -> Iterator[Change]:
    for name, old, new in (("when", shown.when, _line(now.when)), ("unless", shown.unless, _line(now.unless))):
        if new != old:
            yield (*path, name), new


def _line(text: str) -> str:
    return " ".join(text.split())


def understood(book: Rulebook, text: str) -> Condition | list[Mistake]:
    """A condition that was typed, by the words of a book; or every mistake in it."""
    line = _line(text)
    word = Word(line, Place(Source("", line), 0, len(line)))
    return parse(word, book.considerations, book.terms.get)
