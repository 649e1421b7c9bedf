"""What a shell offers after `poise weigh …` when Tab is pressed: books, then considerations, then answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .answers import DEFAULT_BOOK, split_book

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


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
    """`name=answer`, as the starter book asks: one's own is in a practice that may be anywhere."""
    return _pairs(DEFAULT_BOOK, ctx.params.get("answers") or (), incomplete)


def _pairs(name: str, given: tuple[str, ...], incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from ..rulebook.mistake import Mistakes
    from ..shelf import read

    try:
        book = read(name)
    except Mistakes:
        return []
    answered = {word.partition("=")[0] for word in given}
    asked = [c for c in book.considerations.values() if c.id not in answered]
    pairs = [f"{c.id}={answer}" for c in asked for answer in c.answers]
    return [CompletionItem(pair) for pair in pairs if pair.startswith(incomplete)]
