"""`poise trust`: what a relationship could hold, as I see it; never what a person is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from .own import of_home

if TYPE_CHECKING:
    from ..journal.entries import Sign
    from ..practice import Practice
    from ..practice.us_two import UsTwo
    from ..rulebook.consideration import Consideration

YOURS = "Your own answer comes before this, for any moment; it can be {answers}:"
SAY_SO = "  poise keep --person NICKNAME {question}=ANSWER"
NOT_ASKED = "Your book does not ask how much trust there is, so no weighing takes this up."
RATE = "Say how much it held: poise people NICKNAME --rating RATING, or three minutes afterwards with poise reflect."


@click.command("trust")
@click.argument("nickname", metavar="NICKNAME")
@click.option("--json", "as_json", is_flag=True, help="Print it as a JSON object, with exact numbers.")
@of_home
def command(nickname: str, as_json: bool, home: str | None) -> None:
    """See what is between you and somebody, in five lines, and what it could hold, as a wide band: your view of a
    relationship, from what you wrote down. It says nothing about what they are like.

    Below three times of saying how much it held, there is not enough to say anything. Your own answer always comes
    first.
    """
    from .own import open_practice
    from .screen import say, say_json

    with open_practice(home) as practice:
        from ..practice.us_two import asked_about_trust, us_two

        us, question = us_two(practice, practice.person(nickname)), asked_about_trust(practice)
        if as_json:
            say_json(_plain(practice, us, question))
            return
        say([[us.person.nickname, *(f"  {line}" for line in _five(us))]])
        _draw(us, question)
        say([["", *_overruling(question, enough=us.trust.enough)]])


def _five(us: UsTwo) -> tuple[str, ...]:
    from ..practice.telling.us_two import five_lines

    return five_lines(us)


def _draw(us: UsTwo, question: Consideration | None) -> None:
    """The belief in words, and the band where there is enough for one."""
    from ..practice.telling.trusted import answer_words, answers_of, holds_words
    from .band import band, how_to_read
    from .screen import say, styled

    answers = answers_of(question)
    say([["", holds_words(us.trust.belief(answers), question)]])
    picture = band(us.trust.band(), [answer_words(each, question) for each in answers])
    if picture:
        click.echo("\n" + "\n".join(picture) + "\n")
        say([[styled(how_to_read(us.trust.band()), dim=True)]])


def _overruling(question: Consideration | None, *, enough: bool) -> list[str]:
    """How one's own answer wins; and where there is not enough yet, what would make it enough."""
    from ..rulebook.speech import either, plain

    more = [] if enough else [RATE]
    if question is None:
        return [*more, NOT_ASKED]
    answers = either(plain, list(question.answers))
    return [*more, YOURS.format(answers=answers), SAY_SO.format(question=question.id)]


def _plain(practice: Practice, us: UsTwo, question: Consideration | None) -> dict[str, Any]:
    """The same as plain data: a chance for each answer, and the band as places from 0 to 1."""
    from dataclasses import asdict

    from ..journal.entries import to_plain
    from ..practice.telling.trusted import answers_of

    return {
        "person": to_plain(us.person),
        "between": us.between or None,
        "sore": us.sore,
        "off_on": _time(us.off),
        "talked_on": _time(us.talked),
        "waiting": [to_plain(each) for each in us.waiting],
        "question": question.id if question else None,
        "instrument": practice.instrument.id,
        "rated": us.trust.rated,
        "enough": us.trust.enough,
        "trust": us.trust.belief(answers_of(question)),
        "band": [asdict(each) for each in us.trust.band()],
        "reordered": us.trust.reordered,
    }


def _time(sign: Sign | None) -> str | None:
    return sign.happened_at.isoformat() if sign and sign.happened_at else None
