"""What a page for supervision is filled in with: only what I said and what my guidelines say, nobody and no day.

Nicknames, days, places and remarks are never taken up. What stays empty is for my own hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from ...journal.entries import KeptMoment, Reflection, Sign
from ...journal.trouble import NotThere
from ...rulebook.guideline import START
from ...rulebook.mistake import Mistakes
from ...rulebook.rulebook import WHO_WAS_HIT, Rulebook
from ...rulebook.speech import Say, both, plain, sentences
from ...weighing.telling import quoted, told
from ...weighing.telling.citing import reasons
from ...weighing.telling.leaning import first_rule, leaning_words
from ...weighing.weighing import Weighing
from .. import reflecting
from ..looking import Looking

SAID_OF_IT = (WHO_WAS_HIT, "harm")
"""What of the answers the dilemma begins with."""
ROLE = "role"
THIS_PERSON, WIDER = ("relationship",), ("person_hit", "room")
"""Families of guidelines that look after the one who said it, and after everybody else."""
MOST_SAID = 3
ORDINALS = ("The first moment", "The second", "The third", "The fourth", "The fifth")
AGO = ((7, "some days ago"), (60, "some weeks ago"), (365, "some months ago"))


class Replayed(NamedTuple):
    """A chosen moment, weighed again by the book of its day."""

    practice: Looking
    moment: KeptMoment
    book: Rulebook | None
    weighing: Weighing | None
    say: Say


def prefilled(practice: Looking, moments: Sequence[KeptMoment], say: Say = plain) -> dict[str, str]:
    """{field: what stands in it to begin with}; empty ones are left out."""
    replayed = [_replayed(practice, moment, say) for moment in moments]
    filled = {name: _together(words, replayed, say) for name, words in _WORDS.items()}
    return {name: text for name, text in filled.items() if text}


def ago(happened_at: datetime | None, now: datetime) -> str:
    """About when, so that it is nobody's day: `some weeks ago`."""
    days = (now - happened_at).days if happened_at else 0
    return next((words for fewer, words in AGO if days < fewer), "a good while ago") if happened_at else "once"


def _replayed(practice: Looking, moment: KeptMoment, say: Say) -> Replayed:
    try:
        return Replayed(practice, moment, practice.book_of(moment), practice.replay(moment), say)
    except (NotThere, Mistakes):
        return Replayed(practice, moment, None, None, say)


def _together(words: Callable[[Replayed], Iterator[str]], replayed: Sequence[Replayed], say: Say) -> str:
    """What is said of each moment; once, where the same is said of all."""
    said = [sentences(say, list(words(each))) for each in replayed]
    if len(set(said)) == 1:
        return said[0]
    named = zip(ORDINALS, said, strict=False)
    return "\n".join(say("{what}: {words}", what=say(which), words=text) for which, text in named if text)


def _dilemma(each: Replayed) -> Iterator[str]:
    when = each.say(ago(each.moment.happened_at, each.practice.journal.now()))
    yield each.say("{words}.", words=f"{when[:1].upper()}{when[1:]}")
    yield from _answers(each, SAID_OF_IT)
    main = (each.weighing.mine or each.weighing.toward) if each.weighing else None
    if each.weighing and main and main.rival and each.weighing.steer:
        one, other = (quoted(each.weighing, which, each.say) for which in (main.lead[0], main.rival.response))
        yield each.say("Between {one} and {other}.", one=one, other=other)


def _role(each: Replayed) -> Iterator[str]:
    yield from _answers(each, (ROLE,))
    if each.book and each.book.first_duty:
        yield each.say("My first duty: {duty}.", duty=each.book.first_duty.rstrip("."))


def _answers(each: Replayed, names: Sequence[str]) -> Iterator[str]:
    """Questions of the book with what I answered."""
    for name in names:
        question, answer = each.book.considerations.get(name) if each.book else None, each.moment.answers.get(name)
        if question and isinstance(answer, str) and answer in question.answers:
            word = question.word(question.code(answer))
            yield each.say("{question} {answer}.", question=question.ask, answer=f"{word[:1].upper()}{word[1:]}")


