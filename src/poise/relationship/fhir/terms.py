"""What writing and reading FHIR share: addresses, states, and the shape of a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

MIN_VALUE, MAX_VALUE = (f"http://hl7.org/fhir/StructureDefinition/{end}Value" for end in ("min", "max"))
FINISHED = ("completed", "amended")
"""A response in one of these states counts; one in progress, stopped or entered in error does not."""
MOST_DEEP = 10
TIME = re.compile(
    r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])"
    r"(T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-](0\d|1[0-4]):[0-5]\d))?)?)?"
)

Json = dict[str, Any]


@dataclass(frozen=True)
class Response:
    """Answers by item, and when they were given (FHIR dateTime), if that was said."""

    answers: dict[str, float]
    authored: str = ""
