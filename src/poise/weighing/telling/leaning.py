"""How a leaning is said: to whom, which way, both sides of it, and what it goes against."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...rulebook.guideline import LET_BE, MINE, NOTHING_MORE, START, TOWARD
from ...rulebook.rulebook import SOMEONE_HERE, WHO_WAS_HIT
from ...rulebook.speech import Say, clauses, either, plain, sentences
from . import words
from .citing import Cited, apart, both_ways, reasons
from .naming import joined, quoted

if TYPE_CHECKING:
    from ..weighing import Leaning, Weighing

THEY_WANT = "they_want"
MOST_AT_ALL = 2
SURE_DIGITS = 9
"""Digits of a share that are compared. Engines differ in the last bit of a power, and half is half on all of them."""


def opening_words(weighing: Weighing, say: Say = plain) -> str:
    """How it speaks to the one who slipped, the one responsible for the room, or someone who saw it."""
    if weighing.moment.whose == MINE:
        return say(words.TO_ME_WHO_SLIPPED)
    if weighing.book.in_charge.under(weighing.moment.codes):
        return say(words.TO_ME_IN_CHARGE)
    answers = weighing.moment.answers
    if WHO_WAS_HIT not in weighing.book.considerations or answers.get(WHO_WAS_HIT, SOMEONE_HERE) != SOMEONE_HERE:
        return ""
    who = say(words.TO_WITNESS_HERE if WHO_WAS_HIT in answers else words.TO_WITNESS)
    return who if THEY_WANT in answers else sentences(say, [who, say(words.TO_WITNESS_WANT)])


def leaning_words(weighing: Weighing, main: Leaning, beside: Leaning | None, say: Say = plain) -> str:
    """`It leans to “X”, with “Y” alongside.`; a tie is said as a tie."""
    which = _which_way(weighing, main, say)
    if beside is None:
        return say(words.JUST_THAT, leaning=which)
    if beside.lead == (NOTHING_MORE,):
        return say(words.NOTHING_BESIDE, leaning=which)
    also = joined(weighing, beside.lead, say, either)
    return say(words.WITH_ALONGSIDE, leaning=which, also=also)


def _which_way(weighing: Weighing, main: Leaning, say: Say) -> str:
    if len(main.lead) > 1:
        return say(words.LEVEL, responses=joined(weighing, main.lead, say))
    lead = quoted(weighing, main.lead[0], say)
    if len(main.ranking) == 1:
        return say(words.LEFT, lead=lead)
    if main.close and main.rival:
        rival = quoted(weighing, main.rival.response, say)
        return say(words.LEANS_CLOSE, lead=lead, rival=rival)
    return say(words.LEANS, lead=lead)


def differs(leaning: Leaning) -> bool:
    """Whether good people would differ: a tie, a close call, or no response with more than half of its list."""
    return len(leaning.ranking) > 1 and (leaning.close or round(leaning.ranking[0].share, SURE_DIGITS) <= 0.5)


def differ(weighing: Weighing, main: Leaning, say: Say = plain) -> str:
    """Both sides, each with its strongest reason, where good people would differ."""
    if not differs(main):
        return ""
    sides = [
        say(
            words.FOR_RESPONSE,
            response=quoted(weighing, standing.response, say),
            reason=said[0].say.rstrip("."),
        )
        for standing, cited in zip(main.ranking, reasons(weighing, main), strict=False)
        if (said := [each for each in cited if each.guideline != START])
    ]
    return sentences(say, [say(words.GOOD_PEOPLE), *sides])


def at_all(weighing: Weighing, main: Leaning, said: tuple[Cited, ...], say: Say = plain) -> tuple[Cited, ...]:
    """What sets saying something above letting it be, where that is not what the lead is compared with."""
    silence = next((standing for standing in main.ranking[2:] if standing.response == LET_BE), None)
    if silence is None:
        return ()
    before = {START, *(cited.guideline for cited in said)}
    cited = both_ways(weighing, apart(main.ranking[0], silence), say)[0]
    return tuple(each._replace(because="") for each in cited if each.guideline not in before)[:MOST_AT_ALL]


def alongside(
    weighing: Weighing, beside: Leaning | None, said: tuple[Cited, ...], say: Say = plain
) -> tuple[Cited, ...]:
    """The strongest reason of the beside list; its `because` is left out where it was just said."""
    if beside is None or beside.lead == (NOTHING_MORE,):
        return ()
    before = {cited.guideline for cited in said}
    first = reasons(weighing, beside, say)[0][:1]
    return tuple(cited._replace(because="") if cited.guideline in before else cited for cited in first)


def first_rule(weighing: Weighing, main: Leaning, because: tuple[Cited, ...], say: Say = plain) -> str:
    """Said openly when the leaning goes against the first rule, with what outweighed it."""
    cardinal = weighing.book.cardinal
    if cardinal is None or cardinal.id not in weighing.applies:
        return ""
    against = any(reason.score < 0 for reason in main[main.lead[0]].reasons if reason.guideline == cardinal.id)
    if not against or len(main.ranking) == 1:
        return ""
    outweighed = [cited.say.rstrip(".") for cited in because if cited.guideline != START]
    against_it = say(words.AGAINST_FIRST_RULE, rule=cardinal.say)
    what = say(words.OUTWEIGHED, what=clauses(say, outweighed)) if outweighed else say(words.START_OUTWEIGHED)
    return sentences(say, [against_it, what])


def remarks(weighing: Weighing, main: Leaning, cited: tuple[Cited, ...], say: Say = plain) -> tuple[str, ...]:
    """What belongs beside the leaning: for now, nothing in the way, or no guideline that speaks yet."""
    found = []
    if len(main.ranking) > 1 and not {each.guideline for each in cited} - {START}:
        found.append(words.ONLY_START)
    if any(LET_BE in (response, weighing.book.responses[response].like) for response in main.lead):
        found += [words.FOR_NOW, *([words.AN_END] if len(main.ranking) > 1 else [])]
    elif main.list == TOWARD and nothing_in_the_way(weighing):
        found.append(words.NOTHING_IN_THE_WAY)
    return tuple(map(say, found))


def nothing_in_the_way(weighing: Weighing) -> bool:
    """Whether someone here was hit and no guideline that applies pulls toward letting it be."""
    toward = weighing.toward
    if weighing.moment.answers.get(WHO_WAS_HIT) != SOMEONE_HERE or toward is None or not weighing.applies:
        return False
    silence = next((s for s in toward.ranking if s.response == LET_BE), None)
    return silence is not None and all(r.score <= 0 for r in silence.reasons if r.guideline != START)
