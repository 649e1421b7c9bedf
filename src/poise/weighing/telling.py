"""A weighing in words: what it leans to, why, what speaks the other way, what would tip it, what to say next.

`Told` holds the sentences apart, for pages and screens to lay out; `tell` joins them. It speaks differently to
the person who was hit, to someone who saw it, to the one responsible for the room, and to the one who slipped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..rulebook.guideline import DEGREES, LET_BE, MINE, NOTHING_MORE, START, TOWARD, Response, strength
from ..rulebook.rulebook import ME, SOMEONE_HERE, WHO_WAS_HIT
from .tables import WHOLE

if TYPE_CHECKING:
    from .turning import Turn
    from .weighing import Leaning, Standing, Weighing

TO_ME = "That was about you."
TO_ME_SAFE = "Are you safe?"
TO_ME_FREE = "You don't have to do anything."
TO_WITNESS = "Who did it land on?"
TO_WITNESS_HERE = "It landed on someone here."
TO_WITNESS_WANT = "What do they want?"
TO_ME_IN_CHARGE = "This is your room. How, not whether."
TO_ME_WHO_SLIPPED = "This time it was you. It can be mended, and it can be short."
NOTHING_WEIGHED = "Nothing is weighed here."
ANY_IS_YOURS = "Any of these is yours:"
YOUR_OWN_WORDS = "Your own guidelines here, if you want them:"
WAYS_TO_BEGIN = "Some ways to begin:"
NOT_AGREEING = "Keeping quiet is not the same as agreeing. Anger is allowed. Nothing is an answer too."
GOOD_PEOPLE = "Good people would differ."
FOR_NOW = "That is for now. This is not the same as agreeing."
AN_END = "Waiting has a cost too, so give it an end: a day to look again, or what you are waiting for."
NOTHING_IN_THE_WAY = "Nothing you've entered stands in the way."
SO_FAR = "So far: answers still open could tip it."
SETTLED = "No answer still open would change this."
ONLY_START = "None of your guidelines tips it yet; this is only where the book starts."
STARTS_SO = "this is how the book starts out"
STARTS_OTHERWISE = "the book starts out the other way"
NO_LIST = "This book has no responses for such a moment yet."
WRITE_DOWN = "Beside any of these, you can write down what was said, when, and who was there."
DANGER = "Someone is in danger, or a child is being hurt? That comes first, before any weighing."
WHAT_WILL_YOU_DO = "What will you do?"
SAFETY = "safety"
MOST_REASONS, MOST_AGAINST, MOST_TIPS, MOST_LINES = 3, 2, 2, 3


class Cited(NamedTuple):
    """One of the person's guidelines as a reason: its words, why they hold it, and how hard it pulls here."""

    guideline: str
    say: str
    because: str
    units: float = 0
    """How far it sets the lead above the others, in thousandths of a doubling; below 0 it sets it back."""
    anchored: bool = False

    def __str__(self) -> str:
        notes = [strength(self.units)] if self.units else []
        notes += ["you care about this one"] if self.anchored else []
        aside = f" ({'; '.join(notes)})" if notes else ""
        if self.guideline == START:
            return f"{self.say}{aside}."
        return f"“{self.say.rstrip('.')}”{aside}.{' ' if self.because else ''}{self.because}"


class Told(NamedTuple):
    """A weighing in sentences. What does not apply is empty."""

    opening: str = ""
    bounds: tuple[str, ...] = ()
    leaning: str = ""
    differ: str = ""
    meaning: str = ""
    because: tuple[Cited, ...] = ()
    against: tuple[Cited, ...] = ()
    beside: tuple[Cited, ...] = ()
    at_all: tuple[Cited, ...] = ()
    first_rule: str = ""
    remarks: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    yours: tuple[Cited, ...] = ()
    tips: tuple[str, ...] = ()
    so_far: str = ""
    next: str = ""
    ask_yourself: str = ""
    lines: tuple[str, ...] = ()
    write_down: str = ""
    danger: str = ""
    closing: str = WHAT_WILL_YOU_DO


def tell(weighing: Weighing) -> str:
    """The weighing in sentences, ready to print."""
    return "\n\n".join("\n".join(paragraph) for paragraph in paragraphs(told(weighing)) if paragraph)


def told(weighing: Weighing) -> Told:
    """The weighing as sentences, each in its place."""
    bounds = tuple(state.bound.say for state in weighing.bounds if state.met)
    if weighing.bound:
        return Told(bounds=(weighing.bound.say, NOTHING_WEIGHED), closing="")
    if not weighing.steer:
        return _told_to_me(weighing, bounds)
    return _told_leaning(weighing, bounds)


