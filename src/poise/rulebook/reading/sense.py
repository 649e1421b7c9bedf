"""What reads well but cannot be: leaving forbidden, a list that bounds could empty, too much hanging together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..completing import Completions, Undecided
from ..condition import ALWAYS, NEVER, All, Any, Condition, Not
from ..guideline import LISTS, Response
from ..mistake import clipped
from ..rulebook import Rulebook
from ..text import Place
from .sheet import Sheet

MOST_COMBINATIONS = 20_000
"""Combinations of answers that one guideline, with what is impossible beside it, may tell apart."""
MOST_IMPOSSIBLE = 200
MOST_LOOKS = 2_000_000
"""Comparisons looked at in the search for a list that is emptied."""


def check_sense(sheet: Sheet, book: Rulebook) -> None:
    """Note bounds that forbid leaving, what is too tangled, and lists that bounds and `needs` could empty."""
    leavings = set(book.leaving())
    for bound in book.bounds.values():
        for leaving in leavings.intersection(bound.never):
            message = f"`{bound.id}` forbids `{leaving}`; leaving can never be forbidden"
            sheet.say(
                "leaving-forbidden",
                message,
                sheet.entries["bounds"][bound.id][0].place,
                f"take `{leaving}` out of `never`",
            )
    if not sheet.mistakes and not _is_tangled(sheet, book):
        for name in LISTS:
            if book.listed(name):
                _check_list(sheet, book, name)


def _is_tangled(sheet: Sheet, book: Rulebook) -> bool:
    """Whether something looks at more combinations of answers than can be weighed exactly."""
    if len(book.impossible) > MOST_IMPOSSIBLE:
        message = f"a rulebook has at most {MOST_IMPOSSIBLE} impossible combinations"
        place = sheet.rows["impossible"][MOST_IMPOSSIBLE].place
        sheet.say("too-tangled", message, place, "say several at once with `in` or a term")
        return True
    tangled = [
        place for place, condition in _effects(sheet, book) if _combinations(book, condition) > MOST_COMBINATIONS
    ]
    for place in tangled:
        message = f"`{clipped(place.raw)}` tells more than {MOST_COMBINATIONS:,} combinations of answers apart"
        sheet.say("too-tangled", message, place, "let it look at fewer questions, or take an `impossible` out")
    return bool(tangled)


def _effects(sheet: Sheet, book: Rulebook) -> Iterator[tuple[Place, Condition]]:
    """Everything that is weighed by a condition, and the name it stands under."""
    for guideline in book.guidelines.values():
        for clause in guideline.clauses:
            yield sheet.entries["guidelines"][guideline.id][0].place, clause.condition
    for bound in book.bounds.values():
        yield sheet.entries["bounds"][bound.id][0].place, bound.condition
    for response in book.responses.values():
        yield sheet.responses[response.list][response.id][0].place, response.needs


def _combinations(book: Rulebook, condition: Condition) -> int:
    return Completions(condition, book.sizes, book.impossible_groups).combinations


def _check_list(sheet: Sheet, book: Rulebook, name: str) -> None:
    """Search for a situation in which nothing of the list is left."""
    gone = [_gone(book, response) for response in book.listed(name)]
    if NEVER in gone:
        return
    first = next(iter(sheet.responses[name].values()))[0].place
    help = "leave one response of the list without a bound and without `needs`"
    condition = All(tuple(gone))
    steps = max(1_000, MOST_LOOKS // (1 + sum(1 for _ in condition.parts())))
    try:
        codes = Completions(condition, book.sizes, book.impossible_groups, steps).find(True, book.nothing_said)
    except Undecided:
        sheet.say(
            "list-unsure",
            f"these bounds are too many to be sure that something of `{name}` is always left",
            first,
            help,
        )
        return
    if codes is not None:
        met = [bound.id for bound in book.bounds.values() if bound.never and bound.condition.under(codes)]
        place = sheet.entries["bounds"][met[0]][0].place if met else first
        sheet.say("list-emptied", f"nothing would be left of `{name}` when {_said(book, codes)}", place, help)


def _gone(book: Rulebook, response: Response) -> Condition:
    """When a response is taken out: barred by a bound, or without what it needs."""
    barring: list[Condition] = [bound.condition for bound in book.bounds.values() if response.id in bound.never]
    missing: list[Condition] = [] if response.needs == ALWAYS else [Not(response.needs)]
    return Any(tuple(barring + missing)) if barring or missing else NEVER


def _said(book: Rulebook, codes: Sequence[int]) -> str:
    asked = zip(book.questions, codes, strict=True)
    return " and ".join(f"`{question.id}` is `{question.answers[code]}`" for question, code in asked if code >= 0)
