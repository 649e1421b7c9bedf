"""`name=answer` on the command line, as a moment."""

from __future__ import annotations

from ..rulebook.mistake import Mistake, Mistakes, clipped
from ..rulebook.rulebook import Rulebook
from ..weighing.moment import THEIRS, Answer, Moment

DEFAULT_BOOK = "among_friends"


def split_book(words: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    """The book, if the first word is one, and the answers that follow."""
    if words and "=" not in words[0]:
        return words[0], words[1:]
    return None, words


def moment_of(book: Rulebook, words: tuple[str, ...]) -> Moment:
    """The moment that `name=answer` words describe. Raises Mistakes."""
    answers, mistakes = _read(words)
    whose = answers.pop("whose", THEIRS)
    try:
        moment = Moment(book, whose if isinstance(whose, str) else "", **answers)
    except Mistakes as found:
        raise Mistakes([*mistakes, *found.mistakes], found.kept) from None
    if mistakes:
        raise Mistakes(mistakes, "Nothing was weighed.")
    return moment


def answers_of(words: tuple[str, ...]) -> dict[str, Answer]:
    """What `name=answer` words say, for whichever book it is. Raises Mistakes."""
    answers, mistakes = _read(words)
    if mistakes:
        raise Mistakes(mistakes, "Nothing was weighed.")
    return answers


def _read(words: tuple[str, ...]) -> tuple[dict[str, Answer], list[Mistake]]:
    """What `name=answer` words say, and what of them cannot be understood."""
    answers: dict[str, Answer] = {}
    mistakes = []
    for word in words:
        name, equals, answer = word.partition("=")
        if not equals or not name or not answer:
            help = "answers are written `name=answer`, for example `harm=stings`"
            mistakes.append(Mistake("not-an-answer", f"`{clipped(word)}` is not an answer", help=help))
        elif name in answers:
            help = "give one answer; for an uncertain one, `trust=new:0.3,building:0.7`"
            mistakes.append(Mistake("written-twice", f"`{clipped(name)}` is answered twice", help=help))
        else:
            answers[name] = _answer(answer)
    return answers, mistakes


def _answer(text: str) -> Answer:
    """An answer, or a belief written `new:0.3,building:0.7`."""
    if ":" not in text:
        return text
    belief: dict[str, float] = {}
    for part in text.split(","):
        answer, _, chance = part.partition(":")
        try:
            belief[answer.strip()] = float(chance)
        except ValueError:
            belief[answer.strip()] = float("nan")
    return belief
