"""Takes in what was written while the journal was locked: moments, weighed by the text of their day, and drafts.

A letter holds `{"moment": {...}, "text": the rulebook's text}` or `{"draft": {...}}`. Anybody can seal one, so nothing
in it is taken on trust. A letter that comes twice is taken once: what it says is written over what it said before.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ..journal.entries import KeptMoment, Line
from ..journal.trouble import Damaged, NotThere
from ..rulebook.mistake import Mistakes
from ..weighing.weighing import weigh
from .leaning import by_list
from .opened import weighed
from .practice import Practice

_LATER = ("did_else", "forecast", "remark")
"""What can be written down after a moment was kept."""


def take(practice: Practice, name: str, letter: Any) -> None:
    """Take a letter in. Raises Trouble; then nothing of it was taken."""
    try:
        if "draft" in letter:
            practice.journal.save_draft(name, json.dumps(letter["draft"], ensure_ascii=False))
        else:
            _take_moment(practice, name, _words(letter["moment"]), str(letter["text"]))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Damaged("a letter that waited does not say what a moment says", "it is put aside, not deleted") from None
    except Mistakes as found:
        raise Damaged("a letter that waited cannot be understood", f"it is put aside:\n{found}") from None


def _take_moment(practice: Practice, name: str, said: Mapping[str, Any], text: str) -> None:
    with practice.together:
        try:
            before = practice.journal.get(KeptMoment, said["id"])
        except NotThere:
            moment = _kept(practice, name, said, text)
        else:
            moment = _rewritten(practice, before, said)
        if said.get("line"):
            _keep_line(practice, moment, said["line"])


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
        draft=name,
        **{each: said.get(each, "") for each in _LATER},
    )


def _rewritten(practice: Practice, before: KeptMoment, said: Mapping[str, Any]) -> KeptMoment:
    """The same moment, with what was written down since."""
    new: dict[str, Any] = {each: said[each] for each in _LATER if said.get(each)}
    new["did"] = by_list(practice.book_of(before), said["did"])
    if said.get("person"):
        new["person_id"] = practice.keep_person(said["person"]).id
    return practice.journal.change(before, **new)


def _keep_line(practice: Practice, moment: KeptMoment, words: str) -> None:
    """An opening line in the person's own words, once for each moment."""
    uid = hashlib.sha256(f"line of {moment.uid}".encode()).hexdigest()[:32]
    response = next(iter(moment.did.values()), "")
    try:
        practice.journal.change(practice.journal.get(Line, uid), words=words, response=response)
    except NotThere:
        line = Line(uid=uid, words=words, response=response, moment_id=moment.id, person_id=moment.person_id)
        practice.journal.keep(line)


def _words(said: Any) -> Mapping[str, Any]:
    """A moment whose parts are what they are said to be. Raises TypeError."""
    answers, did = said["answers"], said["did"]
    texts = [value for name, value in said.items() if name not in ("answers", "did", "passed", "kept")]
    if not all(isinstance(each, str) for each in (*texts, *answers, *answers.values(), *did, *did.values())):
        raise TypeError
    found: Mapping[str, Any] = said
    return found
