"""What there is to learn from, taken out of a journal. Working it out needs the journal no more, and takes a while."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ..journal.entries import KeptMoment, Reflection
from ..learning.remembering import Remembered
from ..rulebook.rulebook import Rulebook
from .book_history import hash_of
from .hindsight import remembered, understood
from .looking import Looking
from .proposed import Answered, Offer, Offers, left_out

if TYPE_CHECKING:
    from ..learning.learner import Learned
    from ..learning.proposing import Proposal, Proposals


class Memory(NamedTuple):
    """Moments in the order they happened, and each as a record."""

    moments: tuple[KeptMoment, ...]
    records: tuple[Remembered, ...]

    def of(self, name: str, book: Rulebook) -> Memory:
        """Those that were kept by one book, as far as they can be moments of it."""
        both = zip(self.moments, self.records, strict=True)
        found = [(m, r) for m, r in both if m.book == name and understood(book, r)]
        return Memory(tuple(m for m, _ in found), tuple(r for _, r in found))


@dataclass(frozen=True, eq=False)
class Worked:
    """What was worked out, and from what."""

    sha256: str
    memory: Memory
    learned: Learned
    found: dict[frozenset[str], Proposals] = field(default_factory=dict)
    """{guidelines that were left out: what is proposed}."""


@dataclass(frozen=True, eq=False)
class Lesson:
    """What is learned from, for one text of one book. `known` is what was worked out before, for whichever text."""

    name: str
    text: str
    book: Rulebook
    memory: Memory
    answered: tuple[Answered, ...]
    known: Worked | None = None

    @property
    def sha256(self) -> str:
        """The hash of the text."""
        return hash_of(self.text)

    @property
    def without(self) -> frozenset[str]:
        """The guidelines that are not proposed now."""
        return frozenset(left_out(self.answered, (record.at for record in self.memory.records)))

    @property
    def done(self) -> bool:
        """Whether nothing is left to be worked out."""
        return self.known is not None and self._fits(self.known) and self.without in self.known.found

    def fitted(self) -> Worked:
        """The book fitted to what is remembered; worked out where it is not known."""
        from ..learning.design import Design  # noqa: PLC0415 - NumPy is loaded where it is worked out
        from ..learning.learner import learn  # noqa: PLC0415

        known = self.known
        if known is not None and self._fits(known):
            return known
        same = known is not None and known.sha256 == self.sha256
        design = known.learned.design if known and same else Design(self.book)
        return Worked(self.sha256, self.memory, learn(design, self.memory.records))

    def worked(self) -> Worked:
        """The same, with what is proposed by it."""
        from ..learning.proposing import proposals  # noqa: PLC0415

        known, without = self.fitted(), self.without
        if without not in known.found:
            known.found[without] = proposals(known.learned, without)
        return known

    def offers(self, worked: Worked) -> Offers:
        """What is proposed, as changes of the text. Raises KeyError where it was not worked out."""
        found = worked.found[self.without]
        offers = tuple(_offer(self.name, self.text, each, worked.memory.moments) for each in found.proposals)
        return Offers(self.book, found.enough, offers, self.answered)

    def _fits(self, known: Worked) -> bool:
        return known.sha256 == self.sha256 and known.memory.records == self.memory.records


def memory_of(practice: Looking, moments: Sequence[KeptMoment]) -> Memory:
    """Moments, and each as a record of what was said of it looking back."""
    said: dict[int, list[Reflection]] = {}
    for each in practice.every(Reflection, moment_id=[moment.id for moment in moments]):
        said.setdefault(each.moment_id, []).append(each)
    whom = {person.id: person.uid for person in practice.people()}
    records = [remembered(m, said.get(m.id, ()), whom.get(m.person_id or 0)) for m in moments]
    return Memory(tuple(moments), tuple(records))


def _offer(name: str, text: str, proposal: Proposal, moments: Sequence[KeptMoment]) -> Offer:
    from ..learning.applying import change  # noqa: PLC0415

    behind, against = (tuple(moments[number] for number in given) for given in (proposal.moments, proposal.against))
    return Offer(name, hash_of(text), proposal, change(f"{name}.yaml", text, proposal), behind, against)
