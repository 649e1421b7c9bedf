"""Letters that come home from a phone: a file of them, opened and taken in. Each is taken once, whole or not at all.

A file is JSON: `{"poise_letters": 1, "letters": [letter, ...]}`, or one letter alone. Nothing in it is taken on trust.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from ..journal import waiting
from ..journal.sealing.letters import LONGEST, check_for, mark_of
from ..journal.trouble import Damaged, NewerFile, Refused, Trouble
from . import letters
from .practice import Practice

VERSION = 1
MOST_BYTES = 50_000_000
"""Of a file that comes home."""
MOST_LETTERS = 10_000
"""In one file. Each is weighed and told anew, which takes some hundredths of a second."""
_MARKS = 20
"""Commas and brackets that a letter has at most; it has nine."""
_SHOWN = 40
"""Signs of a letter's name that are told."""


class NotTaken(NamedTuple):
    """A letter that was left where it is: its name, and why."""

    name: str
    trouble: Trouble


@dataclass(frozen=True)
class CameHome:
    """What became of letters: how many came in, were here before, or wait sealed; and which were not taken, and why.

    `done` are the names of those that need not be kept elsewhere any more.
    """

    came_in: int = 0
    before: int = 0
    waiting: int = 0
    not_taken: tuple[NotTaken, ...] = ()
    done: tuple[str, ...] = ()

    def __add__(self, other: CameHome) -> CameHome:
        return CameHome(
            self.came_in + other.came_in,
            self.before + other.before,
            self.waiting + other.waiting,
            self.not_taken + other.not_taken,
            self.done + other.done,
        )


def letters_of(data: bytes, most: int = MOST_LETTERS) -> list[bytes]:
    """The letters that a file holds, each as text of JSON, if they are no more than `most`.

    Raises Damaged, Refused or NewerFile.
    """
    if len(data) > MOST_BYTES:
        raise Refused("this is longer than {most} MB; nothing was taken", _IN_PARTS, most=MOST_BYTES // 1_000_000)
    try:
        if sum(map(data.count, (b",", b"[", b"{"))) > _MARKS * MOST_LETTERS:
            raise ValueError  # it would take many times its own length of memory to find out more
        said = json.loads(data.decode("utf-8-sig"))
        found = [said] if "poise_letter" in said else _listed(said)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        message = "this is not a file of letters from a phone, or not a whole one; nothing was taken"
        raise Damaged(message, "save it anew on the phone: what is kept there is still there") from None
    if len(found) > most:
        help = "`poise pocket take` takes more of them at once" if most < MOST_LETTERS else _IN_PARTS
        raise Refused("there are more than {most:,} letters in it; nothing was taken", help, most=most)
    return [_bytes(each) for each in found]


_IN_PARTS = "bring it home in parts"


def take_home(practice: Practice, sealed: Iterable[bytes]) -> CameHome:
    """Take in letters, as `letters_of` gives them: each whole or not at all, the others all the same."""
    found = [_taken(practice, letter) for letter in sealed]
    return CameHome(
        sum(each.came_in for each in found),
        sum(each.before for each in found),
        not_taken=tuple(each for one in found for each in one.not_taken),
        done=tuple(name for one in found for name in one.done),
    )


def let_wait(folder: Path, sealed: Iterable[bytes]) -> CameHome:
    """Have letters wait, sealed, beside a journal that is locked, until it is unlocked.

    Raises Trouble where they are too many to wait; then none waits.
    """
    address = waiting.address_of(folder)
    if address is None:
        raise Refused("nothing can wait here: this journal was never opened by this Poise", "unlock it once")
    fitting, not_taken = [], []
    for letter in sealed:
        try:
            check_for(address, letter)
            mark_of(letter)
            fitting.append(letter)
        except Trouble as trouble:
            not_taken.append(NotTaken(_name_of(letter), trouble))
    new = waiting.put_sealed(folder, fitting)
    done = tuple(map(_name_of, fitting))
    return CameHome(waiting=new, before=len(fitting) - new, not_taken=tuple(not_taken), done=done)


def take_waiting(practice: Practice) -> CameHome:
    """Take in what waits beside the journal. What cannot be taken is put aside there, not deleted."""
    counted: list[bool] = []

    def take(name: str, letter: Any, mark: str) -> None:
        counted.append(letters.take(practice, name, letter, mark))

    troubles = waiting.collect(practice.journal, take)
    not_taken = tuple(NotTaken("", trouble) for trouble in troubles)
    return CameHome(sum(counted), len(counted) - sum(counted), not_taken=not_taken)


def _taken(practice: Practice, letter: bytes) -> CameHome:
    try:
        name, said, mark = waiting.opened(practice.journal, letter)
        if not isinstance(said, dict) or "moment" not in said:
            raise Damaged("a letter opens, and does not say what a moment says", "it is left where it is")
        new = letters.take(practice, name, said, mark)
    except Trouble as trouble:
        return CameHome(not_taken=(NotTaken(_name_of(letter), trouble),))
    return CameHome(came_in=int(new), before=int(not new), done=(name,))


def _listed(said: Any) -> Sequence[Any]:
    """The letters of a file of several. Raises what is not in it."""
    if said["poise_letters"] > VERSION:
        raise NewerFile("these letters were saved by a newer Poise than this one", "update Poise, then try again")
    found: Sequence[Any] = said["letters"]
    if not isinstance(found, list):
        raise TypeError
    return found


def _bytes(letter: Any) -> bytes:
    """A letter as text; in a file it stands as an object, or as the text of one."""
    text = letter if isinstance(letter, str) else json.dumps(letter)
    return text.encode("utf-8", "replace")[: LONGEST + 1]


def _name_of(letter: bytes) -> str:
    """What a letter says it is called, in signs that can be shown; nothing where it says nothing."""
    try:
        name = json.loads(letter)["name"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return "".join(sign for sign in str(name)[:_SHOWN] if sign.isprintable())
