"""Rulebooks, and the weighing of a moment by one of them. All but choosing and writing works while locked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ....practice.asking import CHOICE
from ....practice.book_history import hash_of
from ....rulebook.consideration import Consideration
from ....rulebook.mistake import Mistake, Mistakes, clipped
from ....weighing.asking import next_question
from ....weighing.moment import WHOSE, Moment
from ....weighing.record import record
from ....weighing.telling import told
from ....weighing.weighing import Weighing, weigh
from ...door import Door
from ...shelf import book_of, names_of, text_of
from ..calling import Call, Given
from ..shapes import Shape, each, either, full, or_null, ref, several, table, text, words

NAMED = text("The rulebook's name; the one in use where it is left out.", 200)
ANSWERS = each(
    either(text(), each({"type": "number"})),
    "{consideration: answer}. An uncertain answer is a chance for each of some answers. What is left out is unknown.",
)
WHOSE_MOMENT = words("Whose slip it is.", *WHOSE)
NAME: Mapping[str, Shape] = {"name": text("The rulebook's name.", 200)}
TEXT = full(
    "A rulebook's text.",
    name=text(),
    title=or_null(text()),
    text=text("The text, as it stands in the file."),
    sha256=text("The hash of the text."),
)


def weigh_moment(given: Given) -> Any:
    """Weigh a moment; nothing is kept."""
    book = book_of(given.rooms.door, given.body.get("book", ""))
    weighing = weigh(book, Moment(book, given.body.get("whose", WHOSE[0]), **_answers(given)))
    passed = {name for name in given.body.get("passed", ()) if name in book.considerations}
    asked = None
    if weighing.steer and not weighing.bound:
        asked = next_question(weighing, passed) if passed else weighing.next_question
    return {
        "weighing": record(weighing),
        "told": _told(weighing),
        "question": _question(book.considerations[asked]) if asked else None,
    }


def every(given: Given) -> Any:
    """The rulebooks."""
    door = given.rooms.door
    return {"books": [_book(door, name) for name in names_of(door)]}


def one(given: Given) -> Any:
    """The text of one."""
    return _text(given.rooms.door, given.path["name"])


def questions(given: Given) -> Any:
    """What a rulebook asks."""
    door, name = given.rooms.door, given.path["name"]
    text_of(door, name)
    return {"questions": [_question(each) for each in book_of(door, name).questions]}


def use(given: Given) -> Any:
    """Use one from now on."""
    with given.inside() as practice:
        practice.books.use(given.path["name"])
    return _book(given.rooms.door, given.path["name"])


def write(given: Given) -> Any:
    """Write a changed text."""
    with given.inside() as practice:
        practice.books.rewrite(given.path["name"], given.body["text"], given.body["instead_of"])
    return _text(given.rooms.door, given.path["name"])


def _answers(given: Given) -> dict[str, Any]:
    """The answers. Raises Mistakes for one that would be taken for something else."""
    found: dict[str, Any] = given.body.get("answers", {})
    if "whose" in found:
        message, help = "`whose` is no question", "it stands beside the answers"
        raise Mistakes([Mistake("unknown-name", message, help=help)], "Nothing was weighed.")
    return found


def _told(weighing: Weighing) -> dict[str, Any]:
    found = told(weighing)._asdict()
    return {
        name: value if isinstance(value, str) else [_sentence(each) for each in value] for name, value in found.items()
    }


def _sentence(said: Any) -> Any:
    return said if isinstance(said, str) else said._asdict()


def _question(asked: Consideration) -> dict[str, Any]:
    answers = [{"name": name, "says": asked.word(code)} for code, name in enumerate(asked.answers)]
    return {
        "name": asked.id,
        "ask": asked.ask,
        "explain": asked.explain,
        "kind": CHOICE,
        "own_words": False,
        "scale": None,
        "answers": answers,
    }


def _book(door: Door, name: str) -> dict[str, Any]:
    in_use = None
    if door.open:
        with door.inside(visit=False) as practice:
            in_use = practice.books.in_use == name
    return {"name": name, "title": _title(door, name), "in_use": in_use}


def _title(door: Door, name: str) -> str | None:
    try:
        return book_of(door, name).title or clipped(name)
    except Mistakes:
        return None


def _text(door: Door, name: str) -> dict[str, Any]:
    text = text_of(door, name)
    return {"name": name, "title": _title(door, name), "text": text, "sha256": hash_of(text)}


CALLS = [
    Call(
        "weigh",
        "POST",
        "/api/weigh",
        "Weigh a moment. Nothing is kept; it works while the journal is locked.",
        weigh_moment,
        {200: full("", weighing=ref("Weighing"), told=ref("Told"), question=or_null(ref("Question")))},
        table(
            "",
            book=NAMED,
            whose=WHOSE_MOMENT,
            answers=ANSWERS,
            passed=several(text(), "Questions that were passed over: they are not asked next."),
        ),
    ),
    Call("books", "GET", "/api/books", "The rulebooks.", every, {200: full("", books=several(ref("Book")))}),
    Call("book", "GET", "/api/books/{name}", "The text of a rulebook.", one, {200: TEXT}, parts=NAME),
    Call(
        "rewrite_book",
        "PUT",
        "/api/books/{name}",
        "Write a changed text in the place of another; both stay in the history.",
        write,
        {200: TEXT},
        table(
            "",
            ("text", "instead_of"),
            text=text("The new text."),
            instead_of=text("The hash of the text it was made from; where another stands there by now, it stays."),
        ),
        parts=NAME,
    ),
    Call(
        "questions",
        "GET",
        "/api/books/{name}/questions",
        "What a rulebook asks.",
        questions,
        {200: full("", questions=several(ref("Question")))},
        parts=NAME,
    ),
    Call(
        "use_book",
        "POST",
        "/api/books/{name}/use",
        "Weigh by this one from now on.",
        use,
        {200: ref("Book")},
        parts=NAME,
    ),
]