def paragraphs(told: Told) -> list[list[str]]:
    """The lines of each paragraph, in reading order."""
    at_all = "; ".join(str(cited).rstrip(".") for cited in told.at_all)
    return [
        [told.opening] if told.opening else [],
        list(told.bounds),
        [line for line in (told.leaning, told.meaning, told.so_far) if line],
        [f"{'Because' if i == 0 else 'And'} {cited}" for i, cited in enumerate(told.because)],
        [f"Against: {cited}" for cited in told.against],
        [f"To say something at all: {at_all}."] if at_all else [],
        [f"Alongside, because {cited}" for cited in told.beside],
        [told.differ] if told.differ else [],
        [told.first_rule] if told.first_rule else [],
        list(told.remarks),
        [ANY_IS_YOURS, *(f"  {choice}" for choice in told.choices)] if told.choices else [],
        [YOUR_OWN_WORDS, *(f"  {cited}" for cited in told.yours)] if told.yours else [],
        list(told.tips),
        [f"Worth saying next: {told.next}"] if told.next else [],
        [f"Ask yourself: {told.ask_yourself}"] if told.ask_yourself else [],
        [WAYS_TO_BEGIN, *(f"  “{line}”" for line in told.lines)] if told.lines else [],
        [line for line in (told.write_down, told.danger) if line],
        [told.closing] if told.closing else [],
    ]


def label(weighing: Weighing, response: str) -> str:
    """A response in the words that fit: `if_me` where the moment landed on the reader."""
    found = weighing.book.responses[response]
    return found.if_me if found.if_me and not weighing.steer else found.say


def quoted(weighing: Weighing, response: str) -> str:
    """A response in quotes, in the middle of a sentence."""
    words = label(weighing, response)
    return f"“{words[:1].lower()}{words[1:]}”"


# When it landed on me: nothing is steered


def _told_to_me(weighing: Weighing, bounds: tuple[str, ...]) -> Told:
    opening = [TO_ME, *([] if SAFETY in weighing.moment.answers else [TO_ME_SAFE]), TO_ME_FREE]
    standing = {s.response for leaning in weighing.leanings for s in leaning.ranking}
    speaking = {guideline for leaning in weighing.leanings for guideline in leaning.guidelines}
    guidelines = [g for g in weighing.book.guidelines.values() if g.id in speaking and g is not weighing.book.cardinal]
    return Told(
        " ".join(opening),
        bounds,
        remarks=(NOT_AGREEING,),
        choices=tuple(label(weighing, response) for response in weighing.book.responses if response in standing),
        yours=tuple(Cited(g.id, g.say, g.because) for g in guidelines),
        write_down=WRITE_DOWN,
        danger=_danger(weighing),
    )


# Otherwise: a leaning


def _told_leaning(weighing: Weighing, bounds: tuple[str, ...]) -> Told:
    main = weighing.mine or weighing.toward or weighing.beside
    if main is None:
        return Told(bounds=bounds, remarks=(NO_LIST,), closing="")
    beside = weighing.beside if main is weighing.toward else None
    lead = weighing.book.responses[main.lead[0]]
    because, against = reasons(weighing, main)
    return Told(
        opening_words(weighing),
        bounds,
        leaning_words(weighing, main, beside),
        _differ(weighing, main),
        lead.means if len(main.lead) == 1 else "",
        because[:MOST_REASONS],
        against[:MOST_AGAINST],
        _alongside(weighing, beside, because[:MOST_REASONS]),
        _at_all(weighing, main, because[:MOST_REASONS]),
        _first_rule(weighing, main, because),
        _remarks(weighing, main, because, against),
        tips=_tips(weighing),
        so_far=SETTLED if weighing.settled else SO_FAR,
        next=_next(weighing),
        ask_yourself=_ask_yourself(weighing, lead),
        lines=_lines(weighing, main),
        write_down=WRITE_DOWN,
        danger=_danger(weighing),
    )


def opening_words(weighing: Weighing) -> str:
    """How it speaks to the one who slipped, the one responsible for the room, or someone who saw it."""
    if weighing.moment.whose == MINE:
        return TO_ME_WHO_SLIPPED
    if weighing.book.in_charge.under(weighing.moment.codes):
        return TO_ME_IN_CHARGE
    answers = weighing.moment.answers
    if WHO_WAS_HIT not in weighing.book.considerations or answers.get(WHO_WAS_HIT, SOMEONE_HERE) != SOMEONE_HERE:
        return ""
    who = TO_WITNESS_HERE if WHO_WAS_HIT in answers else TO_WITNESS
    return who if "they_want" in answers else f"{who} {TO_WITNESS_WANT}"


