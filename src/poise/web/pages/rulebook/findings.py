"""What stands out in a book over every situation, and whether its promises hold; with a moment to look at for each."""

from __future__ import annotations

from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ....examining.findings import LOOK, Finding
from ....examining.promises import HOLDS, REFUTED, Proof
from ....examining.saying import among_invented, situation
from ....rulebook.rulebook import Rulebook
from ....rulebook.speech import Say
from ....weighing.moment import Moment
from ....weighing.weighing import weigh
from ...looking_through import Looked
from ...page import page, rooms, say_of
from ...shelf import books_of
from .laid_out import when_words
from .naming import asked_for, mark_of

PROMISES = ("promise-broken", "promise-not-settled", "promise-of-nothing")
"""Findings that say what the proofs say."""


class Example(NamedTuple):
    """A moment to look at: in words, and what the book says of it."""

    when: str
    told: str


class Proven(NamedTuple):
    """One promise in words, and what became of it: `holds`, `refuted` or `not settled`."""

    says: tuple[str, ...]
    when: str
    state: str
    first: str
    never_met: bool
    example: Example | None


class Found(NamedTuple):
    """One finding: worth a `look`, or a note."""

    look: bool
    message: str
    often: str
    advice: str
    example: Example | None


class Seen(NamedTuple):
    """What is known so far. None where it is still being looked at."""

    promises: tuple[Proven, ...] | None
    found: tuple[Found, ...] | None
    failed: bool

    @property
    def done(self) -> bool:
        """Whether nothing more is to come."""
        return self.failed or self.found is not None


def routes() -> list[Route]:
    """The paths of this page."""
    return [Route("/rulebook/{book}/findings", shown), Route("/rulebook/{book}/findings/looked", looked)]


def shown(request: Request) -> Response:
    """The page. Where it takes a while, it says so and looks again by itself."""
    return _page(request, "rulebook/findings.html")


def looked(request: Request) -> Response:
    """The same, without the page around it."""
    return _page(request, "rulebook/findings_looked.html")


def _page(request: Request, template: str) -> Response:
    name = asked_for(request)
    books = books_of(rooms(request).door)
    text = books.text(name)
    book = books.understood(name, text)
    return page(
        request,
        template,
        seen=_seen(rooms(request).looking.at(text, book), say_of(request)),
        mark=mark_of(name),
        title=book.title,
        again=f"/rulebook/{mark_of(name)}/findings/looked",
    )


def _seen(looked: Looked, say: Say) -> Seen:
    book = looked.book
    proofs = None if looked.proofs is None else tuple(_proven(book, each, say) for each in looked.proofs)
    found = None if looked.findings is None else tuple(told(book, each) for each in _beside_promises(looked.findings))
    return Seen(proofs, found, looked.failed)


def compared(request: Request, before: tuple[str, Rulebook | None], after: tuple[str, Rulebook]) -> Seen:
    """What is new in a changed text: promises that held and no longer do, findings that were not there."""
    looking, (text, old) = rooms(request).looking, before
    new = looking.at(*after)
    was = looking.at(text, old) if old else None
    if was is None:
        return _seen(new, say_of(request))
    proofs = None if new.proofs is None or was.proofs is None else _no_longer(was.proofs, new.proofs)
    found = None if new.findings is None or was.findings is None else _new(was.findings, new.findings)
    return Seen(
        None if proofs is None else tuple(_proven(new.book, each, say_of(request)) for each in proofs),
        None if found is None else tuple(told(new.book, each) for each in found),
        new.failed or was.failed,
    )


def _no_longer(was: tuple[Proof, ...], now: tuple[Proof, ...]) -> list[Proof]:
    """Promises that do not hold, and held before or are new."""
    before = {proof.promise.text: proof.state for proof in was}
    return [proof for proof in now if proof.state != HOLDS and before.get(proof.promise.text) in (None, HOLDS)]


def _new(was: tuple[Finding, ...], now: tuple[Finding, ...]) -> list[Finding]:
    before = {(each.kind, each.guidelines, each.message) for each in was}
    return [each for each in _beside_promises(now) if (each.kind, each.guidelines, each.message) not in before]


def _beside_promises(found: tuple[Finding, ...]) -> list[Finding]:
    return [each for each in found if each.kind not in PROMISES]


def _proven(book: Rulebook, proof: Proof, say: Say) -> Proven:
    return Proven(
        tuple(book.responses[each].say for each in proof.promise.responses),
        when_words(book, proof.promise.condition, say),
        proof.state,
        book.responses[proof.response].say if proof.state == REFUTED else "",
        proof.never_met,
        example(book, proof.witness),
    )


def told(book: Rulebook, finding: Finding) -> Found:
    """A finding in words."""
    share = finding.share
    often = among_invented(share) if share and share < 1 and finding.within is None else ""
    return Found(finding.level == LOOK, finding.message, often, finding.advice, example(book, finding.witness))


def example(book: Rulebook, witness: Moment | None) -> Example | None:
    """A moment in words, weighed."""
    return Example(situation(book, witness), str(weigh(book, witness))) if witness else None
