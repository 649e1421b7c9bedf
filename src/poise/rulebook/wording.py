"""A condition in words, for someone who reads a rulebook and not its text.

harm is “really harmful” or “cruel or on purpose”, and not: place is “group chat”
"""

from __future__ import annotations

from .condition import ALWAYS, All, Among, Any, Condition, Not
from .rulebook import Rulebook

IN_ANY_MOMENT = "in any moment"


def in_words(book: Rulebook, condition: Condition) -> str:
    """The condition with the book's own answer words."""
    if condition == ALWAYS:
        return IN_ANY_MOMENT
    return _said(book, condition)


def _said(book: Rulebook, condition: Condition) -> str:
    match condition:
        case Among(position, mask):
            return _among(book, position, mask)
        case Not(Among(position, mask)):
            return _among(book, position, book.questions[position].everything & ~mask)
        case Not(inner):
            return f"not: {_grouped(book, inner)}"
        case All(inner=parts):
            return ", and ".join(_grouped(book, part) for part in parts if part != ALWAYS)
        case Any(inner=parts):
            return ", or ".join(_grouped(book, part) for part in parts)


def _grouped(book: Rulebook, condition: Condition) -> str:
    """A part of a larger condition, in brackets where it has parts itself."""
    words = _said(book, condition)
    return f"({words})" if isinstance(condition, All | Any) and len(condition.inner) > 1 else words


def _among(book: Rulebook, position: int, mask: int) -> str:
    """`harm is “it stings” or more`; the ends of an order are said as such."""
    question = book.questions[position]
    codes = [code for code in range(len(question.answers)) if mask >> code & 1]
    name = question.id.replace("_", " ")
    if not codes:
        return f"{name} is none of its answers"
    if question.ordered and len(codes) > 1 and codes == list(range(codes[0], len(question.answers))):
        return f"{name} is “{question.word(codes[0])}” or beyond"
    *most, last = [f"“{question.word(code)}”" for code in codes]
    return f"{name} is {', '.join(most)} or {last}" if most else f"{name} is {last}"
