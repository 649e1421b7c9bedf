"""What hindsight teaches, from this journal and for the book in use. A proposal is the only thing that comes of it.

Learned from: the last moments that were kept by the book in use, and what was said looking back on them. It is worked
out when asked for, and again as soon as one of them, or the book, is another.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from ..journal.trouble import NotThere, Refused
from ..learning.forecasting import Forecast, forecasts
from ..learning.habits import Habit, habit
from .answering import BETWEEN
from .book_history import WENT_BACK, hash_of
from .lessons import Lesson, Memory, Worked, memory_of
from .looking import Looking
from .proposed import FORGOTTEN, PRIVATE, TAKEN, Answered, Answers, Offer, Offers

if TYPE_CHECKING:
    from ..learning.learner import Learned

MOST = 1_000
"""The last moments that are learned from."""


class Learning(Looking):
    """Learning from what was kept."""

    _known: Worked | None = None
    _remembered: tuple[object, Memory] | None = None
    _by_book: tuple[str, str, Memory, Memory] | None = None
    """The name of a book, the hash of its text, everything, and what of it was kept by this book."""

    def learned(self) -> Learned:
        """The book in use, fitted to what is remembered. Raises Mistakes where the book cannot be read."""
        self._known = known = self.lesson().fitted()
        return known.learned

    def proposals(self) -> Offers:
        """At most two proposals for the book in use, and what became of earlier ones. Raises Mistakes."""
        lesson = self.lesson()
        self._known = known = lesson.worked()
        return lesson.offers(known)

    def lesson(self) -> Lesson:
        """What there is to learn from for the book in use; `learn_from` takes in what it comes to. Raises Mistakes."""
        name = self.books.in_use
        text, book = self.books.text(name), self.books.read(name)
        memory, sha256, known = self._memory(), hash_of(text), self._by_book
        if known is None or known[:2] != (name, sha256) or known[2] is not memory:
            known = self._by_book = name, sha256, memory, memory.of(name, book)
        return Lesson(name, text, book, known[3], tuple(Answers(self.journal).of(name)), self._known)

    def learn_from(self, worked: Worked) -> None:
        """Take in what was worked out from a lesson of this practice."""
        self._known = worked

    def lately(self) -> Offers | None:
        """What was proposed for the book in use when it was worked out last, at once; None where that was not done for
        this text, or somebody answered otherwise since. Moments that were kept since are not in it. Raises Mistakes.
        """
        known, name = self._known, self.books.in_use
        text = self.books.text(name)
        if known is None or known.sha256 != hash_of(text):
            return None
        answered = tuple(Answers(self.journal).of(name))
        lesson = Lesson(name, text, self.books.read(name), known.memory, answered, known)
        return lesson.offers(known) if lesson.done else None

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
                raise NotThere("this is undone already", "`poise learn` lists what can be undone")
            if answered.what == TAKEN:
                standing = self.books.text(answered.book)
                text = self._before(answered, standing)
                self.books.rewrite(answered.book, text, instead_of=hash_of(standing), how=WENT_BACK)
            Answers(self.journal).remove(answered)

    def drift(self) -> Habit | None:
        """Letting things be as a habit that hindsight does not share, by the book in use; else None. Raises Mistakes.

        Its numbers are those of the moments kept by that book, in the order they happened.
        """
        lesson = self.lesson()
        return habit(lesson.book, lesson.memory.records)

    def forecasts(self) -> tuple[Forecast, ...]:
        """What was expected between us, and what came, whichever book: each word as it is said."""
        found = forecasts(self._memory().records)
        return tuple(replace(each, word=BETWEEN[each.word]) for each in found)

    def forget_learned(self) -> None:
        """Drop what was worked out: the journal is being locked."""
        self._known = self._remembered = self._by_book = None

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

    def _memory(self) -> Memory:
        """The last moments, by whichever book, in the order they happened; read once as long as they are the same."""
        people = tuple((person.id, person.uid) for person in self.people())
        stamp = people, self.journal.stamps(MOST)
        known = self._remembered
        if known is None or known[0] != stamp:
            known = self._remembered = stamp, memory_of(self, list(islice(self.every_moment(), MOST))[::-1])
        return known[1]
