"""Changes what is written and nothing else: one value, or a book with its includes written into it."""

from .changing import edit
from .flattening import flatten

__all__ = ["edit", "flatten"]
