"""Shapes of JSON (JSON Schema 2020-12): written once, they describe what the API takes, and check it.

A shape that is taken is made of `type`, `enum`, `anyOf`, lengths, `pattern`, `format`, `minimum` and `maximum`,
`properties`, `required`, `additionalProperties` and `items`; `unfitting` knows these and no others.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from ...rulebook.mistake import Mistake, clipped, did_you_mean, one_of

Shape = dict[str, Any]
UID = "^[0-9A-Za-z-]{1,32}$"
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_NOT_A: dict[str, tuple[str, str]] = {
    "string": ("not-a-word", "is not text"),
    "object": ("not-a-table", "is not an object"),
    "array": ("not-a-list", "is not a list"),
    "boolean": ("not-one-of", "is neither true nor false"),
    "integer": ("not-one-of", "is not a whole number"),
    "number": ("not-one-of", "is not a number"),
}


def text(says: str = "", most: int | None = None, **more: Any) -> Shape:
    """Text of so many characters at most."""
    return _said({"type": "string", **({} if most is None else {"maxLength": most}), **more}, says)


def uid(says: str) -> Shape:
    """The name of an entry."""
    return text(says, pattern=UID)


def moment_in_time(says: str) -> Shape:
    """A time on a known clock (RFC 3339)."""
    return text(says, format="date-time")


def day(says: str) -> Shape:
    """A day."""
    return text(says, format="date")


def words(says: str, *allowed: str) -> Shape:
    """One of a few words."""
    return _said({"type": "string", "enum": list(allowed)}, says)


def yes_or_no(says: str) -> Shape:
    """True or false."""
    return _said({"type": "boolean"}, says)


def whole(says: str, least: int, most: int | None = None) -> Shape:
    """A whole number."""
    return _said({"type": "integer", "minimum": least, **({} if most is None else {"maximum": most})}, says)


def number(says: str = "") -> Shape:
    """A number."""
    return _said({"type": "number"}, says)


def anything(says: str) -> Shape:
    """An object whose fields are not described here."""
    return _said({"type": "object"}, says)


def each(of: Shape, says: str = "", **more: Any) -> Shape:
    """An object of any fields, each of the same shape."""
    return _said({"type": "object", "additionalProperties": of, **more}, says)


def several(of: Shape, says: str = "") -> Shape:
    """A list."""
    return _said({"type": "array", "items": of}, says)


def either(*shapes: Shape, says: str = "") -> Shape:
    """One of several shapes."""
    return _said({"anyOf": list(shapes)}, says)


def or_null(of: Shape) -> Shape:
    """The shape, or null."""
    return either(of, {"type": "null"})


def table(says: str = "", needed: tuple[str, ...] = (), /, **fields: Shape) -> Shape:
    """An object with these fields and no others; those `needed` have to be there."""
    known = {"type": "object", "properties": fields, "additionalProperties": False}
    return _said({**known, **({"required": list(needed)} if needed else {})}, says)


def full(says: str = "", /, **fields: Shape) -> Shape:
    """An object with all of these fields."""
    return table(says, tuple(fields), **fields)


def ref(name: str) -> Shape:
    """A shape that the description gives a name."""
    return {"$ref": f"#/components/schemas/{name}"}


def _said(shape: Shape, says: str) -> Shape:
    return {**shape, "description": says} if says else shape


# Whether something fits


def unfitting(shape: Shape, value: Any, where: str) -> Iterator[Mistake]:
    """What about a value does not fit its shape; nothing where all of it does. `where` names the value."""
    alternatives = shape.get("anyOf")
    if alternatives:
        near = next((one for one in alternatives if _is_a(one["type"], value)), alternatives[0])
        yield from unfitting(near, value, where)
    elif not _is_a(shape["type"], value):
        kind, words = _NOT_A[shape["type"]]
        yield Mistake(kind, f"{where} {words}")
    else:
        yield from _CHECKS.get(shape["type"], _fits)(shape, value, where)


def _is_a(kind: str, value: Any) -> bool:
    if kind in ("integer", "number"):
        number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        return number and (kind == "number" or float(value).is_integer())
    types: dict[str, type] = {"string": str, "object": dict, "array": list, "boolean": bool, "null": type(None)}
    return isinstance(value, types[kind])


def _fits(_: Shape, __: Any, ___: str) -> Iterator[Mistake]:
    yield from ()


def _unfitting_text(shape: Shape, value: str, where: str) -> Iterator[Mistake]:
    if "enum" in shape and value not in shape["enum"]:
        help = did_you_mean(value, shape["enum"], f"it can be {one_of(shape['enum'])}")
        yield Mistake("not-one-of", f"{where} cannot be `{clipped(value)}`", help=help)
    elif not shape.get("minLength", 0) <= len(value) <= shape.get("maxLength", len(value)):
        least, most = shape.get("minLength", 0), shape.get("maxLength", "any number of")
        yield Mistake("not-a-word", f"{where} is {len(value):,} characters long; it can have {least} to {most:,}")
    elif "pattern" in shape and not re.search(shape["pattern"], value):
        yield Mistake("bad-name", f"{where} cannot be `{clipped(value)}`", help=f"it is like {shape['pattern']}")
    elif "format" in shape and not _reads(shape["format"], value):
        example = "2026-03-04T21:15:00+01:00" if shape["format"] == "date-time" else "2026-03-04"
        yield Mistake("not-an-answer", f"{where} cannot be `{clipped(value)}`", help=f"it is like {example}")


def _reads(form: str, value: str) -> bool:
    """Whether a text is a time on a known clock, or a day, that there is."""
    pattern, read = (_TIME, datetime.fromisoformat) if form == "date-time" else (_DAY, date.fromisoformat)
    if not pattern.fullmatch(value):
        return False
    try:
        return bool(read(value))
    except ValueError:
        return False


def _unfitting_number(shape: Shape, value: float, where: str) -> Iterator[Mistake]:
    least, most = shape.get("minimum", value), shape.get("maximum", value)
    if not least <= value <= most:
        yield Mistake("not-one-of", f"{where} is {value}; it can be {least} to {most}")


def _unfitting_table(shape: Shape, value: dict[str, Any], where: str) -> Iterator[Mistake]:
    fields, others = shape.get("properties", {}), shape.get("additionalProperties", True)
    for name in shape.get("required", ()):
        if name not in value:
            yield Mistake("missing-field", f"{where} has no `{name}`")
    if len(value) < shape.get("minProperties", 0):
        yield Mistake("missing-field", f"{where} is empty")
    for name, inside in value.items():
        if name in fields:
            yield from unfitting(fields[name], inside, f"`{name}`")
        elif others is False:
            help = did_you_mean(name, fields)
            yield Mistake("unknown-field", f"{where} has no field `{clipped(name)}`", help=help)
        elif isinstance(others, dict):
            yield from unfitting(others, inside, f"`{clipped(name)}`")


def _unfitting_list(shape: Shape, value: list[Any], where: str) -> Iterator[Mistake]:
    for number, inside in enumerate(value, 1):
        yield from unfitting(shape["items"], inside, f"number {number} of {where}")


_CHECKS: dict[str, Any] = {
    "string": _unfitting_text,
    "integer": _unfitting_number,
    "number": _unfitting_number,
    "object": _unfitting_table,
    "array": _unfitting_list,
}
