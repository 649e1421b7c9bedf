"""The model on invented relationships, and the published figures it is held against."""

from .figures import FIGURES, Figure, Reproduced, reproduced
from .relationships import Acting, Relationships, simulate
from .signs import Sign, signs

__all__ = ["FIGURES", "Acting", "Figure", "Relationships", "Reproduced", "Sign", "reproduced", "signs", "simulate"]
