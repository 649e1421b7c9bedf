"""Takes in what was written while the journal was locked: moments, weighed by the text of their day, and drafts.

A letter holds `{"moment": {...}, "text": the rulebook's text}` or `{"draft": {...}}`; one from a phone is a moment and
says `"text_hash"`, of a text that is here. Anybody can seal one, so nothing in it is taken on trust: it can neither
change what the app writes down nor drop it. A letter that comes again changes nothing; another one about the same
moment is written over what was said before, and over nothing that was written at home (`from_phone`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

from ..journal.entries import KeptMoment, Line
from ..journal.keeping.checking import check, checked
from ..journal.trouble import Damaged, NotThere, Trouble
from ..rulebook.mistake import Mistakes
from ..weighing.weighing import weigh
from . import from_phone, taken
from .book_history import hash_of
from .leaning import by_list
from .opened import weighed
from .practice import Practice

_UID = re.compile(r"[0-9a-z]{1,32}")
_LATER = ("did_else", "forecast", "remark")
"""What can be written down after a moment was kept."""


def take(practice: Practice, name: str, letter: Any, mark: str = "") -> bool:
    """Take a letter in; False where the letter of that mark was taken in before. One with a mark came from elsewhere.

    Raises Trouble; then nothing of it was taken.
    """
    with practice.together:
        if mark and taken.knows(practice.journal, mark):
            return False
        _take(practice, name, letter, sent=bool(mark))
        if mark:
            taken.note(practice.journal, mark)
    return True


def _take(practice: Practice, name: str, letter: Any, *, sent: bool) -> None:
    try:
        if "draft" in letter and not sent:
            _take_draft(practice, name, letter["draft"])
        else:
            said = _words(letter["moment"])
            text = letter["text"] if "text" in letter and not sent else _text(practice, letter)
            _take_moment(practice, name, said, text, sent=sent)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        raise Damaged("a letter that waited does not say what a moment says", "it is put aside, not deleted") from None
    except Mistakes as found:
        raise Damaged("a letter that waited cannot be understood", "it is put aside:\n{found}", found=found) from None


def _take_draft(practice: Practice, name: str, draft: Any) -> None:
    """Go on with what was being written. Raises ValueError where it is not a moment's own."""
    if not _owns(name, _words(draft)["id"]):
        raise ValueError
    practice.journal.save_draft(name, json.dumps(draft, ensure_ascii=False))


def _owns(name: str, uid: str) -> bool:
    """Whether what is called that is a moment of this name, being written: nothing else is a letter's to write."""
    return name.replace("-", "") == f"now{uid}"


def _text(practice: Practice, letter: Mapping[str, Any]) -> str:
    """The text of a rulebook that a letter names by its hash. Raises NotThere."""
    name = str(letter["text_hash"])
    text = practice.journal.text(name) or next((each for each in _texts(practice) if hash_of(each) == name), None)
    if text is None:
        message = "this was weighed by a text of a rulebook that is not in this practice"
        raise NotThere(message, "put the rulebook back as it was, and bring it home again")
    return text


def _texts(practice: Practice) -> Iterator[str]:
    """The rulebooks as they are today, those that can be read."""
    for name in practice.books.names:
        with suppress(Mistakes, Trouble):
            yield practice.books.text(name)


def _take_moment(practice: Practice, name: str, said: Mapping[str, Any], text: str, *, sent: bool) -> None:
    journal, written_at, fresh = practice.journal, said.get("written_at", ""), True
    line = said.get("line", "").strip()
    if line:
        check(Line.table(), "words", line, practice.journal.now())  # before anything is kept: all of it or nothing
    try:
        before = journal.get(KeptMoment, said["id"])
    except NotThere:
        if sent:
            from_phone.claim(journal, said["id"])  # first, so that a letter cut short here comes in once more
        moment = _kept(practice, name, said, text)
    else:
        fresh = not sent or from_phone.untouched(journal, before, written_at)
        moment = _rewritten(practice, before, said if fresh else from_phone.beside(before, said))
    if line:
        _keep_line(practice, moment, line, fresh=fresh)
    if sent:
        from_phone.settle(journal, moment, written_at)


def _kept(practice: Practice, name: str, said: Mapping[str, Any], text: str) -> KeptMoment:
    book = practice.books.understood(said["book"] or practice.books.in_use, text)
    weighing = weighed(book, said["whose"], said["answers"])
    if said.get("believed"):
        weighing = weigh(book, practice.believing(book, weighing.moment, said.get("person")))
    return practice.keep(
        weighing=weighing,
        uid=said["id"],
        person=said.get("person") or None,
        gut=said.get("gut", ""),
        did=said["did"],
        happened_at=datetime.fromisoformat(said["happened_at"]),
        draft=name if _owns(name, said["id"]) else None,
        **{each: said.get(each, "") for each in _LATER},
    )


def _rewritten(practice: Practice, before: KeptMoment, said: Mapping[str, Any]) -> KeptMoment:
    """The same moment, with what was written down since."""
    new: dict[str, Any] = {each: said[each] for each in _LATER if said.get(each)}
    new["did"] = by_list(practice.book_of(before), said["did"])
    checked(replace(before, **new), practice.journal.now())
    if said.get("person"):
        new["person_id"] = practice.keep_person(said["person"]).id
    return practice.journal.change(before, **new)


def _keep_line(practice: Practice, moment: KeptMoment, words: str, *, fresh: bool) -> None:
    """An opening line in the person's own words, once for each moment; another one beside what was changed at home."""
    uid = from_phone.own_line(moment.uid if fresh else f"{moment.uid}: {words}")
    response = next(iter(moment.did.values()), "")
    try:
        practice.journal.change(practice.journal.get(Line, uid), words=words, response=response)
    except NotThere:
        line = Line(uid=uid, words=words, response=response, moment_id=moment.id, person_id=moment.person_id)
        practice.journal.keep(line)


def _words(said: Any) -> Mapping[str, Any]:
    """A moment whose parts are what they are said to be. Raises TypeError or ValueError."""
    answers, did = said["answers"], said["did"]
    texts = [value for name, value in said.items() if name not in ("answers", "did", "passed", "kept")]
    if not all(isinstance(each, str) for each in (*texts, *answers, *answers.values(), *did, *did.values())):
        raise TypeError
    uid = said["id"].replace("-", "")  # browsers make names with dashes
    if not _UID.fullmatch(uid):
        raise ValueError
    return {**said, "id": uid}
