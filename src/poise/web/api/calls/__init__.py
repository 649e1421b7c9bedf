"""Who answers: the calls of the API, by what they are about."""

from . import being, books, learning, moments, myself, people, reflecting

CALLS = [
    *being.CALLS,
    *books.CALLS,
    *moments.CALLS,
    *reflecting.CALLS,
    *people.CALLS,
    *myself.CALLS,
    *learning.CALLS,
]

__all__ = ["CALLS"]
