"""What `poise check` found, as SARIF 2.1.0: the form that editors and code hosts read (OASIS, 2020)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from .. import __version__
from .pointing import weigh_line

if TYPE_CHECKING:
    from ..rulebook.text import Place
    from .check import Checked

LEVELS = {"look": "warning", "note": "note"}


def sarif(checked: Sequence[Checked]) -> dict[str, Any]:
    """All books as one run: mistakes are errors, findings warnings or notes."""
    results = [result for each in checked for result in _results(each)]
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "Poise",
                        "version": __version__,
                        "rules": [*_rules(each["ruleId"] for each in results)],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": results,
            }
        ],
    }


def _results(checked: Checked) -> Iterator[dict[str, Any]]:
    for mistake in checked.mistakes:
        text = f"{mistake.message}. {mistake.help}" if mistake.help else mistake.message
        yield _result(checked.name, mistake.kind, "error", text, mistake.place)
    for finding in checked.findings:
        text = f"{finding.message} {finding.advice}".strip()
        if finding.witness:
            text += f" See it: {weigh_line(checked.name, finding.witness)}"
        yield _result(checked.name, finding.kind, LEVELS[finding.level], text, finding.place)


def _result(name: str, kind: str, level: str, text: str, place: Place | None) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": quote(place.source.name if place else name)}}
    if place:
        location["region"] = _region(place)
    return {
        "ruleId": kind,
        "level": level,
        "message": {"text": text},
        "locations": [{"physicalLocation": location}],
    }


def _region(place: Place) -> dict[str, int]:
    """Lines and columns, counted from 1; the end is behind the last character."""
    before = place.raw.split("\n")
    last = len(before) - 1
    end = len(before[-1]) + (place.column if not last else 1)
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.line + last,
        "endColumn": end,
    }


def _rules(kinds: Iterable[str]) -> Iterator[dict[str, Any]]:
    """What each kind means, once."""
    from ..examining.findings import KINDS as FOUND
    from ..rulebook.mistake import KINDS as MISTAKEN

    for kind in dict.fromkeys(kinds):
        yield {"id": kind, "shortDescription": {"text": FOUND.get(kind) or MISTAKEN[kind]}}
