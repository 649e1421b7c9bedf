"""A new book: a copy of a starter, or the starters' questions and responses without a guideline."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ....journal.trouble import Refused
from ....rulebook.editing import edit
from ....rulebook.mistake import Mistake, Mistakes
from ....rulebook.reading import read
from ....rulebook.speech import Say
from ....shelf import STARTERS, flattened, standing_alone
from ....shelf import read as read_starter
from ...page import Form, page, rooms, say_of, see, taking, words
from .guideline import said_of
from .naming import mark_of

BLANK = "blank"
MOST_CHARACTERS = 60
_TAKEN = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)\Z")
"""Names that a file cannot have on Windows."""
_ALL = 'poise: 1\ntitle: "Mine"\ninclude: repertoire.yaml\n'


def routes() -> list[Route]:
    """The paths of this page."""
    return [Route("/rulebook/new", shown), Route("/rulebook/new", begin, methods=["POST"])]


def shown(request: Request) -> Response:
    """What to begin from."""
    with rooms(request).door.inside():
        return _page(request, {"from": STARTERS[1]})


@taking
def begin(request: Request, form: Form) -> Response:
    """Write the new book down, and use it."""
    with rooms(request).door.inside() as practice:
        try:
            text = begun(words(form, "from"), " ".join(words(form, "title", 200).split()), say_of(request))
            title = read("new", text).title
            name = practice.books.put(name_for(title, practice.books.names), text)
        except (Mistakes, Refused) as found:
            return _page(request, form, said_of(found))
    return see(request, f"/rulebook/{mark_of(name)}")


def begun(begin_from: str, title: str, say: Say) -> str:
    """The text of a new book. Raises Mistakes."""
    if begin_from not in (BLANK, *STARTERS):
        raise Mistakes([Mistake("no-book", say("nothing to begin from was chosen"), help=say("choose one of these"))])
    text = blank() if begin_from == BLANK else flattened(begin_from)
    return edit("new", text, ("title",), title) if title else text


def blank() -> str:
    """What the starters share, without a guideline."""
    everything = read("new", standing_alone("new", _ALL))
    return standing_alone("new", f"{_ALL}without: [{', '.join(everything.guidelines)}]\n")


def name_for(title: str, taken: Container[str]) -> str:
    """A file's name made from a title, that no file system refuses and nothing has yet."""
    plain = unicodedata.normalize("NFKC", title).lower()
    made = "_".join(re.findall(r"[^\W_]+", plain))[:MOST_CHARACTERS].strip("_")
    made = f"{made}_book" if not made or _TAKEN.match(made) else made
    numbered = (made.strip("_") if number == 1 else f"{made}_{number}" for number in range(1, 10_000))
    return next(each for each in numbered if each not in taken)


def _page(request: Request, form: Form, mistakes: tuple[Mistake, ...] = ()) -> Response:
    starters = [(name, read_starter(name)) for name in STARTERS]
    return page(
        request,
        "rulebook/new.html",
        status=422 if mistakes else 200,
        starters=starters,
        blank=BLANK,
        chosen=words(form, "from"),
        title=words(form, "title"),
        mistakes=mistakes,
    )