def _good(families: Sequence[str]) -> Callable[[Replayed], Iterator[str]]:
    """What my guidelines that spoke say for some families of them, with why."""

    def words(each: Replayed) -> Iterator[str]:
        if not each.book or not each.weighing or each.weighing.bound:
            return
        spoke = [each.book.guidelines[name] for name in each.weighing.applies if name in each.book.guidelines]
        of = [guideline for guideline in spoke if guideline.family in families][:2]
        for guideline in of:
            words = each.say("“{words}.”", words=guideline.say.rstrip("."))
            yield sentences(each.say, [words, *([guideline.because] if guideline.because else [])])

    return words


def _weighed(each: Replayed) -> Iterator[str]:
    weighing = each.weighing
    if weighing is None:
        return
    if weighing.bound:
        yield each.say("Nothing was weighed: a bound came first.")
    elif not weighing.steer:
        own = [cited.say for cited in told(weighing).yours][:MOST_SAID]
        yield each.say("It landed on me, so nothing was weighed for me.")
        yield from [each.say("My own guidelines there: {which}.", which=_said(own, each.say))] if own else []
    else:
        yield from _leaned(weighing, each.say)


def _leaned(weighing: Weighing, say: Say) -> Iterator[str]:
    """Which way it leaned, and what outweighed what."""
    main = weighing.mine or weighing.toward or weighing.beside
    if main is None:
        return
    yield leaning_words(weighing, main, weighing.beside if main is weighing.toward else None, say)
    because, against = (
        [cited.say for cited in side if cited.guideline != START][:MOST_SAID] for side in reasons(weighing, main)
    )
    if len(main.lead) > 1:
        if because and against:
            one, other = _said(because, say), _said(against, say)
            yield say("{one} on one side, {other} on the other.", one=one, other=other)
    elif because and against:
        yield say("{one} outweighed {other}.", one=_said(because, say), other=_said(against, say))
    elif because:
        yield say("{which}. Nothing of mine pulled the other way.", which=_said(because, say))
    elif len(main.ranking) > 1:
        yield say("None of my guidelines tipped it; it is only where my book starts.")
    if weighing.book.cardinal and first_rule(weighing, main, ()):
        yield say("It went against my first rule: “{rule}.”", rule=weighing.book.cardinal.say.rstrip("."))


def _said(guidelines: Sequence[str], say: Say) -> str:
    """Guidelines in quotes, one after another."""
    return both(say, [say("“{words}”", words=each.rstrip(".")) for each in guidelines])


def _did(each: Replayed) -> Iterator[str]:
    words = each.practice.did_words(each.moment)
    yield from [each.say("{words}.", words=words.rstrip("."))] if words else []


def _between(each: Replayed) -> Iterator[str]:
    """What I expected and what I said afterwards; whether something felt off, and was talked about."""
    practice, moment, say = each.practice, each.moment, each.say
    last = next(iter(practice.journal.entries(Reflection, most=1, moment_id=moment.id)), None)
    said = {
        say("I expected between us"): reflecting.in_words("forecast", moment.forecast, say),
        say("Afterwards, between us"): reflecting.in_words("for_us", last.for_us, say) if last else "",
        say("For the person it hit"): reflecting.in_words("for_them", last.for_them, say) if last else "",
    }
    yield from (say("{what}: {words}.", what=what, words=words.rstrip(".")) for what, words in said.items() if words)
    if moment.person_id and practice.is_sore(moment.person_id):
        yield say("Something feels off, and is not mended yet, for now.")
    elif moment.person_id and any(sign.sign == "repair" for sign in practice.every(Sign, person_id=moment.person_id)):
        yield say("Something had felt off; we got to talk about it.")


def _unsure(each: Replayed) -> Iterator[str]:
    """What nobody answered that would be worth knowing, and what would tip it."""
    if each.weighing is None:
        return
    said = told(each.weighing, each.say)
    yield from [each.say("I do not know: {question}", question=said.next)] if said.next else []
    yield from said.tips[:1]


def _bounds(each: Replayed) -> Iterator[str]:
    yield from (state.bound.say for state in (each.weighing.bounds if each.weighing else ()) if state.met)


_WORDS: dict[str, Callable[[Replayed], Iterator[str]]] = {
    "dilemma": _dilemma,
    "role": _role,
    "this_person": _good(THIS_PERSON),
    "wider": _good(WIDER),
    "weighed": _weighed,
    "did": _did,
    "between": _between,
    "unsure": _unsure,
    "bounds": _bounds,
}
