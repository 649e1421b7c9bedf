"""The columns that are given: one array of answer codes per consideration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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


def coded(book: Rulebook, columns: Columns) -> tuple[int, dict[int, Codes]]:
    """How many rows there are, and {position: codes as bytes} of the columns given.

    Raises Mistakes for a column the book does not ask about and for a code that is no answer, TypeError for what is not
    an array of whole numbers, ValueError for columns of different lengths.
    """
    unknown = [_unknown(book, name) for name in columns if name not in book.considerations]
    if unknown:
        raise Mistakes(unknown, "Nothing was weighed.")
    found = [(book.considerations[name], _whole_numbers(name, column)) for name, column in columns.items()]
    lengths = {len(column) for _, column in found}
    if len(lengths) > 1:
        raise ValueError(f"columns have different lengths: {', '.join(map(str, sorted(lengths)))}")
    mistakes = [mistake for each in found if (mistake := _mistake(*each))]
    if mistakes:
        raise Mistakes(mistakes, "Nothing was weighed.")
    # A negative code is cut to its lowest byte on purpose: -1 becomes 255.
    return max(lengths, default=0), {q.position: column.astype(np.uint8, copy=False) for q, column in found}


def answering_of(book: Rulebook, columns: Mapping[int, Codes]) -> Answering:
    """Which considerations all rows answer, and which none does."""
    always = (position for position, column in columns.items() if len(column) and column.max() != BYTE)
    return Answering(frozenset(always), frozenset(range(len(book.questions))).difference(columns))


def _unknown(book: Rulebook, name: str) -> Mistake:
    help = did_you_mean(name, book.considerations, "`poise show` lists what this book asks")
    return Mistake("unknown-name", f"this book does not ask about `{clipped(name)}`", help=help)


def _whole_numbers(name: str, column: ArrayLike) -> NDArray[Any]:
    array = np.asarray(column)
    if array.ndim != 1 or (array.dtype.kind not in "iu" and array.size):
        raise TypeError(f"the column {name!r} is not a one-dimensional array of whole numbers")
    return array


def _mistake(question: Consideration, column: NDArray[Any]) -> Mistake | None:
    """The first code that is no answer, if there is one."""
    last = len(question.answers) - 1
    if not len(column) or _fits(column, last):
        return None
    wrong = column[(column > last) & (column != BYTE) | (column < 0) & (column != UNANSWERED)]
    if not len(wrong):
        return None
    message = f"`{question.id}` has no answer with the number {wrong[0]}"
    return Mistake("unknown-answer", message, help=f"its answers are 0 to {last}; {UNANSWERED} is unanswered")


def _fits(column: NDArray[Any], last: int) -> bool:
    """Whether no code is out of place; may be false for columns that are fine but oddly typed."""
    if column.dtype == np.uint8:  # 255 + 1 is 0
        return int(np.add(column, 1, dtype=np.uint8).max()) <= last + 1
    return column.dtype.kind == "i" and int(column.min()) >= UNANSWERED and int(column.max()) <= last
