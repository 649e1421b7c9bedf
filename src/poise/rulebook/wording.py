"""A condition in words, for someone who reads a rulebook and not its text.

harm is “really harmful” or “cruel or on purpose”, and not: place is “group chat”
"""

from __future__ import annotations

from functools import reduce

from .condition import ALWAYS, All, Among, Any, Condition, Not
from .rulebook import Rulebook
from .speech import Say, either, plain

IN_ANY_MOMENT = "in any moment"


def in_words(book: Rulebook, condition: Condition, say: Say = plain) -> str:
    """The condition with the book's own answer words."""
    if condition == ALWAYS:
        return say(IN_ANY_MOMENT)
    return _said(book, condition, say)


def _said(book: Rulebook, condition: Condition, say: Say) -> str:
    match condition:
        case Among(position, mask):
            return _among(book, position, mask, say)
        case Not(Among(position, mask)):
            return _among(book, position, book.questions[position].everything & ~mask, say)
        case Not(inner):
            return say("not: {condition}", condition=_grouped(book, inner, say))
        case All(inner=parts):
            said = [_grouped(book, part, say) for part in parts if part != ALWAYS]
            return reduce(lambda some, one: say("{some}, and {one}", some=some, one=one), said) if said else ""
        case Any(inner=parts):
            said = [_grouped(book, part, say) for part in parts]
            return reduce(lambda some, one: say("{some}, or {one}", some=some, one=one), said) if said else ""


def _grouped(book: Rulebook, condition: Condition, say: Say) -> str:
    """A part of a larger condition, in brackets where it has parts itself."""
    words = _said(book, condition, say)
    grouped = isinstance(condition, All | Any) and len(condition.inner) > 1
    return say("({condition})", condition=words) if grouped else words


def _among(book: Rulebook, position: int, mask: int, say: Say) -> str:
    """`harm is “it stings” or more`; the ends of an order are said as such."""
    question = book.questions[position]
    codes = [code for code in range(len(question.answers)) if mask >> code & 1]
    name = question.id.replace("_", " ")
    if not codes:
        return say("{question} is none of its answers", question=name)
    if question.ordered and len(codes) > 1 and codes == list(range(codes[0], len(question.answers))):
        return say("{question} is “{answer}” or beyond", question=name, answer=question.word(codes[0]))
    answers = either(say, [say("“{words}”", words=question.word(code)) for code in codes])
    return say("{question} is {answers}", question=name, answers=answers)
