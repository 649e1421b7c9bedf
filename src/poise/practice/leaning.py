"""What of a weighing is kept with a moment: names and words, no share and no number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..rulebook.guideline import LISTS
from ..rulebook.mistake import Mistake, Mistakes, clipped, did_you_mean
from ..rulebook.rulebook import Rulebook
from ..weighing.weighing import Weighing

Did = str | Mapping[str, str]
"""A response, or one for each list."""
ELSE = "else"
"""Where hindsight holds something else, in words."""


def shown(weighing: Weighing) -> dict[str, Any]:
    """The leaning as it was shown: who led each list, what was close, which guidelines applied."""
    return {
        "lead": {leaning.list: list(leaning.lead) for leaning in weighing.leanings},
        "close": [leaning.list for leaning in weighing.leanings if leaning.close],
        "steer": weighing.steer,
        "bound": weighing.bound.id if weighing.bound else None,
        "applies": list(weighing.applies),
    }


def by_list(book: Rulebook, did: Did | None) -> dict[str, str]:
    """{list: response}. Raises Mistakes for a response that is not in the book."""
    given = [did] if isinstance(did, str) else list((did or {}).values())
    for response in given:
        if response not in book.responses:
            message = f"there is no response `{clipped(response)}` in this rulebook"
            help = did_you_mean(response, book.responses, "or say it in your own words")
            raise Mistakes([Mistake("unknown-name", message, help=help)], "Nothing was kept.")
    named = {book.responses[response].list: response for response in given}
    return {name: named[name] for name in LISTS if name in named}
