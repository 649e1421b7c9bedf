"""A look back in words: facts beside each other, no value of anybody, nothing better or worse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ...journal.entries import Rest
from ...rulebook.rulebook import Rulebook
from ...rulebook.speech import Say, either, listed, plain
from ...weighing.telling import quoted
from .. import checking_in, reflecting
from ..facts import SHARED, LookBack, Seen, Sore
from ..looking import Looking
from .days import day_words
from .following_up import come_back_words
from .numbers import number, often

FEWEST = 3
"""Moments below which nothing is counted: two of two says little."""
MOST_MOMENTS, MOST_NAMED = 12, 4
WAITING, ME = "waiting", "me"
"""Sections that a page does more with."""


class Line(NamedTuple):
    """One thing that is said, what stands beneath it, and the entry it is about."""

    words: str
    beneath: tuple[str, ...] = ()
    uid: str = ""


class Section(NamedTuple):
    """What is said of one side of a time, under its title."""

    id: str
    title: str
    lines: tuple[Line, ...]


def nothing_words(found: LookBack, say: Say = plain) -> str:
    """What is said where nothing was kept."""
    day = day_words(found.since, say)
    return say("Nothing is in the journal since {day}. That says nothing about you.", day=day)


def since_words(found: LookBack, say: Say = plain) -> str:
    """What the look back holds, and who sees it."""
    return say("What you kept since {day}. Only you see this.", day=day_words(found.since, say))


def sections(practice: Looking, found: LookBack, fewer: str, say: Say = plain) -> list[Section]:
    """The look back; sides of which there is nothing to say are left out. `fewer` says how to see fewer moments."""
    told = (
        Section(WAITING, say("You wanted to come back to"), tuple(_waiting(found, say))),
        Section("moments", say("What you met, and what you did"), tuple(_moments(practice, found, fewer, say))),
        Section("expected", say("What you expected between you, and how it was"), tuple(_expected(found, say))),
        Section("sore", say("Sore, and mended"), _plain(_sore(found, say))),
        Section("book", say("Your book"), _plain(_book(found, say))),
        Section("grace", say("Who gets your grace, and who does not?"), _plain(_grace(found, say))),
        Section(ME, say("Your part, and your rest"), _plain(_me(found, say))),
    )
    return [section for section in told if section.lines]


def _plain(lines: Iterable[str]) -> tuple[Line, ...]:
    return tuple(Line(words) for words in lines)


def _last(lines: list[str], say: Say) -> Iterator[str]:
    """The last of what happened, and how much more there is before it."""
    yield from lines[-MOST_MOMENTS:]
    if len(lines) > MOST_MOMENTS:
        yield say("And {number} before these.", number=number(len(lines) - MOST_MOMENTS, say))


def _waiting(found: LookBack, say: Say) -> Iterator[Line]:
    for each, person in found.come_back:
        parts = (come_back_words(each, {}, say), say("with {person}", person=person) if person else "")
        yield Line(" · ".join(part for part in parts if part), uid=each.uid)


def _moments(practice: Looking, found: LookBack, fewer: str, say: Say) -> Iterator[Line]:
    """Each moment: my gut, which way it leaned, and what I did, with no winner."""
    shown = found.seen[-MOST_MOMENTS:]
    yield from (Line(_named(seen, say), tuple(_moment(practice, seen, say)), seen.moment.uid) for seen in shown)
    earlier = len(found.seen) - len(shown)
    if found.more:
        yield Line(say("And very many before these; {what} shows fewer.", what=fewer))
    elif earlier:
        yield Line(say("And {number} before these.", number=number(earlier, say)))


def _moment(practice: Looking, seen: Seen, say: Say) -> Iterator[str]:
    parts = {
        say("your gut"): seen.moment.gut,
        say("it leaned to"): _leaned(seen, say),
        say("you did"): practice.did_words(seen.moment).lower(),
    }
    yield from (say("{what}: {words}", what=name, words=words) for name, words in parts.items() if words)


def _leaned(seen: Seen, say: Say) -> str:
    """What led, of what is done toward the one who said it; nothing where nothing was steered."""
    if not seen.steered or seen.weighing is None:
        return ""
    main = seen.weighing.mine or seen.weighing.toward
    return either(say, [quoted(seen.weighing, each).strip("“”") for each in main.lead]) if main else ""


def _named(seen: Seen, say: Say) -> str:
    day = day_words(seen.moment.happened_at, say) if seen.moment.happened_at else say("some day")
    return f"{day} · {say('with {person}', person=seen.person)}" if seen.person else day


def _expected(found: LookBack, say: Say) -> Iterator[Line]:
    """What I expected between us, beside what came."""
    both = []
    for seen in found.expected:
        came = reflecting.in_words("for_us", seen.reflection.for_us, say) if seen.reflection else ""
        both.append((seen, reflecting.in_words("forecast", seen.moment.forecast, say), came))
    lines = [
        say("{moment}: expected “{expected}”; it was “{came}”", moment=_named(seen, say), expected=expected, came=came)
        for seen, expected, came in both
    ]
    yield from _plain(_last(lines, say))
    counted = Counter(expected for _, expected, _ in both)
    for expected, times in counted.items():
        if times >= FEWEST:
            so = sum(1 for _, first, second in both if first == second == expected)
            counts = {"times": often(times, say), "so": often(so, say)}
            yield Line(say("“{expected}” you expected {times}; it was so {so}.", expected=expected, **counts))


def _sore(found: LookBack, say: Say) -> Iterator[str]:
    """What felt off and was talked about, and what still feels off; of that nothing is left out."""
    if len(found.sore) <= MOST_MOMENTS:
        yield from (_off(sore, say) for sore in found.sore)
        return
    yield from _last([_off(sore, say) for sore in found.sore if sore.mended], say)
    yield from (_off(sore, say) for sore in found.sore if not sore.mended)


def _off(sore: Sore, say: Say) -> str:
    off = say("something felt off")
    if sore.since:
        off = say("something felt off since {day}", day=day_words(sore.since, say))
    if sore.mended:
        off = say("{off}; talked about on {day}", off=off, day=day_words(sore.mended, say))
    return say("{what}: {words}", what=say("with {person}", person=sore.person), words=off)


def _book(found: LookBack, say: Say) -> Iterator[str]:
    """Where my guidelines were silent, or spoke every time; and which I set aside."""
    of = len(found.steered)
    if of < FEWEST:
        return
    always = [name for name, times in found.spoke.items() if times == of]
    never = [name for name, times in found.spoke.items() if not times]
    silent = [_named(seen, say) for seen in found.silent]
    yield from _last([say("Silent: {moment}; none of your guidelines spoke.", moment=each) for each in silent], say)
    if always:
        which = _guidelines(found.book, always, say)
        yield say("Spoke in all {number}: {which}.", number=number(of, say), which=which)
    if never and len(never) <= MOST_NAMED:  # most of a long book stays silent in a month; that says nothing
        which = _guidelines(found.book, never, say)
        yield say("Spoke in none of the {number}: {which}.", number=number(of, say), which=which)
    for name, (aside, times) in found.set_aside.items():
        if times >= FEWEST and 2 * aside >= times:
            which, counts = (
                _guidelines(found.book, [name], say),
                {"aside": number(aside, say), "of": number(times, say)},
            )
            yield say("Set aside in {aside} of {of}: {which}. Change it, split it, or keep it?", which=which, **counts)


def _guidelines(book: Rulebook, names: list[str], say: Say) -> str:
    said = [say("“{words}”", words=book.guidelines[name].say.rstrip(".")) for name in names[:MOST_NAMED]]
    further = len(names) - MOST_NAMED
    return listed(say, [*said, *([say("{number} more", number=number(further, say))] if further > 0 else [])])


def _grace(found: LookBack, say: Say) -> Iterator[str]:
    """How often I let it be, for now: with whom, and where I knew their heart."""
    if sum(times for _, times in found.grace.values()) < FEWEST:
        return
    for person, times in found.grace.items():
        yield say("{what}: {words}", what=say("with {person}", person=person), words=_let_be(*times, say))
    asked = found.book.considerations.get(SHARED)
    if asked is not None:
        for answer, times in found.grace_by_heart.items():
            if answer in asked.answers:
                said = say("{question} “{answer}”", question=asked.ask, answer=asked.word(asked.code(answer)))
                yield say("{what}: {words}", what=said, words=_let_be(*times, say))


def _let_be(times: int, of: int, say: Say) -> str:
    moments = say("one moment") if of == 1 else say("{number} moments", number=number(of, say))
    return say("{moments}; you let it be, for now, in {number}", moments=moments, number=number(times, say))


def _me(found: LookBack, say: Say) -> Iterator[str]:
    """My part and my rest."""
    called = {"energy": say("energy"), "toll": say("what it costs"), "elsewhere": say("what you give elsewhere")}
    for each in found.check_ins[-MOST_NAMED:]:
        given = {field: checking_in.in_words(found.book, field, getattr(each, field), say) for field in called}
        said = " · ".join(say("{what}: {words}", what=called[field], words=w) for field, w in given.items() if w)
        day = day_words(each.happened_at, say) if each.happened_at else ""
        yield say("{what}: {words}", what=day, words=said) if day else said
    yield from _last([_rested(rest, say) for rest in found.rests], say)


def _rested(rest: Rest, say: Say) -> str:
    start = day_words(rest.happened_at, say) if rest.happened_at else ""
    if rest.ends_at:
        return say("rest from {start} until {end}", start=start, end=day_words(rest.ends_at, say))
    return say("rest from {start}, with no end set", start=start)
