"""Every situation of a small book, answered or not, weighed one by one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import product

from poise import Moment, Rulebook, Weighing, weigh
from poise.rulebook.reading import read

from ..weighing.invented import Invented
from ..weighing.oracle import Oracle, Some


class Everything:
    """A book, its oracle, and what every situation that can be comes to."""

    def __init__(self, invented: Invented) -> None:
        self.invented, self.oracle = invented, Oracle(invented)
        self.book: Rulebook = read("invented", invented.text)

    @cached_property
    def known(self) -> list[tuple[dict[str, str], Some]]:
        """Each way to answer some of the questions, with the full situations it leaves open."""
        questions = self.invented.questions
        found = []
        for answers in product(*((None, *question.answers) for question in questions)):
            given = {q.id: answer for q, answer in zip(questions, answers, strict=True) if answer is not None}
            if left := self.oracle.open_to(given):
                found.append((given, left))
        return found

    @cached_property
    def weighed(self) -> list[tuple[dict[str, str], Some, dict[str, Weighing]]]:
        """Each of these, weighed as theirs and as mine."""
        return [
            (given, left, {whose: weigh(self.book, Moment(self.book, whose, **given)) for whose in ("theirs", "mine")})
            for given, left in self.known
        ]

    def leads(self) -> Iterator[tuple[dict[str, str], Some, dict[str, tuple[str, ...]]]]:
        """Each situation with {list: lead} of every list that is weighed in it."""
        for given, left, weighings in self.weighed:
            yield given, left, {each.list: each.lead for weighing in weighings.values() for each in weighing.leanings}
