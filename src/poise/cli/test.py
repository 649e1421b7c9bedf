"""`poise test`: the cases that rulebooks hold of themselves."""

from __future__ import annotations

from typing import Any

import click

from .completing import complete_books
from .whole import Whole


@click.command("test")
@click.argument("books", nargs=-1, required=True, metavar="BOOK…", shell_complete=complete_books)
@click.option("--json", "as_json", is_flag=True, help="Print the results as a JSON object.")
@click.option(
    "--threshold",
    type=Whole(0, 100),
    default=0,
    metavar="N",
    help="Fall short when fewer than N of a hundred guidelines apply in some case.",
)
def command(books: tuple[str, ...], as_json: bool, threshold: int) -> int:
    """Run each BOOK's own cases, and say which of its guidelines they reach.

    Exit code 0: every case holds. 1: a case does not, or coverage is under the threshold. 2: a book cannot be
    understood.
    """
    from ..shelf import read
    from .screen import say_json

    results = [_tested(name, read(name), threshold) for name in books]
    if as_json:
        say_json({"books": results})
    else:
        click.echo("\n\n".join(_told(each) for each in results))
    return int(any(not each["holds"] for each in results))


def _tested(name: str, book: Any, threshold: int) -> dict[str, Any]:
    from ..examining.cases import coverage, run_cases

    results = run_cases(book)
    reached = coverage(book, results)
    enough = reached.share * 100 >= threshold
    return {
        "book": name,
        "holds": enough and all(result.holds for result in results),
        "cases": [
            {"say": result.case.say, "holds": result.holds, "shortfalls": list(result.shortfalls)} for result in results
        ],
        "coverage": {
            "share": reached.share,
            "enough": enough,
            "applied": list(reached.applied),
            "decisive": list(reached.decisive),
            "never": list(reached.never),
        },
    }


def _told(tested: dict[str, Any]) -> str:
    from .screen import wrapped

    cases, cover = tested["cases"], tested["coverage"]
    held = sum(case["holds"] for case in cases)
    told = [
        f"{tested['book']}: {held} of {len(cases)} cases hold." if cases else f"{tested['book']}: has no cases yet."
    ]
    for number, case in enumerate(cases, 1):
        told += [f"  {case['say'] or f'case {number}'}: {shortfall}" for shortfall in case["shortfalls"]]
    whole = len(cover["applied"]) + len(cover["never"])
    told.append(
        f"{len(cover['applied'])} of {whole} guidelines apply in some case; {len(cover['decisive'])} decide one."
    )
    if cover["never"]:
        told.append(f"No case reaches {', '.join(cover['never'])}.")
    if not cover["enough"]:
        told.append("That is fewer than the threshold asks for.")
    return "\n".join(line for text in told for line in wrapped(text))