def leaning_words(weighing: Weighing, main: Leaning, beside: Leaning | None) -> str:
    """`It leans to “X”, with “Y” alongside.`; a tie is said as a tie."""
    if len(main.ranking) == 1:
        words = f"What is left is {quoted(weighing, main.lead[0])}"
    elif len(main.lead) > 1:
        words = f"It stands level between {_joined(weighing, main.lead)}"
    elif main.close and main.rival:
        words = f"It leans to {quoted(weighing, main.lead[0])}, and {quoted(weighing, main.rival.response)} is close"
    else:
        words = f"It leans to {quoted(weighing, main.lead[0])}"
    if beside is None:
        return f"{words}."
    if beside.lead == (NOTHING_MORE,):
        return f"{words}. Beside that, nothing more for now."
    return f"{words}, with {_joined(weighing, beside.lead, ' or ')} alongside."


def _at_all(weighing: Weighing, main: Leaning, said: tuple[Cited, ...]) -> tuple[Cited, ...]:
    """What sets saying something above letting it be, where that is not what the lead is compared with."""
    silence = next((standing for standing in main.ranking[2:] if standing.response == LET_BE), None)
    if silence is None:
        return ()
    before = {START, *(cited.guideline for cited in said)}
    cited = split(weighing, apart(main.ranking[0], silence))[0]
    return tuple(each._replace(because="") for each in cited if each.guideline not in before)[:MOST_AGAINST]


def _alongside(weighing: Weighing, beside: Leaning | None, said: tuple[Cited, ...]) -> tuple[Cited, ...]:
    """The strongest reason of the beside list; its `because` is left out where it was just said."""
    if beside is None or beside.lead == (NOTHING_MORE,):
        return ()
    before = {cited.guideline for cited in said}
    first = reasons(weighing, beside)[0][:1]
    return tuple(cited._replace(because="") if cited.guideline in before else cited for cited in first)


def _joined(weighing: Weighing, responses: tuple[str, ...], last: str = " and ") -> str:
    *most, end = [quoted(weighing, response) for response in responses]
    return f"{', '.join(most)}{last}{end}" if most else end


def differs(leaning: Leaning) -> bool:
    """Whether good people would differ: a tie, a close call, or no response with more than half of its list."""
    return len(leaning.ranking) > 1 and (leaning.close or leaning.ranking[0].share <= 0.5)


def _differ(weighing: Weighing, main: Leaning) -> str:
    """Both sides, each with its strongest reason, where good people would differ."""
    if not differs(main):
        return ""
    sides = [
        f"For {quoted(weighing, standing.response)}: “{said[0].say.rstrip('.')}”."
        for standing, cited in zip(main.ranking, reasons(weighing, main), strict=False)
        if (said := [each for each in cited if each.guideline != START])
    ]
    return " ".join([GOOD_PEOPLE, *sides])


def reasons(weighing: Weighing, leaning: Leaning) -> tuple[tuple[Cited, ...], tuple[Cited, ...]]:
    """What sets the lead above the next, strongest first, and what sets it back: the stones of the balance."""
    if len(leaning.ranking) < 2:
        return (), ()
    return split(weighing, apart(leaning.ranking[0], leaning.ranking[1]))


def apart(here: Standing, there: Standing) -> dict[str, int]:
    """{guideline: how far it sets one response above the other, in score units}; sums to their exact difference."""
    pulls = {reason.guideline: reason.score for reason in here.reasons}
    for reason in there.reasons:
        pulls[reason.guideline] = pulls.get(reason.guideline, 0) - reason.score
    return {guideline: pull for guideline, pull in pulls.items() if pull}


def split(weighing: Weighing, pulls: dict[str, int]) -> tuple[tuple[Cited, ...], tuple[Cited, ...]]:
    """The guidelines that pull one way and those that pull the other, each strongest first."""
    cited = [_cited(weighing, guideline, pulls[guideline]) for guideline in sorted(pulls, key=lambda g: -abs(pulls[g]))]
    return tuple(c for c in cited if c.units > 0), tuple(c for c in cited if c.units < 0)


