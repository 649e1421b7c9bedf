"""What foresight takes from a moment: what was said, what the journal believes, and what is taken as nobody said it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ...foresight import Action, Asked, Moment, Offer, Setting, action_of, offer, trust_of
from ...foresight.mapping import SESSIONS, SEVERITY, place, placed, severity_of
from ...foresight.parameters import IN_A_GROUP, ONE_TO_ONE
from ...relationship.trust import FIVE
from ...rulebook.condition import scope
from ...rulebook.consideration import UNANSWERED, Consideration
from ...rulebook.guideline import MINE, Bound
from ...rulebook.rulebook import SOMEONE_HERE, WHO_WAS_HIT, Rulebook
from ...rulebook.speech import Say, plain
from ...weighing.weighing import Weighing
from ..between import TRUST, asked_of_journal
from ..telling.foresight_words import NO_CHOICE, OWN_SLIP
from ..telling.trusted import held, trust_words

SAID, JOURNAL, TAKEN = "said", "journal", "taken"
"""Whence something comes: the person said it, the journal tells it, or it is taken, as neither does."""
HARM, PLACE, RECEPTIVE, LEFT, AGAIN = "harm", "place", "receptive", "energy", "again"
"""Questions of a book that foresight reads, by name."""
ALONE = "one_to_one"
USUAL_HARM, USUAL_ENERGY = "stings", 0.9


class Taken(NamedTuple):
    """One thing that goes in: which, in the book's words (or a name of `telling.foreseen`), and whence."""

    what: str
    words: str
    whence: str


@dataclass(frozen=True)
class Scene:
    """One moment as foresight sees it. `says` are the responses in the words of the book, in its order.

    trust: at its mean, 0 to 1; `span` is where it may be found
    """

    asked: Asked
    setting: Setting
    trust: float
    span: tuple[float, float]
    says: tuple[tuple[str, str], ...]
    taken: tuple[Taken, ...]
    answers: tuple[tuple[str, str], ...]
    book: Rulebook = field(repr=False, compare=False)

    @property
    def present(self) -> bool:
        """Whether someone it hits, or somebody else, is there."""
        return self.asked.moment.present

    @property
    def receptive_known(self) -> bool:
        """Whether it is known how open they are."""
        return any(each.what == RECEPTIVE and each.whence != TAKEN for each in self.taken)

    def say(self, action: str) -> str:
        """A response in the words of the book."""
        return dict(self.says)[action]


def offered(weighing: Weighing, passed: Collection[str] = ()) -> Offer:
    """Whether foresight is offered for a moment; `passed` are questions answered by “I don't know”."""
    if weighing.moment.whose == MINE:
        return Offer(offered=False, why=OWN_SLIP)
    codes = weighing.moment.codes
    asked = weighing.book.considerations.get(WHO_WAS_HIT)
    on_me = weighing.book.landed_on_me.under(codes)
    unsaid = asked is not None and codes[asked.position] == UNANSWERED
    met = [state.bound.say for state in weighing.bounds if state.met]
    found = offer(
        landed_on_me=None if unsaid and not on_me else bool(on_me),
        met=met,
        open_bounds=[bound.say for bound in _in_the_way(weighing, passed)],
    )
    return found if not found.offered or _two_kinds(weighing) else Offer(offered=False, why=NO_CHOICE)


def to_ask(weighing: Weighing, passed: Collection[str] = ()) -> list[Consideration]:
    """What is asked before foresight is offered: who it landed on, and what open bounds depend on; in their order."""
    codes, book = weighing.moment.codes, weighing.book
    positions = {p for bound in _in_the_way(weighing, passed) for p in scope(bound.condition)}
    who = book.considerations.get(WHO_WAS_HIT)
    positions |= {who.position} if who else set()
    return [q for q in book.questions if q.position in positions and codes[q.position] == UNANSWERED]


def comes_first(weighing: Weighing, passed: Collection[str] = ()) -> list[Consideration]:
    """What is asked first where that is all that is in the way; nothing where answers would not help."""
    closed = not weighing.steer or weighing.moment.whose == MINE or any(state.met for state in weighing.bounds)
    return [] if closed else to_ask(weighing, passed)


def danger_unknown(weighing: Weighing, passed: Collection[str]) -> bool:
    """Whether “I don't know” was said of something that a bound in place of the weighing depends on."""
    replacing = [bound for bound in _in_the_way(weighing, passed) if bound.replaces]
    return any(weighing.book.questions[p].id in passed for bound in replacing for p in scope(bound.condition))


def _in_the_way(weighing: Weighing, passed: Collection[str]) -> list[Bound]:
    """Bounds that may be met. One that takes out responses is in the way until it was asked about, not longer.

    One that takes the place of the weighing is in the way as long as it may be met: unknown is not no.
    """
    open_ = [state.bound for state in weighing.bounds if not state.met]
    return [bound for bound in open_ if bound.replaces or not _was_asked(weighing, bound, passed)]


def _was_asked(weighing: Weighing, bound: Bound, passed: Collection[str]) -> bool:
    codes, questions = weighing.moment.codes, weighing.book.questions
    open_ = [p for p in scope(bound.condition) if codes[p] == UNANSWERED]
    return all(questions[position].id in passed for position in open_)


