"""What a practice says in words, the same on every screen."""

from .days import day_words
from .following_up import come_back_words
from .looking_back import Line, Section, nothing_words, sections, since_words
from .numbers import number, often
from .strained import strain_words, with_strain

__all__ = [
    "Line",
    "Section",
    "come_back_words",
    "day_words",
    "nothing_words",
    "number",
    "often",
    "sections",
    "since_words",
    "strain_words",
    "with_strain",
]
