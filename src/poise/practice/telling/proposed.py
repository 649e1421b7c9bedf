"""Proposals in words: what is proposed, the moments behind it, and what became of earlier ones."""

from __future__ import annotations

from collections.abc import Mapping

from ...journal.entries import KeptMoment
from ...learning import telling
from ...rulebook.rulebook import Rulebook
from ...rulebook.speech import Say, plain, sentences
from ..proposed import FORGOTTEN, PRIVATE, TAKEN, Answered, Offer, Offers
from .days import day_words

WAYS: Mapping[str, str] = {TAKEN: "Take it", PRIVATE: "Keep it to myself", FORGOTTEN: "Forget it"}
"""What can be done with a proposal."""
DONE: Mapping[str, str] = {
    TAKEN: "Taken into the book: let it pull {harder}.",
    PRIVATE: "Kept to yourself, and the book is as it was: let it pull {harder}.",
    FORGOTTEN: "Forgotten, and the book is as it was.",
}
UNDONE: Mapping[str, str] = {
    TAKEN: "It pulls as it did before.",
    PRIVATE: "It is not kept any more; it may be proposed again.",
    FORGOTTEN: "It is not forgotten any more; it may be proposed again.",
}


def nothing_words(found: Offers, say: Say = plain) -> str:
    """What is said where nothing is proposed: not enough to tell, or nothing to change; else nothing."""
    if not found.enough:
        return say(telling.NOT_ENOUGH)
    return "" if found.offers else say(telling.NOTHING)


def offered_words(found: Offers, say: Say = plain) -> list[str]:
    """Each proposal in a line: the guideline in its own words, and the change."""
    return [sentences(say, offer_words(found.book, offer, say)[:2]) for offer in found]


def offer_words(book: Rulebook, offer: Offer, say: Say = plain) -> list[str]:
    """A proposal in sentences: the guideline in its own words, the change, and how little is known."""
    return telling.proposal_words(book, offer.proposal, None, say)


def only_proposed_words(say: Say = plain) -> str:
    """That a proposal is only one, and what it cannot touch."""
    return sentences(say, [say(telling.ONLY_PROPOSED), say(telling.CARE)])


def behind_words(moment: KeptMoment, nicknames: Mapping[int, str], say: Say = plain) -> str:
    """A moment behind a proposal: its day, and with whom."""
    day = day_words(moment.happened_at, say) if moment.happened_at else say("some day")
    whom = nicknames.get(moment.person_id or 0)
    return f"{day} · {say('with {person}', person=whom)}" if whom else day


def answered_words(book: Rulebook, answered: Answered, say: Say = plain) -> list[str]:
    """What became of a proposal: the guideline, and what was done. A forgotten one says no more than that."""
    guideline = book.guidelines.get(answered.guideline)
    called = f"“{guideline.say.rstrip('.')}”" if guideline else say("A guideline that is not in the book any more")
    done = say(DONE[answered.what], harder=telling.harder(answered.old, answered.new, say))
    return [called, done]
