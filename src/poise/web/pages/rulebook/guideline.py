"""One guideline, changed in words: its sentence, why, when, which way it pulls, how hard, how tightly it is held."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ....journal.trouble import Refused
from ....practice import Practice
from ....practice.book_history import hash_of
from ....rulebook.editing import take_out
from ....rulebook.guideline import GRIPS
from ....rulebook.mistake import Mistake, Mistakes
from ....rulebook.rulebook import Rulebook
from ...page import Form, page, rooms, say_of, see, taking, words
from ...shelf import book_of
from .fields import LEANS, WEIGHTS, Written, changed, filled, understood, written
from .laid_out import when_words
from .naming import asked_for, mark_of, named
from .proposing import propose, read_draft, standing, text_by, write_draft

NO_MISTAKES: tuple[Mistake, ...] = ()


def routes() -> list[Route]:
    """The paths of these pages."""
    about = "/rulebook/{book}/guideline/{guideline}"
    return [
        Route("/rulebook/{book}/condition", condition, methods=["POST"]),
        Route(about, shown),
        Route(about, change, methods=["POST"]),
        Route(f"{about}/draft", drafted, methods=["POST"]),
        Route(f"{about}/anew", anew, methods=["POST"]),
        Route(f"{about}/remove", remove, methods=["POST"]),
    ]


def shown(request: Request) -> Response:
    """The form: as the guideline stands, or as somebody was writing it."""
    name = asked_for(request)
    with rooms(request).door.inside() as practice:
        base = request.query_params.get("base", "") or standing(practice, name)[0]
        on = request.query_params.get("from", "") or base
        book, text, id_ = _found(request, practice, name, on)
        as_written, draft = written(book, text, id_), read_draft(practice.journal, _draft(name, id_))
        said = draft.get("form")
        if isinstance(said, dict) and said.get("on") == on and filled(as_written, said) != as_written:
            now = filled(as_written, said)
            return _form(request, name, book, now, said, began=True)
    return _form(request, name, book, as_written, {"base": base, "on": on})


@taking
def change(request: Request, form: Form) -> Response:
    """Write down what the form changed, and go and look at what that does; or say what cannot be understood."""
    name = asked_for(request)
    with rooms(request).door.inside() as practice:
        book, text, id_ = _found(request, practice, name, words(form, "on"))
        as_written = written(book, text, id_)
        now = filled(as_written, form)
        try:
            new = changed(book, text, as_written, now)
            if new == text and words(form, "on") == words(form, "base"):
                return see(request, f"/rulebook/{mark_of(name)}#g-{mark_of(id_)}")
            answer = propose(request, practice, name, words(form, "base"), new)
        except (Mistakes, Refused) as found:
            return _form(request, name, book, now, form, mistakes=said_of(found))
        write_draft(practice.journal, _draft(name, id_), {})
    return answer


@taking
def drafted(request: Request, form: Form) -> Response:
    """Keep what is being typed."""
    name = asked_for(request)
    with rooms(request).door.inside() as practice:
        id_ = _found(request, practice, name, words(form, "on"))[2]
        write_draft(practice.journal, _draft(name, id_), {"form": dict(form)})
    return Response(status_code=204)


@taking
def anew(request: Request, _: Form) -> Response:
    """Leave what was being typed, and begin from what stands."""
    name = asked_for(request)
    with rooms(request).door.inside() as practice:
        id_ = _found(request, practice, name, hash_of(practice.books.text(name)))[2]
        write_draft(practice.journal, _draft(name, id_), {})
    return see(request, request.url.path.removesuffix("/anew"))


@taking
def remove(request: Request, form: Form) -> Response:
    """Take the guideline out; that is looked at first, like every change."""
    name = asked_for(request)
    with rooms(request).door.inside() as practice:
        book, text, id_ = _found(request, practice, name, words(form, "on"))
        new = take_out(book.name, text, ("guidelines", id_))
        return propose(request, practice, name, words(form, "base"), new)


@taking
def condition(request: Request, form: Form) -> Response:
    """What a condition that is being typed says, in words; or what cannot be understood in it."""
    book = book_of(rooms(request).door, asked_for(request))
    typed = words(form, request.query_params.get("of", "when"))
    found = understood(book, typed) if typed else None
    mistakes = tuple(found) if isinstance(found, list) else NO_MISTAKES
    said = "" if found is None or isinstance(found, list) else when_words(book, found, say_of(request))
    return page(request, "rulebook/condition.html", said=said, mistakes=mistakes)


def said_of(found: Exception) -> tuple[Mistake, ...]:
    """What is in the way, as mistakes."""
    if isinstance(found, Mistakes):
        return found.mistakes
    return (Mistake("not-an-answer", str(found)),)


def _found(request: Request, practice: Practice, name: str, sha256: str) -> tuple[Rulebook, str, str]:
    """A book by the hash of its text, and the id of the guideline that is asked for. Raises 404, Mistakes."""
    text = text_by(practice, name, sha256)
    book = practice.books.understood(name, text)
    return book, text, named(request.path_params["guideline"], book.guidelines)


def _draft(name: str, id_: str) -> str:
    return f"rulebook-{mark_of(name)}-{mark_of(id_)}"


def _form(  # noqa: PLR0913
    request: Request,
    name: str,
    book: Rulebook,
    now: Written,
    form: Form,
    *,
    mistakes: tuple[Mistake, ...] = (),
    began: bool = False,
) -> Response:
    return page(
        request,
        "rulebook/guideline.html",
        status=422 if mistakes else 200,
        mark=mark_of(name),
        g=now,
        first=book.cardinal is book.guidelines[now.id],
        path=f"/rulebook/{mark_of(name)}/guideline/{mark_of(now.id)}",
        base=words(form, "base"),
        on=words(form, "on"),
        book=book,
        mistakes=mistakes,
        began=began,
        leans=tuple(LEANS),
        weights=tuple(WEIGHTS),
        grips=GRIPS,
    )
