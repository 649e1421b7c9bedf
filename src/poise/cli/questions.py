"""Questions one after the other, read as lines from a terminal or from anything else.

Each answer is handed on as soon as it is given, so that whoever keeps it loses at most the one being typed. What was
answered before (in a draft) is not asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ..rulebook.mistake import Mistake, Mistakes, clipped, did_you_mean
from .own import asked_line
from .screen import say, styled

UNCLEAR = "That is none of these."
PASSED, NOTHING_SAID = "", "(nothing said)"


class Enough(Exception):
    """The person wants no more questions, or the input has ended."""


class Danger(Exception):
    """Someone is in danger, or a child is being hurt."""


class Questions:
    """Asks; `said` holds what was answered, by the name of the question, PASSED where it was passed over."""

    def __init__(self, said: dict[str, str] | None = None, heard: Callable[[dict[str, str]], None] | None = None):
        self.said = said if said is not None else {}
        self._heard = heard or (lambda _: None)
        self._recalled = frozenset(self.said)

    def recalls(self, name: str) -> bool:
        """Whether this was answered before, and will not be asked."""
        return name in self._recalled

    def choose(
        self, name: str, ask: str, answers: Mapping[str, str], explain: str = "", *, own_words: bool = False
    ) -> str | None:
        """One of `answers` ({answer: its words}), or one's own words where those will do; None for Enter."""
        if (before := self._before(name, ask, answers, own_words)) is not None:
            return before or None
        words = list(answers.values())
        say([["", styled(ask, bold=True), *(f"  {number} {word}" for number, word in enumerate(words, 1))]])
        while line := self._explained(explain or "Say what fits best; it is fine not to know."):
            chosen = _chosen(line, answers, whole=own_words)
            if chosen or (own_words and not line.isdigit()):
                return self._note(name, chosen or line)
            near = did_you_mean(line, words, f"type a number from 1 to {len(words)}, or Enter")
            say([[f"  {UNCLEAR} “{clipped(line)}”: {near}"]])
        self._note(name, PASSED)
        return None

    def line(
        self, name: str, ask: str, explain: str = "", understood: Callable[[str], str | None] | None = None
    ) -> str:
        """One's own words; empty for Enter. `understood` turns them into what is noted; None says they were not."""
        if (before := self._before(name, ask, {}, own_words=True)) is not None:
            return before
        say([["", styled(ask, bold=True)]])
        while line := self._explained(explain or "In your words. Enter leaves it out."):
            found = understood(line) if understood else line
            if found is not None:
                return self._note(name, found)
            say([[f"  “{clipped(line)}” was not understood. {explain}"]])
        return self._note(name, PASSED)

    def _explained(self, explain: str) -> str:
        """What is typed; `?` explains, and asks on."""
        while (line := typed()) == "?":
            say([[f"  {explain}"]])
        return line

    def _note(self, name: str, answer: str) -> str:
        self.said[name] = answer
        self._heard(self.said)
        return answer

    def _before(self, name: str, ask: str, answers: Mapping[str, str], own_words: bool) -> str | None:
        """What was answered before, said again in a line; None where it is to be asked."""
        found = self.said.get(name) if self.recalls(name) else None
        if found is None or (found and found not in answers and not own_words):
            return None
        say([[styled(f"{ask} {answers.get(found, found) or NOTHING_SAID}", dim=True)]])
        return found


def pairs(words: Iterable[str]) -> dict[str, str]:
    """What `name=answer` words say. Raises Mistakes."""
    found: dict[str, str] = {}
    mistakes = []
    for word in words:
        name, equals, answer = word.partition("=")
        if not (name and equals):
            help = "answers are written `name=answer`"
            mistakes.append(Mistake("not-an-answer", f"`{clipped(word)}` is not an answer", help=help))
        elif name in found:
            mistakes.append(Mistake("written-twice", f"`{clipped(name)}` is answered twice", help="give one answer"))
        found[name] = answer
    if mistakes:
        raise Mistakes(mistakes, "Nothing was kept.")
    return found


def typed() -> str:
    """One line of input. Raises Enough at `.` or the end of input, Danger at `!`, Refused where it is not text."""
    line = asked_line()
    if line is None or line == ".":
        raise Enough
    if line == "!":
        raise Danger
    return line


def _chosen(line: str, answers: Mapping[str, str], whole: bool = False) -> str | None:
    """The answer meant by a number, an id, its words, or (unless `whole`) the beginning of exactly one of them."""
    if line.isascii() and line.isdigit():
        return list(answers)[int(line) - 1] if 1 <= int(line[:4]) <= len(answers) else None
    said = line.lower()
    for name, word in answers.items():
        if said in (name.lower(), word.lower()):
            return name
    begun = [n for n, word in answers.items() if n.lower().startswith(said) or word.lower().startswith(said)]
    return begun[0] if len(begun) == 1 and not whole else None
