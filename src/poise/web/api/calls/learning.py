"""What one's notes speak for changing in one's book, and what was done with it. Nothing changes by itself."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ....journal.trouble import Busy, NotThere, Refused
from ....learning.proposing import LITTLE, MORE, SOME
from ....practice import Practice
from ....practice.proposed import ANSWERS, FORGOTTEN, PRIVATE, TAKEN, Offer
from ..calling import Answer, Call, Given
from ..shapes import full, number, or_null, several, table, text, whole, words, yes_or_no

PATIENCE = 0.3
NAMED = ("book", "sha256", "guideline", "new")
"""What a proposal is named by: as long as it is made, it is made in these."""
MOST = 400
NUMBER = {"number": text("The number of an answer.", pattern="^[0-9]{1,9}$")}


def proposals(given: Given) -> Any:
    """What is proposed for the book in use, as far as it is worked out, and what became of earlier proposals."""
    with given.inside() as practice:
        lesson = practice.lesson()
        ready = _ready(given, practice)
        found = practice.proposals() if ready else None
        return {
            "ready": ready,
            "enough": None if found is None else found.enough,
            "proposals": [_plain(offer) for offer in found or ()],
            "answered": [asdict(each) for each in lesson.answered],
        }


def answer(given: Given) -> Any:
    """Do one thing with one of them. Raises Busy while it is being worked out, Refused for one that is not made."""
    said = given.body
    with given.inside() as practice:
        if not _ready(given, practice):
            raise Busy("what your notes speak for is still being worked out; nothing was changed", "ask again soon")
        does = {TAKEN: practice.accept, PRIVATE: practice.keep_private, FORGOTTEN: practice.forget}
        asked = tuple(said[name] for name in NAMED)
        offer = next((each for each in practice.proposals() if each.same == asked), None)
        if offer is None:
            raise Refused(
                "this is not what your notes speak for; nothing was changed", "ask for the proposals once more"
            )
        return Answer(201, asdict(does[said["what"]](offer)))


def undo(given: Given) -> Any:
    """Undo what was done with one. Raises NotThere, or Refused where the book was changed there since."""
    asked = int(given.path["number"])
    with given.inside() as practice:
        answered = practice.lesson().answered
        found = next((each for each in answered if each.number == asked), None)
        if found is None:
            raise NotThere("there is no answer of that number to undo", "ask for the proposals once more")
        practice.take_back(found)
        return {"undone": asdict(found)}


def _ready(given: Given, practice: Practice) -> bool:
    return given.rooms.learning.ready(given.rooms.door, practice, PATIENCE)


def _plain(offer: Offer) -> dict[str, Any]:
    proposal = offer.proposal
    return {
        **dict(zip(NAMED, offer.same, strict=True)),
        "old": proposal.old,
        "behind": [each.uid for each in offer.behind],
        "against": [each.uid for each in offer.against],
        "in_hindsight": proposal.in_hindsight,
        "known": proposal.known,
        "difference": list(offer.change.difference),
    }


WHICH = {
    "book": text("The name of the rulebook.", MOST),
    "sha256": text("The hash of the text it is made for.", MOST),
    "guideline": text("The guideline it is about.", MOST),
    "new": number("The weight it proposes."),
}
PROPOSAL = full(
    "A change of how hard one guideline pulls.",
    **WHICH,
    old=number("The weight as it is written."),
    behind=several(text(), "The `uid` of each moment that speaks for it, the strongest first."),
    against=several(text(), "Of each that speaks against it."),
    in_hindsight=whole("How many of those behind it speak by what was said looking back.", 0),
    known=words("How much it rests on.", LITTLE, SOME, MORE),
    difference=several(text(), "The lines of the book before and after."),
)
ANSWERED = full(
    "What was done with a proposal.",
    number=whole("What it is known by.", 0),
    what=words("What was done.", *ANSWERS),
    at=text("When, in ISO 8601."),
    book=text(),
    guideline=text(),
    old=number(),
    new=number(),
    before=text("The hash of the book's text before it was taken; empty where it was not."),
    after=text("The same for the text after it."),
)
CALLS = [
    Call(
        "proposals",
        "GET",
        "/api/proposals",
        "What one's notes speak for changing in the book in use, two changes at most; and what became of earlier ones.",
        proposals,
        {
            200: full(
                "",
                ready=yes_or_no("Whether it is worked out; where not, it is being so: ask again soon."),
                enough=or_null(yes_or_no("Whether there is enough to tell; null while that is worked out.")),
                proposals=several(PROPOSAL),
                answered=several(ANSWERED, "The last first."),
            )
        },
    ),
    Call(
        "answer_proposal",
        "POST",
        "/api/proposals/answers",
        "Take a proposal into the book, keep it private, or forget it.",
        answer,
        {201: ANSWERED},
        table("", ("what", *NAMED), what=words("What to do with it.", *ANSWERS), **WHICH),
    ),
    Call(
        "undo_answer",
        "POST",
        "/api/proposals/answers/{number}/undo",
        "Undo what was done with a proposal; a weight that was taken is as it was before.",
        undo,
        {200: full("", undone=ANSWERED)},
        parts=NUMBER,
    ),
]
