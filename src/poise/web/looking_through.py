"""Looks through every situation of a rulebook in a thread of its own: what it promises, and what stands out.

It takes seconds. What was found is remembered by the hash of the text, until the practice is locked.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue

from ..examining.findings import Finding, findings
from ..examining.promises import Proof, prove_all
from ..practice.book_history import hash_of
from ..rulebook.rulebook import Rulebook

MOST = 12
"""Texts remembered."""


@dataclass
class Looked:
    """What is known of one text so far. None where it is still being looked at."""

    book: Rulebook
    proofs: tuple[Proof, ...] | None = None
    findings: tuple[Finding, ...] | None = None
    failed: bool = False
    """Whether looking stopped half-way."""

    @property
    def done(self) -> bool:
        """Whether there is nothing more to come."""
        return self.failed or self.findings is not None


class Looking:
    """One thread that looks at one text after another, the promises of each first."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Looked] = OrderedDict()
        self._tasks: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def at(self, text: str, book: Rulebook) -> Looked:
        """What is known of a text; from now on it is looked at."""
        key = hash_of(text)
        with self._lock:
            if key in self._known and not self._known[key].failed:
                self._known.move_to_end(key)
                return self._known[key]
            looked = self._known[key] = Looked(book)
            while len(self._known) > MOST:
                self._known.popitem(last=False)
            self._tasks.put(lambda: self._prove(key, looked))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True, name="looking through rulebooks")
                self._thread.start()
        return looked

    def forget(self) -> None:
        """Drop everything that was found."""
        with self._lock:
            self._known.clear()

    def _run(self) -> None:
        while True:
            self._tasks.get()()

    def _prove(self, key: str, looked: Looked) -> None:
        if self._wanted(key, looked):
            self._do(looked, "proofs", prove_all)
            self._tasks.put(lambda: self._find(key, looked))

    def _find(self, key: str, looked: Looked) -> None:
        if self._wanted(key, looked):
            self._do(looked, "findings", findings)

    def _wanted(self, key: str, looked: Looked) -> bool:
        """Whether anybody could still ask for it."""
        with self._lock:
            return self._known.get(key) is looked

    def _do(self, looked: Looked, name: str, look: Callable[[Rulebook], object]) -> None:
        try:
            setattr(looked, name, look(looked.book))
        except Exception:  # noqa: BLE001 - whatever it is, the page says that it stopped, and the next text has its turn
            looked.failed = True
