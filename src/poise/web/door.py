"""The door of a practice: open, or locked. Whoever comes in goes through here, and it locks itself after a while."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from ..journal import waiting
from ..journal.copies.restoring import stands
from ..journal.trouble import Locked, Trouble
from ..practice import Practice
from ..practice.letters import take

IDLE = 600.0
"""Seconds of wall clock without a visit until it locks: a computer that slept through them wakes up locked."""
PATIENCE = 5.0
"""Seconds that locking waits for those who are still inside."""
Seconds = Callable[[], float]


class Door:
    """One practice folder. At each unlocking it takes in what was written while locked."""

    def __init__(self, folder: Path, idle: float = IDLE, clock: Seconds = time.time) -> None:
        self.folder, self.idle = folder, idle
        self.troubles: list[Trouble] = []
        """What went wrong at the last unlocking, to be said once."""
        self.on_lock: Callable[[], None] = lambda: None
        """What is done once it is locked, by whom or by what ever."""
        self._clock = clock
        self._turn = threading.Condition()
        self._practice: Practice | None = None
        self._inside = 0
        self._visited = clock()

    def unlock(self, passphrase: str) -> None:
        """Open by passphrase, and let in what waits. Raises Trouble."""
        practice = Practice.open(self.folder, passphrase)
        try:
            sound = waiting.prepare(practice.journal)
            found = waiting.collect(practice.journal, partial(take, practice))
        except BaseException:
            practice.lock()
            raise
        if not sound:
            found.append(Trouble("the address for letters had been changed by somebody else; it is put right", ""))
        self.admit(practice)
        self.troubles = found

    def admit(self, practice: Practice) -> None:
        """Have a practice open that was opened elsewhere: it was just made."""
        with self._turn:
            before, self._practice, self._visited = self._practice, practice, self._clock()
        if before:
            before.lock()

    @property
    def there(self) -> bool:
        """Whether there is a practice in the folder."""
        return stands(self.folder)

    @property
    def open(self) -> bool:
        """Whether the practice is open. It is locked here, where nobody came for a while."""
        with self._turn:
            late = self._practice is not None and self._clock() - self._visited > self.idle
        if late:
            self.lock()
        return self._practice is not None

    @contextmanager
    def inside(self, *, visit: bool = True) -> Iterator[Practice]:
        """The open practice, which is not locked while one is inside. Raises Locked."""
        if not self.open:
            raise Locked
        with self._turn:
            practice = self._practice
            if practice is None:
                raise Locked
            self._inside += 1
            if visit:
                self._visited = self._clock()
        try:
            yield practice
        finally:
            with self._turn:
                self._inside -= 1
                self._turn.notify_all()

    def lock(self) -> None:
        """Nobody comes in any more; those inside end what they are at; then the key is dropped."""
        with self._turn:
            practice, self._practice = self._practice, None
            self._turn.wait_for(lambda: not self._inside, PATIENCE)
        try:
            if practice:
                practice.lock()
        finally:
            self.on_lock()