def scene(weighing: Weighing, belief: Mapping[str, float] | None = None, say: Say = plain) -> Scene:
    """The scene of a moment that foresight is offered for.

    belief: over the five answers about trust, where the book does not ask for it and the journal has one.
    """
    trust, span, taken = _trust(weighing, belief, say)
    severity, harm = _harm(weighing)
    present, where = _present(weighing)
    receptive, open_ = _number(weighing, RECEPTIVE, Setting().receptive, "guarded")
    energy, left = _number(weighing, LEFT, USUAL_ENERGY, "plenty")
    sessions, again = _number(weighing, AGAIN, Setting().sessions, "soon")
    base = IN_A_GROUP if _group(weighing) else ONE_TO_ONE
    actions, says = _responses(weighing)
    return Scene(
        Asked(Moment(severity, present), energy, 0.0, actions),
        Setting(_sessions(sessions), base.moments, base.present, receptive),
        trust,
        span,
        says,
        (taken, harm, where, open_, left, again),
        tuple(weighing.moment.answers.items()),
        weighing.book,
    )


def _responses(weighing: Weighing) -> tuple[tuple[Action, ...], tuple[tuple[str, str], ...]]:
    """What can be done toward the one who said it, in the order of the book."""
    left = {standing.response for standing in weighing.toward.ranking} if weighing.toward else set()
    responses = [each for each in weighing.book.responses.values() if each.id in left]
    return tuple(map(action_of, responses)), tuple((each.id, each.say) for each in responses)


def _two_kinds(weighing: Weighing) -> bool:
    """Whether there is a response left that speaks to it, and one that does not."""
    return len({action.addresses for action in _responses(weighing)[0]}) == 2


def _trust(
    weighing: Weighing, belief: Mapping[str, float] | None, say: Say
) -> tuple[float, tuple[float, float], Taken]:
    """The mean of trust, where it may be found, and whence."""
    book, moment = weighing.book, weighing.moment
    question = next(iter(asked_of_journal(book)), None) or book.considerations.get(TRUST)
    answers = question.answers if question and question.ordered else FIVE
    if question and question.ordered and question.id in moment.answers:
        code, count = question.code(moment.answers[question.id]), len(answers)
        return place(code, count), (code / count, (code + 1) / count), Taken(TRUST, question.word(code), SAID)
    known = moment.beliefs.get(question.id) if question and question.ordered else belief
    if not known:
        return 0.5, (0.0, 1.0), Taken(TRUST, "in the middle", TAKEN)
    chances = {answer: known.get(answer, 0.0) for answer in answers}
    named = [answers.index(answer) for answer in held(chances)]
    span = (named[0] / len(answers), (named[-1] + 1) / len(answers))
    return trust_of(known, answers), span, Taken(TRUST, trust_words(chances, question, say), JOURNAL)


def _harm(weighing: Weighing) -> tuple[float, Taken]:
    """How severe it is, as one of three."""
    found = _answered(weighing, HARM)
    if found is None:
        return SEVERITY[USUAL_HARM], Taken(HARM, _usual(weighing, HARM, USUAL_HARM), TAKEN)
    question, answer = found
    code = question.code(answer)
    return severity_of(placed(HARM, question)[code]), Taken(HARM, question.word(code), SAID)


def _group(weighing: Weighing) -> bool:
    """Whether it is said to be somewhere with others."""
    return weighing.moment.answers.get(PLACE, ALONE) != ALONE


def _present(weighing: Weighing) -> tuple[bool, Taken]:
    """Whether someone it hits, or somebody else, is there."""
    answers = weighing.moment.answers
    present = answers.get(WHO_WAS_HIT) == SOMEONE_HERE or _group(weighing)
    whence = SAID if present or PLACE in answers else TAKEN
    return present, Taken("present", "yes" if present else "no", whence)


def _number(weighing: Weighing, name: str, usual: float, word: str) -> tuple[float, Taken]:
    """The place of an answer in the model, or what is usual there."""
    found = _answered(weighing, name)
    if found is None:
        return usual, Taken(name, _usual(weighing, name, word), TAKEN)
    question, answer = found
    code = question.code(answer)
    return placed(name, question)[code], Taken(name, question.word(code), SAID)


def _sessions(at: float) -> int:
    """How many meetings there are. A place below 1 is that of an answer in other words: so far between the ends."""
    least, most = min(SESSIONS.values()), max(SESSIONS.values())
    return round(at if at >= 1 else least + at * (most - least))


def _answered(weighing: Weighing, name: str) -> tuple[Consideration, str] | None:
    """A question of the book that is in an order, and what was answered."""
    question, answer = weighing.book.considerations.get(name), weighing.moment.answers.get(name)
    return (question, answer) if question and question.ordered and answer is not None else None


def _usual(weighing: Weighing, name: str, word: str) -> str:
    """What is taken where nobody said it, in the words of the book where it has them."""
    question = weighing.book.considerations.get(name)
    return question.word(question.code(word)) if question and word in question.answers else word
