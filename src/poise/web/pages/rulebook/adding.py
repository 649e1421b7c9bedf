"""A new guideline, by a small form; its name is made from its words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ....journal.trouble import Refused
from ....rulebook.editing import put_guideline
from ....rulebook.mistake import Mistake, Mistakes
from ....rulebook.reading.sheet import RESERVED
from ....rulebook.rulebook import Rulebook
from ....rulebook.speech import Say
from ...page import Form, page, rooms, say_of, taking, words
from .fields import LEANS, lean_fields, understood
from .guideline import said_of
from .naming import asked_for, mark_of
from .proposing import propose, standing, text_by

MOST_WORDS, MOST_CHARACTERS = 4, 40


def routes() -> list[Route]:
    """The paths of this page."""
    return [Route("/rulebook/{book}/add", shown), Route("/rulebook/{book}/add", add, methods=["POST"])]


def shown(request: Request) -> Response:
    """An empty form."""
    name = asked_for(request)
    with rooms(request).door.inside() as practice:
        base, text = standing(practice, name)
        return _form(request, name, practice.books.understood(name, text), {"base": base})


@taking
def add(request: Request, form: Form) -> Response:
    """Write the new guideline down, and go and look at what it does; or say what cannot be understood."""
    name, base = asked_for(request), words(form, "base")
    with rooms(request).door.inside() as practice:
        text = text_by(practice, name, base)
        book = practice.books.understood(name, text)
        try:
            return propose(request, practice, name, base, _with(book, text, form, say_of(request)))
        except (Mistakes, Refused) as found:
            return _form(request, name, book, form, said_of(found))


def _with(book: Rulebook, text: str, form: Form, say: Say) -> str:
    """The text with the guideline of a form in it. Raises Mistakes: all of them."""
    fields = {name: " ".join(words(form, name).split()) for name in ("say", "when", "unless", "because")}
    chosen = {each: words(form, f"lean-{each}") for each in book.responses}
    lean = {each: way for each, way in chosen.items() if way and way in LEANS}
    mistakes = [
        mistake
        for name in ("when", "unless")
        if fields[name] and isinstance(found := understood(book, fields[name]), list)
        for mistake in found
    ]
    if not fields["say"]:
        help = say("one sentence of yours")
        mistakes.insert(0, Mistake("missing-field", say("the guideline has no words yet"), help=help))
    if not lean:
        mistakes.append(Mistake("missing-field", say("it pulls nowhere yet"), help=say("choose at least one response")))
    if mistakes:
        raise Mistakes(mistakes)
    entry: dict[str, str | dict[str, str]] = {"say": fields["say"]}
    entry |= {name: fields[name] for name in ("when", "unless") if fields[name]} | {"lean": lean}
    entry |= {"because": fields["because"]} if fields["because"] else {}
    return put_guideline(book.name, text, id_for(fields["say"], book.guidelines), entry)


def id_for(say: str, taken: Container[str]) -> str:
    """A name made from the first words of a sentence, that nothing has yet."""
    found = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", say).lower())[:MOST_WORDS]
    made = "_".join(found)[:MOST_CHARACTERS].strip("_")
    made = made if re.match(r"[^\W\d]", made) and made not in (*RESERVED, "start") else f"mine_{made}".rstrip("_")
    numbered = (made if number == 1 else f"{made}_{number}" for number in range(1, 10_000))
    return next(each for each in numbered if each not in taken)


def _form(request: Request, name: str, book: Rulebook, form: Form, mistakes: tuple[Mistake, ...] = ()) -> Response:
    chosen = {each: words(form, f"lean-{each}") for each in book.responses}
    leans = tuple(lean._replace(chosen=chosen[lean.response]) for lean in lean_fields(book, {}))
    return page(
        request,
        "rulebook/add.html",
        status=422 if mistakes else 200,
        mark=mark_of(name),
        book=book,
        form={each: words(form, each) for each in ("say", "when", "unless", "because", "base")},
        lean_fields=leans,
        leans=tuple(LEANS),
        mistakes=mistakes,
    )
