"""One page: its template, and what every template knows."""

from __future__ import annotations

import gzip
import secrets
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import partial, wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ..journal import waiting
from ..practice.demo import make_demo
from ..practice.help_sheet import ALWAYS, help_sheet
from ..practice.letters import take
from ..practice.telling.days import day_words
from ..rulebook.guideline import strength
from ..rulebook.mistake import pointed
from ..rulebook.speech import Say
from .door import Door
from .draft import Draft, Drafts
from .learning_through import LearningThrough
from .looking_ahead import LookingAhead
from .looking_through import Looking
from .looks import read_look
from .tongue import direction, saying, translations

DEMO_IDLE = 86400.0
"""Seconds until invented moments lock themselves: nobody knows their passphrase."""
LEAVING = 2
"""Seconds after the door has locked itself that a page without scripts leaves by itself."""
LARGE = 16_000
"""Bytes of a page from which on it is packed on its way."""
Form = Mapping[str, Any]
"""What a form says, by the names of its fields."""


def environment() -> Environment:
    """Where templates are: escaped always, and a name that is missing is a mistake."""
    made = Environment(
        loader=PackageLoader("poise.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.policies["ext.i18n.trimmed"] = True
    made.globals |= {"strength": strength, "pointed": pointed}
    return made


class Rooms:
    """What pages share: the door, the drafts, and the templates of each language."""

    def __init__(self, door: Door) -> None:
        self._own: Door | None = None
        self._scratch: TemporaryDirectory[str] | None = None
        self.looking, self.ahead, self.learning = Looking(), LookingAhead(), LearningThrough()
        self.look = read_look(door.folder)
        self._environments: dict[str, Environment] = {}
        self._stand_at(door)

    def _stand_at(self, door: Door) -> None:
        """Whoever is in memory of one door is forgotten when it locks."""
        self.door, self.drafts = door, Drafts(door)
        door.on_lock = self._forget

    def _forget(self) -> None:
        """Drop what is in memory; what is being written is kept sealed."""
        self.drafts.forget()
        self.looking.forget()
        self.ahead.forget()
        self.learning.forget()

    def template(self, name: str) -> Any:
        """A template in the language that is set."""
        language = self.look.language
        if language not in self._environments:
            made = environment()
            made.globals["in_words"] = partial(day_words, say=saying(language))
            made.globals["in_english"] = language == "en"
            made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
            self._environments[language] = made
        return self._environments[language].get_template(name)

    def keep(self, draft: Draft, text: str) -> None:
        """Keep a moment: in the journal, or as a sealed letter beside it. Once, however often it is sent."""
        letter = {"moment": draft.to_plain(), "text": text}
        if self.door.open:
            with self.door.inside() as practice:
                take(practice, draft.name, letter)
        else:
            waiting.put(self.door.folder, draft.name, letter)
        self.drafts.remember(draft)

    @property
    def demo(self) -> bool:
        """Whether these are invented moments."""
        return self._own is not None

    def begin_demo(self) -> None:
        """Go over to invented moments, in a folder of their own; the person's own practice is locked meanwhile."""
        if self.demo:
            return
        self.lock()
        self._scratch = TemporaryDirectory(prefix="poise-demo-")
        door = Door(Path(self._scratch.name) / "practice", idle=DEMO_IDLE)
        door.unlock(make_demo(door.folder, datetime.now().astimezone()))
        self._own = self.door
        self._stand_at(door)

    def end_demo(self) -> None:
        """Throw the invented moments away, and be where one was before."""
        if self._own is None or self._scratch is None:
            return
        self.lock()
        self._stand_at(self._own)
        self._own = None
        self._scratch.cleanup()
        self._scratch = None

    def lock(self) -> None:
        """Lock the door."""
        self.door.lock()


def rooms(request: Request) -> Rooms:
    """What the page of a request shares with the others."""
    found: Rooms = request.app.state.rooms
    return found


def say_of(request: Request) -> Say:
    """How sentences made in Python are said on a page, in the language that is set."""
    return saying(rooms(request).look.language)


def page(request: Request, template: str, *, status: int = 200, **known: Any) -> Response:
    """A page. It knows whether the door is open, and where one is."""
    shared = rooms(request)
    about = {
        "open": shared.door.open,
        "leaves_after": int(shared.door.idle) + LEAVING,
        "leaves_to": f"/left?to={quote(request.url.path)}",
        "demo": shared.demo,
        "here": request.url.path,
        "nonce": request.scope["state"]["nonce"],
        "language": shared.look.language,
        "direction": direction(shared.look.language),
        "appearance": shared.look.appearance,
    }
    text = shared.template(template).render(**about, **known)
    answer = _packed(request, text, status)
    if about["open"]:
        drop_pages(request, answer)
    if 'id="main"' in text and request.headers.get("hx-request"):  # a form that stays: its page, once more
        answer.headers.update({"HX-Retarget": "#main", "HX-Reselect": "#main", "HX-Reswap": "outerHTML"})
    return answer


def drop_pages(request: Request, answer: Response) -> None:
    """Have the browser drop the pages it holds to go back to: those that are never kept it drops once a cookie changes.

    So going back asks here once more, and a page that was locked away by the clock is not shown, with scripts or
    without.
    """
    name = f"{request.app.state.sessions.cookie}_page"
    answer.set_cookie(name, secrets.token_hex(4), httponly=True, samesite="strict", path="/")


def _packed(request: Request, text: str, status: int) -> Response:
    """A page as it is; a large one packed, where the browser says that it unpacks."""
    body = text.encode()
    if len(body) < LARGE or "gzip" not in request.headers.get("accept-encoding", ""):
        return HTMLResponse(body, status)
    return HTMLResponse(gzip.compress(body, 5), status, {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"})


def see(request: Request, path: str) -> Response:
    """Go and look at another page, after a form was taken. A form sent by htmx stays until it hears where to go."""
    if request.headers.get("hx-request"):
        return Response(headers={"HX-Redirect": path})
    return RedirectResponse(path, 303)


def taking(handler: Callable[[Request, Form], Response]) -> Callable[[Request], Awaitable[Response]]:
    """A page that takes a form: its fields are read, then it works beside other pages."""

    @wraps(handler)
    async def taken(request: Request) -> Response:
        return await run_in_threadpool(handler, request, dict(await request.form()))

    return taken


def words(form: Form, name: str, most: int = 100_000) -> str:
    """What a form's field says, without spaces around it."""
    value = form.get(name, "")
    return value.replace("\r\n", "\n").strip()[:most] if isinstance(value, str) else ""


def help_lines(request: Request) -> tuple[str, ...]:
    """The help sheet of this practice; it is never empty."""
    say = say_of(request)
    return tuple(say(line) if line in ALWAYS else line for line in help_sheet(rooms(request).door.folder))
