"""The last look over a page: every word in it that could point to someone, to be changed by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ...journal.entries import KeptMoment
from ...journal.trouble import NotThere
from ...rulebook.mistake import Mistakes
from ..looking import Looking
from .draft import PageDraft
from .laid_out import FIELDS
from .pointing import KINDS, NICKNAME, Pointer, instead, known_words, pointers

AROUND = 60
"""Characters that are shown on both sides of what was found."""
SOMEBODY = "this person"


class Found(NamedTuple):
    """Words that could point to someone: of which kind, under which heading, and what stands around them.

    `other` is what could stand there instead; empty where only the person knows.
    """

    words: str
    kind: str
    heading: str
    before: str
    after: str
    other: str


def looked_over(practice: Looking, draft: PageDraft) -> list[Found]:
    """What could point to someone, each once, nicknames first."""
    found: dict[str, Found] = {}
    for name, pointed in _pointed(practice, draft):
        text = draft.fields[name]
        for each in pointed:
            other = SOMEBODY if each.kind == NICKNAME else ""
            around = _before(text[: each.start]), _after(text[each.end :])
            found.setdefault(each.words, Found(each.words, each.kind, FIELDS[name].heading, *around, other))
    return sorted(found.values(), key=lambda each: list(KINDS).index(each.kind))


def changed(practice: Looking, draft: PageDraft, others: Mapping[str, str]) -> None:
    """Put other words wherever these are found: {words: other words}."""
    for words, other in others.items():
        for name, pointed in _pointed(practice, draft):
            draft.fields[name] = instead(draft.fields[name], pointed, words, other)


def _before(text: str) -> str:
    """The end of a text, from the beginning of a word."""
    return text if len(text) <= AROUND else f"… {text[-AROUND:].partition(' ')[2]}"


def _after(text: str) -> str:
    """The beginning of a text, up to the end of a word."""
    return text if len(text) <= AROUND else f"{text[:AROUND].rpartition(' ')[0]} …"


def _pointed(practice: Looking, draft: PageDraft) -> Iterator[tuple[str, list[Pointer]]]:
    """(field, what is found in it)."""
    moments = list(_moments(practice, draft))
    nicknames = list(practice.nicknames().values())
    remarks = [moment.remark for moment in moments if moment.remark]
    known = _known(practice, moments)
    for name, text in draft.fields.items():
        yield name, pointers(text, nicknames, remarks, known)


def _moments(practice: Looking, draft: PageDraft) -> Iterator[KeptMoment]:
    """The chosen moments that are still in the journal."""
    for uid in draft.moments:
        try:
            yield practice.moment(uid)
        except NotThere:
            continue


def _known(practice: Looking, moments: list[KeptMoment]) -> frozenset[str]:
    """Words that the books of these moments use without naming anybody."""
    known: frozenset[str] = frozenset()
    for moment in {moment.book_sha256: moment for moment in moments}.values():
        try:
            known |= known_words(practice.book_of(moment))
        except (NotThere, Mistakes):
            continue
    return known