def _cited(weighing: Weighing, guideline: str, pull: int) -> Cited:
    if guideline == START:
        return Cited(START, STARTS_SO if pull > 0 else STARTS_OTHERWISE, "", pull / WHOLE)
    found = weighing.book.guidelines[guideline]
    return Cited(guideline, found.say, found.because, pull / WHOLE, found.anchored)


def _first_rule(weighing: Weighing, main: Leaning, because: tuple[Cited, ...]) -> str:
    """Said openly when the leaning goes against the first rule, with what outweighed it."""
    cardinal = weighing.book.cardinal
    if cardinal is None or cardinal.id not in weighing.applies:
        return ""
    against = any(reason.score < 0 for reason in main[main.lead[0]].reasons if reason.guideline == cardinal.id)
    if not against or len(main.ranking) == 1:
        return ""
    outweighed = [cited.say.rstrip(".") for cited in because[:MOST_REASONS] if cited.guideline != START]
    what = (
        f" What outweighed it: {'; '.join(outweighed)}." if outweighed else " The book's starting point outweighed it."
    )
    return f"This goes against your first rule: {cardinal.say}{what}"


def _remarks(
    weighing: Weighing, main: Leaning, because: tuple[Cited, ...], against: tuple[Cited, ...]
) -> tuple[str, ...]:
    found = []
    if len(main.ranking) > 1 and not {cited.guideline for cited in because + against} - {START}:
        found.append(ONLY_START)
    if any(LET_BE in (response, weighing.book.responses[response].like) for response in main.lead):
        found += [FOR_NOW, *([AN_END] if len(main.ranking) > 1 else [])]
    elif main.list == TOWARD and nothing_in_the_way(weighing):
        found.append(NOTHING_IN_THE_WAY)
    return tuple(found)


def nothing_in_the_way(weighing: Weighing) -> bool:
    """Whether someone here was hit and no guideline that applies pulls toward letting it be."""
    toward = weighing.toward
    if weighing.moment.answers.get(WHO_WAS_HIT) != SOMEONE_HERE or toward is None or not weighing.applies:
        return False
    silence = next((s for s in toward.ranking if s.response == LET_BE), None)
    return silence is not None and all(r.score <= 0 for r in silence.reasons if r.guideline != START)


def _tips(weighing: Weighing) -> tuple[str, ...]:
    """The nearest turns in words, at most two a list, each to another lead."""
    said: dict[tuple[str, tuple[str, ...]], str] = {}
    for turn in sorted(weighing.turns, key=lambda turn: _reach(weighing, turn)):
        leads = tuple(response for response in turn.lead)
        if (turn.list, leads) not in said and sum(name == turn.list for name, _ in said) < MOST_TIPS:
            said[turn.list, leads] = _tip(weighing, turn)
    return tuple(said.values())


def _reach(weighing: Weighing, turn: Turn) -> tuple[int, int]:
    """How far a turn is from what is known: questions still open first, then answers one step away."""
    far = 0
    for name, answer in turn.changes.items():
        question, now = weighing.book.considerations[name], weighing.moment.answers.get(name)
        if now is not None:
            far += 1 + (abs(question.code(answer) - question.code(now)) if question.ordered else 2)
        far += 10 * (name == WHO_WAS_HIT and ME in (answer, now))
    return far, len(turn.lead)


def _tip(weighing: Weighing, turn: Turn) -> str:
    questions = weighing.book.considerations
    changes = [
        f"the answer to “{questions[name].ask}” were “{questions[name].word(questions[name].code(answer))}”"
        for name, answer in turn.changes.items()
    ]
    now = next(leaning.lead for leaning in weighing.leanings if leaning.list == turn.list)
    fresh = _joined(weighing, tuple(response for response in turn.lead if response not in now))
    level = len(turn.lead) > len(set(turn.lead) - set(now))
    return (
        f"{f'It would stand level with {fresh}' if level else f'It would tip to {fresh}'} if {' and '.join(changes)}."
    )


def _next(weighing: Weighing) -> str:
    name = weighing.next_question
    return weighing.book.considerations[name].ask if name else ""


def _ask_yourself(weighing: Weighing, lead: Response) -> str:
    """One of the book's own questions, before a direct response."""
    asked = weighing.book.ask_yourself
    return asked[0] if asked and DEGREES.index(lead.directness) >= DEGREES.index("some") else ""


def _lines(weighing: Weighing, main: Leaning) -> tuple[str, ...]:
    return tuple(line for response in main.lead for line in weighing.book.responses[response].lines)[:MOST_LINES]


def _danger(weighing: Weighing) -> str:
    return DANGER if any(bound.replaces for bound in weighing.book.bounds.values()) else ""
