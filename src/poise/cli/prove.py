"""`poise prove`: whether a rulebook's promises hold in every situation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from .completing import complete_books

if TYPE_CHECKING:
    from ..examining.promises import Proof
    from ..rulebook.rulebook import Rulebook


@click.command("prove")
@click.argument("book", metavar="BOOK", shell_complete=complete_books)
@click.argument("promises", nargs=-1, metavar="[PROMISE]…")
@click.option("--json", "as_json", is_flag=True, help="Print the proofs as a JSON object.")
def command(book: str, promises: tuple[str, ...], as_json: bool) -> int:
    """Prove what BOOK promises, or a PROMISE of yours, over every situation, answered or not.

    A promise reads: "never let_be first when harm == cruel". Where one is broken, it shows a moment to look at, with as
    few answers as can be.

    Exit code 0: all hold. 1: one is broken, or could not be settled. 2: something cannot be understood.
    """
    from ..examining.promises import HOLDS, prove
    from ..rulebook.reading import read_promise
    from ..shelf import read
    from .screen import say, say_json

    found = read(book)
    asked = [read_promise(found, text) for text in promises] or list(found.promises)
    proofs = [prove(found, promise) for promise in asked]
    if as_json:
        say_json({"book": book, "promises": [_described(proof) for proof in proofs]})
    else:
        say(_told(book, found, proofs))
    return int(any(proof.state != HOLDS for proof in proofs))


def _described(proof: Proof) -> dict[str, Any]:
    """A proof as plain data."""
    witness = proof.witness
    return {
        "promise": proof.promise.text,
        "state": proof.state,
        "never_met": proof.never_met,
        "response": proof.response or None,
        "moment": witness.answers if witness else None,
        "whose": witness.whose if witness else None,
        "fewest": proof.fewest if witness else None,
        "method": proof.method,
    }


def _told(name: str, book: Rulebook, proofs: list[Proof]) -> list[list[str]]:
    if not proofs:
        return [[f"{name} promises nothing yet.", 'Try: poise prove BOOK "never let_be first when harm == cruel"']]
    return [_one(name, book, proof) for proof in proofs]


def _one(name: str, book: Rulebook, proof: Proof) -> list[str]:
    """What became of one promise, in words, and by what it was settled where not in the usual way."""
    from ..examining.promises import FALLBACK

    lines = _became(name, book, proof)
    return [*lines, "  The search took too long; clingo settled it."] if proof.method == FALLBACK else lines


def _became(name: str, book: Rulebook, proof: Proof) -> list[str]:
    """What became of one promise, in words."""
    from ..examining.solver import installed
    from .pointing import situation, weigh_line

    if proof.state == "not settled":
        more = [] if installed() else ["  A second way to settle it comes with: pip install 'poise[solver]'"]
        return [f"Not settled: {proof.promise.text}", "  The search took too long. Nothing is known either way.", *more]
    if proof.witness is None:
        never = ["  But what it speaks of can never be."] if proof.never_met else []
        return [f"Holds: {proof.promise.text}", *never]
    return [
        f"Does not hold: {proof.promise.text}",
        f"  “{book.responses[proof.response].say}” is first all the same {situation(book, proof.witness)}.",
        *([] if proof.fewest else ["  There may be a shorter moment than this one."]),
        f"  See it: {weigh_line(name, proof.witness)}",
    ]
