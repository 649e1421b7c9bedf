"""Books and guidelines in addresses: known by a mark, as no name and no word of theirs stands in an address."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request

from ....practice.books import Books
from ....rulebook.mistake import Mistakes
from ...page import rooms
from ...shelf import books_of, names_of


class Shelved(NamedTuple):
    """A book on the shelf; its title, or its name where it cannot be read as it stands."""

    mark: str
    name: str
    title: str
    in_use: bool


def mark_of(name: str) -> str:
    """A name as it stands in an address: the first twelve digits of its SHA-256."""
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:12]


def asked_for(request: Request) -> str:
    """The name of the book that a request is about; the one in use where it names none. Raises 404."""
    door = rooms(request).door
    mark = request.path_params.get("book")
    return named(mark, names_of(door)) if mark else books_of(door).in_use


def named(mark: str, names: Iterable[str]) -> str:
    """The name behind a mark. Raises 404."""
    for name in names:
        if mark_of(name) == mark:
            return name
    raise HTTPException(404)


def shelf(request: Request) -> list[Shelved]:
    """All books."""
    books = books_of(rooms(request).door)
    in_use = books.in_use
    return [Shelved(mark_of(name), name, _title(books, name), name == in_use) for name in books.names]


def _title(books: Books, name: str) -> str:
    try:
        return books.read(name).title
    except Mistakes:
        return name.replace("_", " ")
