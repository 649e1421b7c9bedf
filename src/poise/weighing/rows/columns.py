"""The columns that are given: one array of answer codes per consideration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...rulebook.consideration import UNANSWERED, Consideration
from ...rulebook.mistake import Mistake, Mistakes, clipped, did_you_mean
from ...rulebook.rulebook import Rulebook
from .joining import Answering

BYTE = UNANSWERED & 0xFF
"""What UNANSWERED is as a byte: 255. No question has that many answers."""

Codes = NDArray[np.uint8]
Columns = Mapping[str, ArrayLike]


class Coded(NamedTuple):
    """Columns that have been checked: {position: codes as bytes}, and which of them every row answers."""

    rows: int
    columns: dict[int, Codes]
    answering: Answering


def coded(book: Rulebook, columns: Columns) -> Coded:
    """The columns as bytes.

    Raises Mistakes for a column the book does not ask about and for a code that is no answer, TypeError for what is not
    an array of whole numbers, ValueError for columns of different lengths.
    """
    unknown = [unknown_column(book, name) for name in columns if name not in book.considerations]
    if unknown:
        raise Mistakes(unknown, "Nothing was weighed.")
    found = [(book.considerations[name], _whole_numbers(name, column)) for name, column in columns.items()]
    lengths = {len(column) for _, column in found}
    if len(lengths) > 1:
        raise ValueError(f"columns have different lengths: {', '.join(map(str, sorted(lengths)))}")
    checked = [(question, column, _all_answered(question, column)) for question, column in found]
    wrong = [mistake for question, column, fine in checked if not fine and (mistake := _mistake(question, column))]
    if wrong:
        raise Mistakes(wrong, "Nothing was weighed.")
    always = frozenset(question.position for question, _, fine in checked if fine)
    never = frozenset(range(len(book.questions))) - {question.position for question, _ in found}
    # A negative code is cut to its lowest byte on purpose: -1 becomes 255.
    as_bytes = {q.position: np.ascontiguousarray(column.astype(np.uint8, copy=False)) for q, column in found}
    return Coded(max(lengths, default=0), as_bytes, Answering(always, never))


def unknown_column(book: Rulebook, name: str) -> Mistake:
    """A column that is no consideration of the book's."""
    help = did_you_mean(name, book.considerations, "`poise show` lists what this book asks")
    return Mistake("unknown-name", f"this book does not ask about `{clipped(name)}`", help=help)


def _whole_numbers(name: str, column: ArrayLike) -> NDArray[Any]:
    array = np.asarray(column)
    if array.ndim != 1 or (array.dtype.kind not in "iu" and array.size):
        raise TypeError(f"the column {name!r} is not a one-dimensional array of whole numbers")
    return array


def _all_answered(question: Consideration, column: NDArray[Any]) -> bool:
    """Whether every row has a code that is an answer."""
    if not len(column) or int(column.max()) >= len(question.answers):
        return False
    return column.dtype.kind == "u" or int(column.min()) >= 0


def _mistake(question: Consideration, column: NDArray[Any]) -> Mistake | None:
    """The first code that is no answer, if there is one."""
    last = len(question.answers) - 1
    wrong = column[(column > last) & (column != BYTE) | (column < 0) & (column != UNANSWERED)]
    if not len(wrong):
        return None
    message = f"`{question.id}` has no answer with the number {wrong[0]}"
    return Mistake("unknown-answer", message, help=f"its answers are 0 to {last}; {UNANSWERED} is unanswered")
