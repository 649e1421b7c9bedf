"""Before a changed text is used: its words before and after, what it would have changed, and what it newly does."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ....examining.cases import run_cases
from ....practice import Practice
from ....practice.book_history import WENT_BACK, WRITTEN, ChangedMeanwhile
from ....rulebook.editing import join
from ....rulebook.mistake import Mistakes
from ....rulebook.rulebook import Rulebook
from ....rulebook.speech import Say
from ...page import Form, page, rooms, say_of, see, taking
from .differing import Difference, differences, lines
from .findings import compared
from .laid_out import laid_out
from .moments import would_change
from .naming import asked_for, mark_of
from .proposing import propose, settled, standing, text_by

MOST_MOMENTS, MANY_MOMENTS = 100, 500
"""Kept moments that are weighed again at once; and when one asks to look further back."""


def routes() -> list[Route]:
    """The paths of these pages."""
    about = "/rulebook/{book}/review/{base}/{new}"
    return [
        Route(about, shown),
        Route(f"{about}/looked", looked),
        Route(f"{about}/use", use, methods=["POST"]),
        Route(f"{about}/join", join_both, methods=["POST"]),
        Route(f"{about}/leave", leave, methods=["POST"]),
    ]


def shown(request: Request) -> Response:
    """What the changed text changes; where another text stands by now, both changes."""
    name, path = asked_for(request), request.path_params
    with rooms(request).door.inside() as practice:
        now, _ = standing(practice, name)
        before, after = (text_by(practice, name, path[each]) for each in ("base", "new"))
        if now == path["new"]:
            settled(practice, name)
            return see(request, f"/rulebook/{mark_of(name)}")
        old, book = read_or_none(practice, name, before), practice.books.understood(name, after)
        known: dict[str, Any] = {
            "mark": mark_of(name),
            "path": f"/rulebook/{mark_of(name)}/review/{path['base']}/{path['new']}",
        }
        known |= {"base": path["base"], "new": path["new"], "now": now}
        mine = told(old, book, say_of(request))
        if now != path["base"]:
            return _meanwhile(request, practice, name, mine, **known)
        most = MANY_MOMENTS if "further" in request.query_params else MOST_MOMENTS
        seen, moments = would_change(practice, before, after, most)
        further = seen >= MOST_MOMENTS == most
    return page(
        request,
        "rulebook/review.html",
        found=mine,
        lines=lines(before, after),
        cases=_cases(old, book),
        seen=seen,
        moments=moments,
        further=further,
        looked=compared(request, (before, old), (after, book)),
        **known,
    )


def looked(request: Request) -> Response:
    """What was found since in every situation. The page asks for it by itself; that is no visit."""
    name, path = asked_for(request), request.path_params
    with rooms(request).door.inside(visit=False) as practice:
        before, after = (text_by(practice, name, path[each]) for each in ("base", "new"))
        old, book = read_or_none(practice, name, before), practice.books.understood(name, after)
    return page(
        request,
        "rulebook/looked.html",
        looked=compared(request, (before, old), (after, book)),
        again=request.url.path,
        back=request.url.path.removesuffix("/looked"),
    )


@taking
def use(request: Request, _: Form) -> Response:
    """Use the changed text from now on."""
    name, path = asked_for(request), request.path_params
    with rooms(request).door.inside() as practice:
        text = text_by(practice, name, path["new"])
        known = {step.sha256 for step in practice.books.history(name)}
        try:
            practice.books.rewrite(name, text, path["base"], WENT_BACK if path["new"] in known else WRITTEN)
        except ChangedMeanwhile:
            return see(request, request.url.path.removesuffix("/use"))  # where both are shown
        settled(practice, name)
    return see(request, f"/rulebook/{mark_of(name)}/history")


@taking
def join_both(request: Request, _: Form) -> Response:
    """Lay this change over what changed meanwhile, and look at what that comes to."""
    name, path = asked_for(request), request.path_params
    with rooms(request).door.inside() as practice:
        now, text = standing(practice, name)
        both = join(text_by(practice, name, path["base"]), text_by(practice, name, path["new"]), text)
        if both is None:
            return see(request, request.url.path.removesuffix("/join"))
        return propose(request, practice, name, now, both)


@taking
def leave(request: Request, _: Form) -> Response:
    """Leave the book as it is."""
    name = asked_for(request)
    with rooms(request).door.inside() as practice:
        settled(practice, name)
    return see(request, f"/rulebook/{mark_of(name)}")


def _meanwhile(
    request: Request, practice: Practice, name: str, mine: tuple[Difference, ...] | None, **known: Any
) -> Response:
    """Both changes: what changed meanwhile, and what this text changes."""
    base, new = (text_by(practice, name, known[each]) for each in ("base", "new"))
    stands = practice.books.text(name)
    old, now = (read_or_none(practice, name, each) for each in (base, stands))
    both = join(base, new, stands)
    return page(
        request,
        "rulebook/meanwhile.html",
        mine=mine,
        mine_lines=lines(base, new),
        theirs=told(old, now, say_of(request)) if now else None,
        their_lines=lines(base, stands),
        fits=both is not None and read_or_none(practice, name, both) is not None,
        **known,
    )


def told(old: Rulebook | None, new: Rulebook, say: Say) -> tuple[Difference, ...] | None:
    """What is otherwise, in words; None where the old text cannot be read."""
    return differences(laid_out(old, say), laid_out(new, say)) if old else None


def read_or_none(practice: Practice, name: str, text: str) -> Rulebook | None:
    """A text as a book, where it can be read."""
    try:
        return practice.books.understood(name, text)
    except Mistakes:
        return None


def _cases(old: Rulebook | None, new: Rulebook) -> list[tuple[str, tuple[str, ...]]]:
    """Cases of the book that come out otherwise than it says, and did not before: (its words, what comes out)."""
    held = {result.case.say for result in run_cases(old) if result.holds} if old else set()
    known = {case.say for case in old.cases} if old else set()
    return [
        (result.case.say, result.shortfalls)
        for result in run_cases(new)
        if not result.holds and (result.case.say in held or result.case.say not in known)
    ]
