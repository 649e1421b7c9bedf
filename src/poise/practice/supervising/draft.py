"""The draft of a page for supervision, sealed in the journal while it is being made. There is one at a time."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from ...journal.entries import KeptMoment
from ...journal.trouble import NotThere, Refused
from ...rulebook.speech import Say, plain
from ..looking import Looking
from .laid_out import FIELDS, MINE, ORDERS
from .prefilling import prefilled

NAME = "supervision"
MOST_MOMENTS = 5
"""Moments on one page: it is read in ten minutes."""
MOST = 4000
"""Characters of one field."""


@dataclass
class PageDraft:
    """The chosen moments by `uid`, the order of the headings, and what stands in each field."""

    moments: list[str]
    order: str = MINE
    fields: dict[str, str] = field(default_factory=dict)

    def write(self, said: Mapping[str, str]) -> None:
        """Take what was written in fields, and the order; what is not a field of the page is left out."""
        for name in FIELDS:
            if name in said:
                self.fields[name] = unicodedata.normalize("NFC", said[name])[:MOST].strip()
        if said.get("order") in ORDERS:
            self.order = said["order"]


def begin(practice: Looking, moments: Sequence[KeptMoment], say: Say = plain) -> PageDraft:
    """A draft of these moments, filled in from what was kept. Raises Refused."""
    if practice.journal.draft(NAME) is not None:
        raise Refused("you are making a page already", "go on with it, or put it away first")
    if not moments:
        raise Refused("no moment is chosen", "go back and choose at least one")
    if len(moments) > MOST_MOMENTS:
        raise Refused("that is more than one page can hold", "go back and choose five moments or fewer")
    return save(practice, PageDraft([moment.uid for moment in moments], fields=prefilled(practice, moments, say)))


def find(practice: Looking) -> PageDraft | None:
    """The draft that is being made, if there is one."""
    body = practice.journal.draft(NAME)
    return PageDraft(**json.loads(body)) if body else None


def found(practice: Looking) -> PageDraft:
    """The draft that is being made. Raises NotThere."""
    draft = find(practice)
    if draft is None:
        raise NotThere("no page is being made", "choose the moments it is about first")
    return draft


def save(practice: Looking, draft: PageDraft) -> PageDraft:
    """Keep it, sealed. Raises Refused."""
    practice.journal.save_draft(NAME, json.dumps(asdict(draft), ensure_ascii=False))
    return draft


def drop(practice: Looking) -> None:
    """Put it away for good."""
    practice.journal.keep_together((), draft=NAME)
