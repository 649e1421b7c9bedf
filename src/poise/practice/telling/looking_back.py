"""A look back in words: facts beside each other, no value of anybody, nothing better or worse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ...rulebook.rulebook import Rulebook
from ...weighing.telling import quoted
from .. import checking_in, reflecting
from ..facts import SHARED, LookBack, Seen
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


def nothing_words(found: LookBack) -> str:
    """What is said where nothing was kept."""
    return f"Nothing is in the journal since {day_words(found.since)}. That says nothing about you."


def since_words(found: LookBack) -> str:
    """What the look back holds, and who sees it."""
    return f"What you kept since {day_words(found.since)}. Only you see this."


def sections(practice: Looking, found: LookBack, fewer: str) -> list[Section]:
    """The look back; sides of which there is nothing to say are left out. `fewer` says how to see fewer moments."""
    told = (
        Section(WAITING, "You wanted to come back to", tuple(_waiting(found))),
        Section("moments", "What you met, and what you did", tuple(_moments(practice, found, fewer))),
        Section("expected", "What you expected between you, and how it was", tuple(_expected(found))),
        Section("sore", "Sore, and mended", _plain(_sore(found))),
        Section("book", "Your book", _plain(_book(found))),
        Section("grace", "Who gets your grace, and who does not?", _plain(_grace(found))),
        Section(ME, "Your part, and your rest", _plain(_me(found))),
    )
    return [section for section in told if section.lines]


def _plain(lines: Iterable[str]) -> tuple[Line, ...]:
    return tuple(Line(words) for words in lines)


def _waiting(found: LookBack) -> Iterator[Line]:
    for each, person in found.come_back:
        parts = (come_back_words(each, {}), f"with {person}" if person else "")
        yield Line(" · ".join(part for part in parts if part), uid=each.uid)


def _moments(practice: Looking, found: LookBack, fewer: str) -> Iterator[Line]:
    """Each moment: my gut, which way it leaned, and what I did, with no winner."""
    shown = found.seen[-MOST_MOMENTS:]
    yield from (Line(_named(seen), tuple(_moment(practice, seen)), seen.moment.uid) for seen in shown)
    earlier = len(found.seen) - len(shown)
    if found.more:
        yield Line(f"And very many before these; {fewer} shows fewer.")
    elif earlier:
        yield Line(f"And {number(earlier)} before these.")


def _moment(practice: Looking, seen: Seen) -> Iterator[str]:
    parts = {
        "your gut": seen.moment.gut,
        "it leaned to": _leaned(seen),
        "you did": practice.did_words(seen.moment).lower(),
    }
    yield from (f"{name}: {words}" for name, words in parts.items() if words)


def _leaned(seen: Seen) -> str:
    """What led, of what is done toward the one who said it; nothing where nothing was steered."""
    if not seen.steered or seen.weighing is None:
        return ""
    main = seen.weighing.mine or seen.weighing.toward
    return " or ".join(quoted(seen.weighing, each).strip("“”") for each in main.lead) if main else ""


def _named(seen: Seen) -> str:
    day = day_words(seen.moment.happened_at) if seen.moment.happened_at else "some day"
    return f"{day}{f' · with {seen.person}' if seen.person else ''}"


def _expected(found: LookBack) -> Iterator[Line]:
    """What I expected between us, beside what came."""
    both = []
    for seen in found.expected:
        came = reflecting.in_words("for_us", seen.reflection.for_us) if seen.reflection else ""
        both.append((seen, reflecting.in_words("forecast", seen.moment.forecast), came))
    for seen, expected, came in both:
        yield Line(f"{_named(seen)}: expected “{expected}”; it was “{came}”", uid=seen.moment.uid)
    counted = Counter(expected for _, expected, _ in both)
    for expected, times in counted.items():
        if times >= FEWEST:
            so = sum(1 for _, first, second in both if first == second == expected)
            yield Line(f"“{expected}” you expected {often(times)}; it was so {often(so)}.")


def _sore(found: LookBack) -> Iterator[str]:
    for sore in found.sore:
        since = f" since {day_words(sore.since)}" if sore.since else ""
        mended = f"; talked about on {day_words(sore.mended)}" if sore.mended else ""
        yield f"with {sore.person}: something felt off{since}{mended}"


def _book(found: LookBack) -> Iterator[str]:
    """Where my guidelines were silent, or spoke every time; and which I set aside."""
    of = len(found.steered)
    if of < FEWEST:
        return
    always = [name for name, times in found.spoke.items() if times == of]
    never = [name for name, times in found.spoke.items() if not times]
    yield from (f"Silent: {_named(seen)}; none of your guidelines spoke." for seen in found.silent)
    if always:
        yield f"Spoke in all {number(of)}: {_guidelines(found.book, always)}."
    if never and len(never) <= MOST_NAMED:  # most of a long book stays silent in a month; that says nothing
        yield f"Spoke in none of the {number(of)}: {_guidelines(found.book, never)}."
    for name, (aside, times) in found.set_aside.items():
        if times >= FEWEST and 2 * aside >= times:
            which = _guidelines(found.book, [name])
            yield f"Set aside in {number(aside)} of {number(times)}: {which}. Change it, split it, or keep it?"


def _guidelines(book: Rulebook, names: list[str]) -> str:
    said = [f"“{book.guidelines[name].say.rstrip('.')}”" for name in names[:MOST_NAMED]]
    more = [f"{number(len(names) - MOST_NAMED)} more"] if len(names) > MOST_NAMED else []
    return ", ".join([*said, *more])


def _grace(found: LookBack) -> Iterator[str]:
    """How often I let it be, for now: with whom, and where I knew their heart."""
    if sum(times for _, times in found.grace.values()) < FEWEST:
        return
    yield from (f"with {person}: {_let_be(*both)}" for person, both in found.grace.items())
    asked = found.book.considerations.get(SHARED)
    if asked is not None:
        for answer, both in found.grace_by_heart.items():
            if answer in asked.answers:
                yield f"{asked.ask} “{asked.word(asked.code(answer))}”: {_let_be(*both)}"


def _let_be(times: int, of: int) -> str:
    moments = "one moment" if of == 1 else f"{number(of)} moments"
    return f"{moments}; you let it be, for now, in {number(times)}"


def _me(found: LookBack) -> Iterator[str]:
    """My part and my rest."""
    called = {"energy": "energy", "toll": "what it costs", "elsewhere": "what you give elsewhere"}
    for each in found.check_ins[-MOST_NAMED:]:
        words = {name: checking_in.in_words(found.book, field, getattr(each, field)) for field, name in called.items()}
        said = " · ".join(f"{name}: {word}" for name, word in words.items() if word)
        yield f"{day_words(each.happened_at)}: {said}" if each.happened_at else said
    for rest in found.rests:
        start = day_words(rest.happened_at) if rest.happened_at else ""
        until = f" until {day_words(rest.ends_at)}" if rest.ends_at else ", with no end set"
        yield f"rest from {start}{until}"
