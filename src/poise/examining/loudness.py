"""Where a book leans to silence, and where to what is loud: the two things its writer may not see in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..rulebook.guideline import LET_BE
from ..rulebook.rulebook import SOMEONE_HERE, WHO_WAS_HIT, Rulebook
from .reach import Answers, Leads
from .saying import how_often


def silence(book: Rulebook, leads: Leads) -> list[str]:
    """Where it leans to letting it be, and whether it does so where someone here is badly hurt and it is safe."""
    if LET_BE not in leads.responses:
        return []
    told = f"It leans to {said(book, LET_BE)} {how_often(leads.silent)}."
    return [told, *_where(book, leads, (LET_BE,)), *_when_it_matters(book, leads)]


def _when_it_matters(book: Rulebook, leads: Leads) -> Iterator[str]:
    """The silence that weighs most: someone here, badly hurt, and it is safe to speak."""
    worst = _worst(book, leads)
    if worst is None:
        return
    there, words = worst
    yield f"Where {words}, it leans to silence {how_often(there.silent)}."
    answers = there.answers(LET_BE)
    if answers:
        yield f"One such situation: {as_command(book, answers)}"


def _worst(book: Rulebook, leads: Leads) -> tuple[Leads, str] | None:
    """The cells with someone here hit, the two worst degrees of harm and the best of safety, and how to say so."""
    if not {WHO_WAS_HIT, "harm", "safety"} <= set(leads.by):
        return None
    harm, safety = book.considerations["harm"], book.considerations["safety"]
    if SOMEONE_HERE not in book.considerations[WHO_WAS_HIT].answers or not (harm.ordered and safety.ordered):
        return None
    degrees = harm.answers[-2:] if len(harm.answers) > 2 else harm.answers[-1:]
    base = leads.where(who_was_hit=SOMEONE_HERE, safety=safety.answers[-1])
    column = leads.by.index("harm")
    cells = {key: cell for key, cell in base.cells.items() if key[column] in degrees}
    named = " or ".join(f"“{harm.word(harm.code(degree))}”" for degree in degrees)
    words = f"it landed on someone here, the harm is {named}, and it is “{safety.word(len(safety.answers) - 1)}”"
    return Leads(leads.list, leads.responses, leads.by, cells), words


def as_command(book: Rulebook, answers: Answers) -> str:
    """What to type to see a situation weighed."""
    name = book.name if " " not in book.name else f'"{book.name}"'
    return f"poise weigh {name} {' '.join(f'{question}={answer}' for question, answer in answers.items())}"


def loudness(book: Rulebook, leads: Leads) -> list[str]:
    """Where it leans to what is most direct, and to what everyone hears."""
    listed = [book.responses[response] for response in leads.responses]
    loud = tuple(response.id for response in listed if response.directness == "much")
    heard = tuple(response.id for response in listed if response.heard_by == "everyone_here")
    lines: list[str] = []
    if loud:
        lines.append(f"It leans to what is most direct, {either(book, loud)}, {how_often(leads.first(*loud))}.")
        lines += _where(book, leads, loud)
    if heard:
        lines.append(f"It leans to what everyone hears, {either(book, heard)}, {how_often(leads.first(*heard))}.")
    worst = _worst(book, leads)
    if worst and loud and worst[0].weighed:
        lines.append(f"Where {worst[1]}, it leans to what is most direct {how_often(worst[0].first(*loud))}.")
    return lines


def _where(book: Rulebook, leads: Leads, responses: tuple[str, ...]) -> Iterator[str]:
    """Among single answers, where any of these leads most and least often."""
    found = []
    for name in leads.by:
        for code, answer in enumerate(book.considerations[name].answers):
            there = leads.where(**{name: answer})
            if there.weighed:
                found.append(
                    (there.first(*responses), f"{name.replace('_', ' ')} is “{book.considerations[name].word(code)}”")
                )
    if found and min(found)[0] < max(found)[0]:
        most, least = max(found, key=lambda each: each[0]), min(found, key=lambda each: each[0])
        yield f"Most where {most[1]}: {how_often(most[0])}. Least where {least[1]}: {how_often(least[0])}."


def said(book: Rulebook, response: str) -> str:
    """A response in its own words, in quotes."""
    return f"“{book.responses[response].say.lower()}”"


def either(book: Rulebook, responses: Iterable[str]) -> str:
    """Responses with `or` between them."""
    return listed([said(book, response) for response in responses], "or")


def listed(words: list[str], last: str = "and") -> str:
    """Words with commas between them, and a word before the last."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"
