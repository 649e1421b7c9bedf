"""Opens every page: follows links as a person would, and goes through the forms that lead on."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from html import unescape

from starlette.routing import Match, Route

from ..site import Answer, Visitor

NOT_CRAWLED = ("/static/", "/findings", "/review/", "since=all")
"""What leads to no page, or has the rulebook looked through for seconds."""
MOST_OF_ONE = 2
"""Pages of one kind that are opened."""
BEGINNINGS = ("/", "/danger", "/settings", "/nowhere", "/check-in/kept", "/left?to=/people")
WITNESS = ("safe", "someone_here", "stings", "back_me_up")


def opened(visitor: Visitor, routes: Sequence[Route]) -> dict[str, Answer]:
    """Every page that links lead to, a few of each kind; and those behind a form."""
    pages = dict(_behind_forms(visitor))
    kinds: dict[str, int] = {}
    waiting = deque([*BEGINNINGS, *(link for page in pages.values() for link in _links(page))])
    while waiting:
        path = waiting.popleft()
        kind = kind_of(path, routes)
        if path in pages or kinds.get(kind, 0) >= MOST_OF_ONE or any(each in path for each in NOT_CRAWLED):
            continue
        answer = visitor.get(path)
        if answer.status == 303:
            waiting.append(answer.place)
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        pages[path] = answer
        waiting.extend(_links(answer))
    return pages


def _behind_forms(visitor: Visitor) -> Iterator[tuple[str, Answer]]:
    for answers in (WITNESS, ("safe", "me")):
        yield from _weighed(visitor, answers)
    yield from _weighed(visitor, ("not_safe",))
    begun = visitor.send("/now", {"whose": "mine", "then": "leaning"}).place
    yield begun, visitor.get(begun)
    moments = re.findall(r'name="(moment-[^"]+)"', visitor.get("/supervision").text)
    visitor.send("/supervision", dict.fromkeys(moments[:3], "yes"))
    for path in ("/supervision", "/supervision/write", "/supervision/check", "/supervision/page"):
        yield path, visitor.get(path)
    visitor.send("/supervision/away")
    uid = re.findall(r'href="/afterwards/(\w+)"', visitor.get("/afterwards").text)[2]
    ways = re.findall(r'<option value="(\w+)"', visitor.get(f"/two-roles/{uid}").text)
    yield (path := f"/two-roles/{uid}?one={ways[0]}&two={ways[-1]}"), visitor.get(path)
    yield from _reflected(visitor, uid)


def _weighed(visitor: Visitor, answers: tuple[str, ...]) -> Iterator[tuple[str, Answer]]:
    """The pages of a moment right now, one answer after another, until it is kept."""
    path = "/now"
    page = visitor.get("/")
    for answer in answers:
        asked = re.search(r'name="question" value="(\w+)"', page.text)
        assert asked
        path = visitor.send(path, {"question": asked[1], "answer": answer}).place.removesuffix("/leaning")
        page = visitor.get(path)
        if page.status == 200:  # after the last answer it leads on to the leaning
            yield path, page
    yield f"{path}/leaning", visitor.get(f"{path}/leaning")
    kept = visitor.send(f"{path}/did", {"did": "let_be"}).place
    yield kept, visitor.get(kept)


def _reflected(visitor: Visitor, uid: str) -> Iterator[tuple[str, Answer]]:
    """Every question afterwards, each page by its number; and the page that keeps the answers."""
    path = f"/afterwards/{uid}/ask"
    for number in range(25):
        page = visitor.get(path)
        yield f"{path}?{number}", page
        question = re.search(r'name="question" value="(\w+)"', page.text)
        if question is None:
            return
        answers = re.findall(r'name="answer" value="(\w+)"', page.text)
        visitor.send(path, {"question": question[1], "answer": answers[-1] if answers else ""})


def _links(page: Answer) -> list[str]:
    return list(dict.fromkeys(unescape(each) for each in re.findall(r'href="(/[^"#]*)', page.text)))


def kind_of(path: str, routes: Sequence[Route]) -> str:
    """The path of the route that answers, or the path itself where none does."""
    scope = {"type": "http", "method": "GET", "path": path.partition("?")[0]}
    return next((route.path for route in routes if route.matches(scope)[0] == Match.FULL), path)
