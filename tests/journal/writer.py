"""Opens a journal and keeps entries until somebody ends it; run as a process of its own.

python -m tests.journal.writer write WHERE NAME COUNT     COUNT entries (0: without end), each named once it is kept
python -m tests.journal.writer dying WHERE ROUNDS SEED    writes in children that are killed at random moments
python -m tests.journal.writer words WHERE                keeps what it reads, then waits

WHERE is a folder, or MEMBER@ADDRESS of a server.
"""

from __future__ import annotations

import logging
import os
import random
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from poise.journal.entries import KeptMoment, Person
from poise.journal.journal import Journal
from poise.journal.team import TeamJournal
from poise.journal.trouble import Trouble

from .conftest import PASSPHRASE


def open_at(where: str, passphrase: str = PASSPHRASE) -> Any:
    """The journal in a folder, or of a member of a team."""
    member, at, url = where.partition("@postgresql:")
    return TeamJournal.open(f"postgresql:{url}", member, passphrase) if at else Journal.open(Path(where), passphrase)


def write(where: str, name: str, count: int) -> None:
    """Keep entries, with a change, a trip to the trash and a backup in between."""
    journal = open_at(where)
    person = journal.keep(Person(nickname=f"{name} {os.getpid()}"))
    number = 0
    while not count or number < count:
        kept = journal.keep(KeptMoment(person_id=person.id, remark=f"{name} {number}", told="x" * 700), draft="moment")
        os.write(1, f"{kept.uid}\n".encode())
        number += 1
        if number % 5 == 0:
            journal.save_draft("moment", f"{name} {number}")
            journal.change(kept, forecast="easier")
        if number % 11 == 0:
            journal.trash(kept)
            if count:  # another process writes as well, and the last thing done may be its
                journal.put_back(kept)
            else:
                journal.undo()
        if not count and number % 40 == 0 and isinstance(journal, Journal):
            journal.backup(label="before-")
    journal.lock()


def dying(where: str, rounds: int, seed: int) -> None:
    """Write in one child after another; each is killed at a random moment."""
    chance = random.Random(seed)
    longest = _seconds_to_live(where)
    for number in range(rounds):
        child = os.fork()
        if not child:
            try:
                write(where, f"round {number}", 0)
            finally:
                traceback.print_exc()
                os._exit(1)
        time.sleep(chance.uniform(0.01, longest))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            sys.exit(f"round {number} ended by itself")


def _seconds_to_live(where: str) -> float:
    """Long enough to open the journal and keep some entries, at today's pace, once everything is loaded."""
    write(where, "round before", 1)
    began = time.monotonic()
    write(where, "round before", 1)
    return max(0.3, 4 * (time.monotonic() - began))


def words(where: str) -> None:
    """Keep the words on standard input, fail with them in every way there is, and wait with the journal open."""
    logging.basicConfig(level=logging.DEBUG)
    passphrase, marker = sys.stdin.readline().strip(), sys.stdin.readline().strip()
    journal = open_at(where, passphrase)
    sam = journal.keep(Person(nickname=marker, relation=marker))
    kept = journal.keep(KeptMoment(person_id=sam.id, remark=marker, answers={"place": marker}, told=marker))
    journal.change(kept, forecast=marker)
    journal.save_draft("moment", marker)
    journal.hold(why=marker)
    journal.search(marker)
    if isinstance(journal, Journal):
        journal.backup()
        journal.rehearse()
    for wrong in (
        lambda: journal.keep(KeptMoment(remark=marker + "\0")),
        lambda: journal.keep(KeptMoment(remark=marker, uid=kept.uid)),
        lambda: journal.keep(KeptMoment(remark=marker, person_id=1)),
        lambda: journal.change(kept, person_id=1),
        lambda: journal.search(f'"{marker}" NEAR( *'),
        lambda: open_at(where, marker),
        lambda: logging.getLogger("a program around it").warning("kept %r of %r", kept, sam),
    ):
        try:
            wrong()
        except (Trouble, SQLAlchemyError):
            traceback.print_exc()
    print("ready", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    what, where, *more = sys.argv[1:]
    if what == "write":
        write(where, more[0], int(more[1]))
    elif what == "dying":
        dying(where, int(more[0]), int(more[1]))
    else:
        words(where)
