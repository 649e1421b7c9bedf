"""Changes what is written and nothing else: one value, one entry, or a book with its includes written into it."""

from .changing import edit
from .entries import put_guideline, take_out
from .flattening import flatten
from .joining import join

__all__ = ["edit", "flatten", "join", "put_guideline", "take_out"]
