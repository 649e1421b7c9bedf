"""The templates of this room: everything in them is escaped."""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template


@lru_cache
def template(name: str) -> Template:
    """A template by the name of its file."""
    made = Environment(
        loader=PackageLoader("poise.pocket"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return made.get_template(name)
