"""The whole book as text. What cannot be understood yet is shown all at once, and nothing that was typed is lost."""

from __future__ import annotations

from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ....journal.trouble import Locked, Refused
from ....practice import Practice
from ....practice.book_history import hash_of
from ....rulebook.mistake import Mistake, Mistakes
from ....shelf import standing_alone
from ...page import Form, page, rooms, see, taking, words
from .guideline import said_of
from .naming import asked_for, mark_of
from .proposing import propose, read_draft, standing, text_by, write_draft


class Typed(NamedTuple):
    """What stands in the box, and the hash of the text that somebody began from."""

    base: str
    text: str


def routes() -> list[Route]:
    """The paths of this page."""
    about = "/rulebook/{book}/text"
    return [
        Route(about, shown),
        Route(about, change, methods=["POST"]),
        Route(f"{about}/draft", drafted, methods=["POST"]),
        Route(f"{about}/anew", anew, methods=["POST"]),
    ]


def shown(request: Request) -> Response:
    """The text as it stands, or as somebody was writing it."""
    name, asked = asked_for(request), request.query_params
    with rooms(request).door.inside() as practice:
        stands = Typed(*standing(practice, name))
        base = asked.get("base", "") or stands.base
        if "from" in asked:
            return _page(request, name, Typed(base, text_by(practice, name, asked["from"])))
        typed = _typed(read_draft(practice.journal, _draft(name)))
    if typed and typed.text != stands.text.replace("\r\n", "\n"):
        return _page(request, name, typed, began=True)
    return _page(request, name, stands)


@taking
def change(request: Request, form: Form) -> Response:
    """Go and look at what the text changes; or say what cannot be understood in it."""
    name, typed = asked_for(request), from_form(form)
    try:
        with rooms(request).door.inside() as practice:
            text = _in_line_endings_of(_began_from(practice, name, typed.base), typed.text)
            if hash_of(text) == typed.base:
                return see(request, f"/rulebook/{mark_of(name)}")
            answer = propose(request, practice, name, typed.base, standing_alone(f"{name}.yaml", text))
            write_draft(practice.journal, _draft(name), {})
    except (Mistakes, Refused, Locked) as found:
        return _page(request, name, typed, said_of(found))
    return answer


@taking
def drafted(request: Request, form: Form) -> Response:
    """Keep what is being typed."""
    name = asked_for(request)
    with rooms(request).door.inside() as practice:
        write_draft(practice.journal, _draft(name), from_form(form)._asdict())
    return Response(status_code=204)


@taking
def anew(request: Request, _: Form) -> Response:
    """Leave what was being typed, and begin from what stands."""
    name = asked_for(request)
    with rooms(request).door.inside() as practice:
        write_draft(practice.journal, _draft(name), {})
    return see(request, f"/rulebook/{mark_of(name)}/text")


def from_form(form: Form) -> Typed:
    """What was typed, every space of it. A browser sends each line end as CR LF."""
    text = form.get("text", "")
    text = text if isinstance(text, str) else ""
    return Typed(words(form, "base"), text.replace("\r\n", "\n").replace("\r", "\n"))


def _began_from(practice: Practice, name: str, base: str) -> str:
    return practice.journal.text(base) or practice.books.text(name)


def _in_line_endings_of(before: str, text: str) -> str:
    return text.replace("\n", "\r\n") if "\r\n" in before else text


def _typed(draft: dict[str, object]) -> Typed | None:
    return Typed(str(draft.get("base", "")), str(draft["text"])) if draft.get("text") else None


def _draft(name: str) -> str:
    return f"rulebook-{mark_of(name)}-text"


def _page(
    request: Request, name: str, typed: Typed, mistakes: tuple[Mistake, ...] = (), *, began: bool = False
) -> Response:
    return page(
        request,
        "rulebook/text.html",
        status=422 if mistakes else 200,
        mark=mark_of(name),
        typed=typed,
        mistakes=mistakes,
        began=began,
    )
