"""`poise check-in`: how I am, in the words of my own book."""

from __future__ import annotations

import click

from .own import of_home


@click.command("check-in")
@click.argument("answers", nargs=-1, metavar="[NAME=ANSWER]…")
@click.option("--json", "as_json", is_flag=True, help="Print what was kept as a JSON object; null where nothing was.")
@of_home
def command(answers: tuple[str, ...], as_json: bool, home: str | None) -> int:
    """Keep how you are: what you have left, what it costs you, and what you already give in other ways.

    Without answers it asks. Once a week or a month is plenty; a gap means nothing.
    """
    from ..journal.entries import to_plain
    from ..practice.asking import checked
    from ..practice.checking_in import questions
    from .own import open_practice
    from .questions import Danger, Questions, pairs
    from .screen import say, say_json

    with open_practice(home) as practice:
        asking = questions(practice.books.read())
        said = pairs(answers)
        if not (answers or as_json):
            from .helping import say_help
            from .reflecting import ask_all

            asked = Questions(said)
            try:
                ask_all(asked, asking, practice)
            except Danger:
                say_help(practice.journal.vault.folder, "Nothing was kept.")
                return 0
        found = checked(asking, said)
        how = [found.get(name, "") for name in ("energy", "toll", "elsewhere")]
        kept = practice.check_in(energy=how[0], toll=how[1], elsewhere=how[2]) if found else None
    if as_json:
        say_json(to_plain(kept) if kept else None)
    else:
        say([["", "Kept, for today." if kept else "Nothing was said, and nothing was kept."]])
    return 0
