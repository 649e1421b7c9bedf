"""A page for supervision: made by hand from a few chosen moments, without anybody in it who could be named.

The draft is sealed in the journal while it is being made. Nothing of it is kept anywhere else.
"""

from .draft import MOST_MOMENTS, PageDraft, begin, drop, find, found, save
from .laid_out import ETHICS_A, FIELDS, ORDERS, Field, Part, parts_of
from .looking_over import Found, changed, looked_over
from .pointing import KINDS

__all__ = [
    "ETHICS_A",
    "FIELDS",
    "KINDS",
    "MOST_MOMENTS",
    "ORDERS",
    "Field",
    "Found",
    "PageDraft",
    "Part",
    "begin",
    "changed",
    "drop",
    "find",
    "found",
    "looked_over",
    "parts_of",
    "save",
]
