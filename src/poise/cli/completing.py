"""What a shell offers after `poise weigh …` when Tab is pressed: books, then considerations, then answers."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from .answers import DEFAULT_BOOK, split_book

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from ..rulebook.rulebook import Rulebook


def complete_books(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Starter books and files."""
    from click.shell_completion import CompletionItem

    from ..shelf import STARTERS

    books = [CompletionItem(name) for name in STARTERS if name.startswith(incomplete)]
    return [*books, CompletionItem(incomplete, type="file")]


def complete_answers(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """A book first, then `name=answer` for what the book asks."""
    words: tuple[str, ...] = ctx.params.get("words") or ()
    name, given = split_book(words)
    offered = complete_books(ctx, param, incomplete) if not words and "=" not in incomplete else []
    return offered + _pairs(name or DEFAULT_BOOK, given, incomplete)


def complete_pairs(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """`name=answer`, as one's own books ask."""
    offered = [pair for book in own_books(ctx) for pair in _asked(book, ctx.params.get("answers") or ())]
    return _items(offered, incomplete)


def complete_responses(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The responses of one's own books."""
    return _items([response for book in own_books(ctx) for response in book.responses], incomplete)


def complete_guidelines(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The guidelines of one's own books."""
    return _items([guideline for book in own_books(ctx) for guideline in book.guidelines], incomplete)


def own_books(ctx: click.Context) -> list[Rulebook]:
    """The rulebooks of the practice, which need no passphrase; the starter book where there is none."""
    from ..practice.books import Books
    from ..rulebook.mistake import Mistakes
    from ..shelf import read
    from .own import folder_of

    books = Books(folder_of(ctx.params.get("home")))
    found = []
    for name in books.names:
        with suppress(Mistakes, OSError):
            found.append(books.read(name))
    return found or [read(DEFAULT_BOOK)]


def _items(offered: Iterable[str], incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(each) for each in dict.fromkeys(offered) if each.startswith(incomplete)]


def _pairs(name: str, given: tuple[str, ...], incomplete: str) -> list[CompletionItem]:
    from ..rulebook.mistake import Mistakes
    from ..shelf import read

    try:
        book = read(name)
    except Mistakes:
        return []
    return _items(_asked(book, given), incomplete)


def _asked(book: Rulebook, given: tuple[str, ...]) -> list[str]:
    """`name=answer` for every question of a book that is not answered yet."""
    answered = {word.partition("=")[0] for word in given}
    asked = [question for question in book.considerations.values() if question.id not in answered]
    return [f"{question.id}={answer}" for question in asked for answer in question.answers]
