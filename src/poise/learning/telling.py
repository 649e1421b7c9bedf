"""What was learned, in words: what is proposed and what it rests on. No number but how many moments, and no praise."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..rulebook.rulebook import Rulebook
from .forecasting import Forecast
from .habits import Habit
from .proposing import LITTLE, MORE, SOME, Proposal, Proposals

NOT_ENOUGH = "Not enough to tell yet, so nothing is proposed. Your book stands as you wrote it."
NOTHING = "Your notes speak for no change. Your book stands as you wrote it."
ONLY_PROPOSED = (
    "This is only proposed. You can take it into your book, keep it to yourself, or forget it; each can be undone."
)
CARE = "What you care about is not touched by this."
KNOWN = {
    LITTLE: "That is little to go on.",
    SOME: "That is something to go on, and it could still be chance.",
    MORE: "That is a fair number, and they are still only your own notes.",
}
FEW_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
MOST_SHOWN = 5
"""Moments named behind a proposal, the strongest first; the rest are in what `Proposal` holds."""
TIMES = {1: "once", 2: "twice"}


def tell(book: Rulebook, found: Proposals, names: Mapping[int, str] | Callable[[int], str] | None = None) -> str:
    """All proposals in sentences. `names` says how a moment is called, by its number; else they are only counted."""
    if not found.enough:
        return NOT_ENOUGH
    if not found.proposals:
        return NOTHING
    said = [proposal_words(book, each, names) for each in found.proposals]
    return "\n\n".join(["\n".join(lines) for lines in said] + [f"{ONLY_PROPOSED} {CARE}"])


def proposal_words(
    book: Rulebook, proposal: Proposal, names: Mapping[int, str] | Callable[[int], str] | None = None
) -> list[str]:
    """The lines of one proposal: the guideline in its own words, the change, what is behind it, how little is known."""
    say = book.guidelines[proposal.guideline].say.rstrip(".")
    lines = [
        f"“{say}”",
        f"Proposed: let it pull {harder(proposal.old, proposal.new)}.",
        f"{behind(proposal)} {KNOWN[proposal.known]}",
    ]
    if names is not None:
        name = names if callable(names) else names.__getitem__
        lines += [f"  {name(number)}" for number in proposal.moments[:MOST_SHOWN]]
    return lines


def harder(old: float, new: float) -> str:
    """A change of weight in words."""
    if not old:
        return "a little, where it has pulled not at all"
    ratio = new / old
    if ratio >= 1.75:
        return "about twice as hard as it is written"
    if ratio > 1.35:
        return "about half as hard again as it is written"
    if ratio > 1:
        return "a little harder than it is written"
    if ratio > 0.65:
        return "a little less hard than it is written"
    return "about half as hard as it is written"


def behind(proposal: Proposal) -> str:
    """How many moments speak for it, how many of them in hindsight, and how many against."""
    said = f"{count(len(proposal.moments)).capitalize()} of your moments {_speak(len(proposal.moments))} for it"
    if proposal.in_hindsight:
        said += f", {count(proposal.in_hindsight)} of them by what you said looking back"
    said += f"; {count(len(proposal.against))} {_speak(len(proposal.against))} against it" if proposal.against else ""
    return f"{said}."


def habit_words(habit: Habit) -> str:
    """Letting things be as a habit that hindsight does not share; neither praised nor blamed."""
    begin = (
        "Lately you have let things be more often than before"
        if habit.more_than_before
        else "Lately you have mostly let things be"
    )
    lately = f"{begin}: in {count(len(habit.let_be))} of the last {count(len(habit.looked_at))} moments."
    looking = f"Looking back on them, {times(len(habit.otherwise))} you would rather have done something else."
    return f"{lately} {looking} Does letting it be, for now, still fit?"


def forecast_words(forecast: Forecast) -> str:
    """What was expected and what came, or that there is not enough to tell."""
    if not forecast.enough:
        return f"You expected “{forecast.word}” {times(forecast.known + len(forecast.open))}. Not enough to tell yet."
    came = "It never came." if not forecast.came else f"It came {times(len(forecast.came))}."
    said = f"You expected “{forecast.word}” {times(forecast.known)}. {came}"
    return f"{said} Of {count(len(forecast.open))} more you have not said yet." if forecast.open else said


def count(number: int) -> str:
    """A number in words up to twelve."""
    return FEW_WORDS[number] if number < len(FEW_WORDS) else str(number)


def times(number: int) -> str:
    """How often, in words."""
    return TIMES.get(number, f"{count(number)} times")


def _speak(number: int) -> str:
    return "speaks" if number == 1 else "speak"
