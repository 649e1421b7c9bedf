"""What was learned, in words: what is proposed and what it rests on. No number but how many moments, and no praise."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..rulebook.rulebook import Rulebook
from ..rulebook.speech import Say, plain, sentences
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
Names = Mapping[int, str] | Callable[[int], str]


def tell(book: Rulebook, found: Proposals, names: Names | None = None, say: Say = plain) -> str:
    """All proposals in sentences. `names` says how a moment is called, by its number; else they are only counted."""
    if not found.enough:
        return say(NOT_ENOUGH)
    if not found.proposals:
        return say(NOTHING)
    said = [proposal_words(book, each, names, say) for each in found.proposals]
    return "\n\n".join(["\n".join(lines) for lines in said] + [sentences(say, [say(ONLY_PROPOSED), say(CARE)])])


def proposal_words(book: Rulebook, proposal: Proposal, names: Names | None = None, say: Say = plain) -> list[str]:
    """The lines of one proposal: the guideline in its own words, the change, what is behind it, how little is known."""
    lines = [
        f"“{book.guidelines[proposal.guideline].say.rstrip('.')}”",
        say("Proposed: let it pull {harder}.", harder=harder(proposal.old, proposal.new, say)),
        sentences(say, [behind(proposal, say), say(KNOWN[proposal.known])]),
    ]
    if names is not None:
        name = names if callable(names) else names.__getitem__
        lines += [f"  {name(number)}" for number in proposal.moments[:MOST_SHOWN]]
    return lines


def harder(old: float, new: float, say: Say = plain) -> str:
    """A change of weight in words."""
    if not old:
        return say("a little, where it has pulled not at all")
    ratio = new / old
    if ratio >= 1.75:
        return say("about twice as hard as it is written")
    if ratio > 1.35:
        return say("about half as hard again as it is written")
    if ratio > 1:
        return say("a little harder than it is written")
    if ratio > 0.65:
        return say("a little less hard than it is written")
    return say("about half as hard as it is written")


def behind(proposal: Proposal, say: Say = plain) -> str:
    """How many moments speak for it, how many of them in hindsight, and how many against."""
    number = len(proposal.moments)
    said = say("One of your moments speaks for it")
    if number != 1:
        said = say("{count} of your moments speak for it", count=count(number, say).capitalize())
    if proposal.in_hindsight:
        hindsight = count(proposal.in_hindsight, say)
        said = say("{said}, {count} of them by what you said looking back", said=said, count=hindsight)
    if not proposal.against:
        return say("{said}.", said=said)
    if len(proposal.against) == 1:
        return say("{said}; one speaks against it.", said=said)
    return say("{said}; {count} speak against it.", said=said, count=count(len(proposal.against), say))


def habit_words(habit: Habit, say: Say = plain) -> str:
    """Letting things be as a habit that hindsight does not share; neither praised nor blamed."""
    counts = {"let_be": count(len(habit.let_be), say), "of": count(len(habit.looked_at), say)}
    if habit.more_than_before:
        lately = say(
            "Lately you have let things be more often than before: in {let_be} of the last {of} moments.", **counts
        )
    else:
        lately = say("Lately you have mostly let things be: in {let_be} of the last {of} moments.", **counts)
    otherwise = times(len(habit.otherwise), say)
    looking = say("Looking back on them, {times} you would rather have done something else.", times=otherwise)
    return sentences(say, [lately, looking, say("Does letting it be, for now, still fit?")])


def forecast_words(forecast: Forecast, say: Say = plain) -> str:
    """What was expected and what came, or that there is not enough to tell."""
    known, still_open = forecast.known, len(forecast.open)
    often = times(known if forecast.enough else known + still_open, say)
    said = [say("You expected “{word}” {times}.", word=say(forecast.word), times=often)]
    if not forecast.enough:
        return sentences(say, [*said, say("Not enough to tell yet.")])
    came = len(forecast.came)
    said += [say("It came {times}.", times=times(came, say)) if came else say("It never came.")]
    if still_open:
        said += [say("Of {count} more you have not said yet.", count=count(still_open, say))]
    return sentences(say, said)


def count(number: int, say: Say = plain) -> str:
    """A number in words up to twelve."""
    return say(FEW_WORDS[number]) if number < len(FEW_WORDS) else str(number)


def times(number: int, say: Say = plain) -> str:
    """How often, in words."""
    return say(TIMES[number]) if number in TIMES else say("{number} times", number=count(number, say))
