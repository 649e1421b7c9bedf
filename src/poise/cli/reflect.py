"""`poise reflect`: three minutes afterwards, about a moment that was kept."""

from __future__ import annotations

import click

from .own import of_home


@click.command("reflect")
@click.argument("answers", nargs=-1, metavar="[NAME=ANSWER]…")
@click.option("--moment", "uid", metavar="UID", help="About this moment; `poise search --json` prints its `uid`.")
@click.option("--choose", is_flag=True, help="Choose from the last moments.")
@click.option("--json", "as_json", is_flag=True, help="Print what was kept as a JSON list.")
@of_home
def command(answers: tuple[str, ...], uid: str | None, choose: bool, as_json: bool, home: str | None) -> int:
    """Look back on a moment: the last one that you have not looked back on yet.

    What you expected is asked first, and then how it was for the person hit, between you two, and for you; knowing how
    it went, which it would have been; whether you want to come back to it. Every question can be passed over.
    """
    from .own import open_practice
    from .screen import say, say_json

    if as_json and choose:
        raise click.UsageError("with `--json` it does not ask: name the moment with `--moment`")
    with open_practice(home) as practice:
        from .reflecting import ALL_SEEN, NONE_YET, Reflecting, the_moment

        moment = the_moment(practice, uid, choose)
        if moment is None and as_json:
            say_json([])
            return 0
        if moment is None:
            say([["", "Nothing was chosen." if choose else ALL_SEEN if practice.moments(most=1) else NONE_YET]])
            return 0
        reflecting = Reflecting(practice, moment)
        return reflecting.told(answers, as_json) if answers or as_json else reflecting.asked()
