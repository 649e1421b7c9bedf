"""The shapes that have a name in the description: entries as the journal has them, weighings, questions, problems."""

from __future__ import annotations

import typing
from dataclasses import fields
from datetime import date, datetime

from ...journal.entries import KINDS, Entry
from ...rulebook.guideline import LISTS
from ...rulebook.mistake import KINDS as MISTAKES
from ...weighing.telling import Cited, Told
from .shapes import (
    UID,
    Shape,
    day,
    each,
    either,
    full,
    moment_in_time,
    number,
    or_null,
    ref,
    several,
    table,
    text,
    whole,
    words,
    yes_or_no,
)

NOT_TOLD = ("id", "trashed_at")
"""What an entry has that is nobody's business outside."""
REFERS = {"person_id": "person", "moment_id": "moment"}
"""Entries are named by their `uid`, here and wherever they are copied to."""
_ALWAYS = ("written_at", "changed_at", "happened_at")


def called(kind: str) -> str:
    """The name of a kind of entry in the description."""
    return KINDS[kind].__name__


def named() -> dict[str, Shape]:
    """Every shape that has a name."""
    entries = {called(kind): _entry(found) for kind, found in KINDS.items()}
    return {
        **entries,
        "Entry": either(*map(ref, entries), says="An entry of the journal, of any kind."),
        "Weighing": _weighing(),
        "Told": _told(),
        "Question": QUESTION,
        "Book": BOOK,
        "State": STATE,
        "Copy": COPY,
        "Problem": PROBLEM,
    }


def page(kind: str, of: str) -> Shape:
    """One page of a list, and where the next begins."""
    more = or_null({"type": "string", "pattern": UID})
    more["description"] = "What to give as `before` for the next page; null where this is the last."
    return full(f"A page of {of}.", **{kind: several(ref(called(kind) if kind in KINDS else "Entry")), "next": more})


# Entries


def _entry(kind: type[Entry]) -> Shape:
    hints = typing.get_type_hints(kind)
    described = {
        REFERS.get(each.name, each.name): _field(each.name, hints[each.name])
        for each in fields(kind)
        if each.name not in NOT_TOLD
    }
    says = " ".join((kind.__doc__ or "").split())
    return full(says, kind=words("The kind of entry.", kind.kind), **described)


def _field(name: str, hint: typing.Any) -> Shape:
    types = (hint,) if typing.get_origin(hint) is dict else typing.get_args(hint) or (hint,)
    if name in REFERS:
        shape: Shape = {"type": "string", "pattern": UID}
    elif datetime in types:
        shape = moment_in_time("")
    elif date in types:
        shape = day("")
    else:
        shape = {"type": "string"} if str in types else {"type": "object"}
    return or_null(shape) if type(None) in types and name not in _ALWAYS else shape


# Weighings


def _weighing() -> Shape:
    ids = several(text())
    standing = table(
        "Where a response stands in its list.",
        ("id", "share", "reasons"),
        id=text(),
        like=text("The starter response that it stands for."),
        share={"type": "number", "description": "Its part of the list, 0 to 1: for programs, not for people's eyes."},
        reasons=several(full("", guideline=text(), doublings={"type": "number"})),
    )
    leaning = full(
        "One list, weighed.",
        lead=several(text(), "All that tie for first."),
        close=yes_or_no("Whether another response is close behind."),
        ranking=several(standing),
        enough_alone=several(text(), "Guidelines each of which would be reason enough."),
        had_to_be_there=several(text(), "Guidelines without each of which the lead would be another."),
    )
    bound = full("A bound.", id=text(), says=text())
    state = words("", "met", "possible")
    return full(
        "Which way the guidelines lean, and exactly why: what `poise weigh --json` prints.",
        book=text("The title of the rulebook."),
        moment=each(either(text(), each({"type": "number"})), "The answers that were given."),
        whose=words("", "theirs", "mine"),
        bound=or_null(bound),
        bounds=several(full("", id=text(), says=text(), never=ids, state=state)),
        steer=yes_or_no("Whether anything is suggested: not where it landed on the reader."),
        toward=or_null(leaning),
        beside=or_null(leaning),
        mine=or_null(leaning),
        pair=or_null(each(ids, "Who leads, for each list.")),
        applies=each({"type": "number"}, "How far each guideline applies, above 0 to 1."),
        open=several(text(), "Guidelines that unanswered questions leave open."),
        turns=several(
            full(
                "The fewest changed answers that put another response first.",
                changes=each(text()),
                list=words("", *LISTS),
                lead=ids,
            )
        ),
        next_question=or_null(text("The consideration most worth asking about next.")),
        settled=yes_or_no("Whether no answer could change a lead any more."),
    )


def _told() -> Shape:
    cited = full(
        "A guideline as a reason, in its own words.",
        **{name: text() for name in ("guideline", "say", "because")},
        units={"type": "number", "description": "How far it sets the lead apart, in thousandths of a doubling."},
        anchored=yes_or_no("Whether its person said that it is one they care about."),
    )
    hints = typing.get_type_hints(Told)
    shapes = {str: text(), tuple[str, ...]: several(text()), tuple[Cited, ...]: several(cited)}
    return full("A weighing in sentences. What does not apply is empty.", **{n: shapes[h] for n, h in hints.items()})


# Everything else

QUESTION = full(
    "A question of a practice, or of a rulebook. Every one can be passed over.",
    name=text(),
    ask=text("Its words."),
    explain=text(),
    kind=words("What an answer is.", "choice", "line", "day"),
    own_words=yes_or_no("Whether one's own words are an answer, too."),
    answers=several(full("An answer there is.", name=text(), says=text())),
    scale=or_null(
        full(
            "One's own instrument, whose numbers are an answer, too.",
            **{"from": number(), "to": number(), "step": number("0 where there are no steps.")},
            id=text(),
            title=text(),
            notice=text("Its owner's."),
            licence=text(),
        )
    ),
)
BOOK = full(
    "A rulebook of this practice.",
    name=text(),
    title=or_null(text("Null where its text cannot be understood.")),
    in_use=or_null(yes_or_no("Whether moments are weighed by it; null while locked, as nobody knows it then.")),
)
STATE = full(
    "How things stand.",
    there=yes_or_no("Whether there is a practice yet."),
    open=yes_or_no("Whether its journal is unlocked."),
    demo=yes_or_no("Whether these are invented moments."),
    waiting=whole("How many sealed letters wait for the journal to be unlocked.", 0),
    troubles=several(full("", message=text(), help=text()), "What went wrong at the last unlocking."),
)
COPY = full(
    "A sealed copy of the practice.",
    name=text("Its file, in the practice's own folder."),
    made_at=moment_in_time(""),
    automatic=yes_or_no("Whether it was made by itself."),
)
PROBLEM = full(
    "What went wrong: problem details (RFC 9457).",
    type=text("`about:blank`: the status says what kind of problem it is."),
    title=text("The name of the status."),
    status=whole("", 400, 599),
    detail=text("What went wrong, in plain words."),
    help=text("The way out, where there is one to name."),
    kind=text("The same for programs, for example `locked`, `not-there`, `mistakes`."),
    mistakes=several(
        table(
            "One thing that could not be understood.",
            ("kind", "message", "help"),
            kind=words("See the page of the rulebook language.", *MISTAKES),
            message=text(),
            help=text(),
            file=text(),
            line={"type": "integer"},
            column={"type": "integer"},
        )
    ),
)
