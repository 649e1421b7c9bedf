"""What hindsight teaches, from this journal and for the book in use. A proposal is the only thing that comes of it.

Learned from: the last moments that were kept by the book in use, and what was said looking back on them. It is worked
out when asked for, and again as soon as one of them, or the book, is another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from ..journal.entries import KeptMoment, Reflection
from ..journal.trouble import NotThere, Refused
from ..learning.forecasting import Forecast, forecasts
from ..learning.habits import Habit, habit
from ..learning.remembering import Remembered
from ..rulebook.rulebook import Rulebook
from .answering import BETWEEN
from .book_history import WENT_BACK, hash_of
from .hindsight import remembered, understood
from .looking import Looking
from .proposed import FORGOTTEN, PRIVATE, TAKEN, Answered, Answers, Offer, Offers, left_out

if TYPE_CHECKING:
    from ..learning.learner import Learned
    from ..learning.proposing import Proposal, Proposals

MOST = 1_000
"""The last moments that are learned from."""


class Memory(NamedTuple):
    """Moments in the order they happened, and each as a record."""

    moments: tuple[KeptMoment, ...]
    records: tuple[Remembered, ...]

    def of(self, name: str, book: Rulebook) -> Memory:
        """Those that were kept by one book, as far as they can be moments of it."""
        both = zip(self.moments, self.records, strict=True)
        found = [(m, r) for m, r in both if m.book == name and understood(book, r)]
        return Memory(tuple(m for m, _ in found), tuple(r for _, r in found))


class _Known(NamedTuple):
    """What was worked out last, and from what."""

    sha256: str
    records: tuple[Remembered, ...]
    learned: Learned
    found: dict[frozenset[str], Proposals]


class Learning(Looking):
    """Learning from what was kept."""

    _known: _Known | None = None

    def learned(self) -> Learned:
        """The book in use, fitted to what is remembered. Raises Mistakes where the book cannot be read."""
        name = self.books.in_use
        return self._learned(self.books.text(name), self._memory().of(name, self.books.read(name))).learned

    def proposals(self) -> Offers:
        """At most two proposals for the book in use, and what became of earlier ones. Raises Mistakes."""
        from ..learning.proposing import proposals  # noqa: PLC0415 - NumPy is loaded where it is worked out

        name = self.books.in_use
        text, book = self.books.text(name), self.books.read(name)
        memory, answered = self._memory().of(name, book), Answers(self.journal).of(name)
        known = self._learned(text, memory)
        without = frozenset(left_out(answered, (record.at for record in memory.records)))
        if without not in known.found:
            known.found[without] = proposals(known.learned, without)
        found = known.found[without]
        offers = tuple(_offer(name, text, each, memory.moments) for each in found.proposals)
        return Offers(book, found.enough, offers, tuple(answered))

    def accept(self, offer: Offer) -> Answered:
        """Write the one weight into the book, with both texts in its history.

        Raises Refused where this is not proposed any more, ChangedMeanwhile, Mistakes or Trouble; nothing is changed
        then.
        """
        with self.together:
            found = self._still_proposed(offer)
            self.books.rewrite(found.book, found.change.after, instead_of=found.sha256)
            return Answers(self.journal).add(TAKEN, found, found.sha256, hash_of(found.change.after))

    def keep_private(self, offer: Offer) -> Answered:
        """Leave the book as it is, and keep the finding to oneself: it is not proposed again. Raises Refused."""
        with self.together:
            return Answers(self.journal).add(PRIVATE, self._still_proposed(offer))

    def forget(self, offer: Offer) -> Answered:
        """Leave the book as it is, and let go of the finding: it is not proposed again. Raises Refused."""
        with self.together:
            return Answers(self.journal).add(FORGOTTEN, self._still_proposed(offer))

    def take_back(self, answered: Answered) -> None:
        """Undo an answer: a weight that was taken is as it was before. Raises NotThere, Refused, Mistakes or Trouble.

        Where the book was written on since, only that weight goes back; where that is another by now, nothing does.
        """
        with self.together:
            if answered not in Answers(self.journal).all():
                raise NotThere("this is undone already", "`poise proposals` lists what can be undone")
            if answered.what == TAKEN:
                standing = self.books.text(answered.book)
                text = self._before(answered, standing)
                self.books.rewrite(answered.book, text, instead_of=hash_of(standing), how=WENT_BACK)
            Answers(self.journal).remove(answered)

    def drift(self) -> Habit | None:
        """Letting things be as a habit that hindsight does not share, by the book in use; else None. Raises Mistakes.

        Its numbers are those of the moments kept by that book, in the order they happened.
        """
        book = self.books.read()
        return habit(book, self._memory().of(self.books.in_use, book).records)

    def forecasts(self) -> tuple[Forecast, ...]:
        """What was expected between us, and what came, whichever book: each word as it is said."""
        found = forecasts(self._memory().records)
        return tuple(replace(each, word=BETWEEN[each.word]) for each in found)

    def forget_learned(self) -> None:
        """Drop what was worked out: the journal is being locked."""
        self._known = None

    def _still_proposed(self, offer: Offer) -> Offer:
        """The same offer as it is made now. Raises Refused where it is not made any more."""
        found = next((each for each in self.proposals() if each.same == offer.same), None)
        if found is None:
            raise Refused("this is not what your notes speak for any more; nothing was changed", "look at it once more")
        return found

    def _before(self, answered: Answered, standing: str) -> str:
        """The text of a book with the weight as it was before. Raises Refused."""
        from ..learning.applying import change  # noqa: PLC0415
        from ..learning.proposing import Proposal  # noqa: PLC0415

        kept = self.journal.text(answered.before) if hash_of(standing) == answered.after else None
        if kept is not None:
            return kept
        guideline = self.books.understood(answered.book, standing).guidelines.get(answered.guideline)
        if guideline is None or guideline.weight != answered.new:
            raise Refused(
                "this guideline was changed since, or taken out; nothing was changed",
                "the history of the book has every text there was",
            )
        back = Proposal(answered.guideline, answered.new, answered.old, (), (), 0, "")
        return change(f"{answered.book}.yaml", standing, back).after

    def _learned(self, text: str, memory: Memory) -> _Known:
        from ..learning.design import Design  # noqa: PLC0415
        from ..learning.learner import learn  # noqa: PLC0415

        sha256, known = hash_of(text), self._known
        if known is None or known.sha256 != sha256 or known.records != memory.records:
            same = known is not None and known.sha256 == sha256
            design = known.learned.design if known and same else Design(self.books.understood("", text))
            known = self._known = _Known(sha256, memory.records, learn(design, memory.records), {})
        return known

    def _memory(self) -> Memory:
        """The last moments, by whichever book, in the order they happened."""
        moments = tuple(islice(self.every_moment(), MOST))[::-1]
        said, whom = _said(self, moments), {person.id: person.uid for person in self.people()}
        records = [remembered(m, said.get(m.id, ()), whom.get(m.person_id or 0)) for m in moments]
        return Memory(moments, tuple(records))


def _said(practice: Looking, moments: Sequence[KeptMoment]) -> dict[int, list[Reflection]]:
    """{moment: what was said of it looking back, the last first}."""
    found: dict[int, list[Reflection]] = {}
    for each in practice.every(Reflection, moment_id=[moment.id for moment in moments]):
        found.setdefault(each.moment_id, []).append(each)
    return found


def _offer(name: str, text: str, proposal: Proposal, moments: Sequence[KeptMoment]) -> Offer:
    from ..learning.applying import change  # noqa: PLC0415

    behind, against = (tuple(moments[number] for number in given) for given in (proposal.moments, proposal.against))
    return Offer(name, hash_of(text), proposal, change(f"{name}.yaml", text, proposal), behind, against)
