"""What a rulebook does that is worth a look: found exactly, over every situation. Never about people."""

from __future__ import annotations

from ...rulebook.rulebook import Rulebook
from ..search import Unsettled
from ..sweeping import MOST_STATES
from .bounds import about_bounds, about_promises, about_questions
from .finding import KINDS, LOOK, NOTE, Finding
from .guidelines import about_guidelines
from .reading import Reading
from .regions import about_regions
from .responses import about_responses

__all__ = ["KINDS", "LOOK", "NOTE", "Finding", "findings"]

_ABOUT = (about_promises, about_responses, about_bounds, about_guidelines, about_questions, about_regions)


def findings(book: Rulebook, most_states: int = MOST_STATES) -> tuple[Finding, ...]:
    """Everything found in a book. `most_states` bounds each search; what it leaves unsettled is not claimed."""
    reading = Reading(book, most_states)
    found: list[Finding] = []
    for about in _ABOUT:
        try:
            found += about(reading)
        except Unsettled:
            continue
    return tuple(sorted(found, key=lambda finding: finding.level != LOOK))
