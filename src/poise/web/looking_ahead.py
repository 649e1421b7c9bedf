"""Looks ahead in a thread of its own: the centre line is answered at once, the rest is found a step at a time.

What was found is remembered by what was asked, until the practice is locked; so is what was said only for looking
ahead. Nothing of it is kept. The newest question has its turn first, and the thread rests while a page is answered, so
that moving a slider is answered as quickly as when nothing else is worked out.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..practice.foreseeing.foreseen import Foreseen
    from ..practice.foreseeing.scene import Scene
    from ..practice.foreseeing.sliders import Chosen

MOST = 24
"""Questions remembered."""
Key = tuple[object, ...]


class LookingAhead:
    """One thread for all questions of one app."""

    def __init__(self, sets: int = 400) -> None:
        self.sets = sets
        self._known: OrderedDict[Key, Foreseen] = OrderedDict()
        self._open: OrderedDict[Key, Iterator[None]] = OrderedDict()
        self._said: dict[str, dict[str, str]] = {}
        self._turn = threading.Condition()
        self._answering = 0
        self._locked = 0
        """How often everything was dropped: an answer that was under way then is not remembered."""
        self._thread: threading.Thread | None = None

    def at(self, scene: Scene, chosen: Chosen, along: str) -> Foreseen:
        """What is known of a question by now; from now on the rest of it is worked out.

        That it stopped half-way is said once: whoever asks after that has it looked through anew.
        """
        from ..practice.foreseeing.foreseen import foreseen, steps  # noqa: PLC0415 - NumPy is loaded when it is asked

        key: Key = (scene, chosen, along, id(scene.book))
        with self._turn:
            locked, known = self._locked, self._known.get(key)
            if known is not None and known.failed:
                return self._known.pop(key)
            if known is not None:
                self._known.move_to_end(key)
                return copy(known)
        with self._undisturbed():
            found = foreseen(scene, chosen, along)
        with self._turn:
            if locked != self._locked:
                return found
            self._known[key], self._open[key] = found, steps(found, self.sets)
            while len(self._known) > MOST:
                self._open.pop(self._known.popitem(last=False)[0], None)
            self._begin()
            self._turn.notify_all()
            return copy(found)

    def said(self, about: str) -> dict[str, str]:
        """{question: answer} of what was said for looking ahead alone; an empty answer is “I don't know”."""
        with self._turn:
            return dict(self._said.get(about, {}))

    def say(self, about: str, answers: dict[str, str]) -> None:
        """Take answers, in memory only."""
        with self._turn:
            self._said[about] = self._said.get(about, {}) | answers

    def unsay(self, about: str) -> None:
        """Let go of what was said for looking ahead at one thing."""
        with self._turn:
            self._said.pop(about, None)

    def forget(self) -> None:
        """Drop everything."""
        with self._turn:
            self._locked += 1
            self._known.clear()
            self._open.clear()
            self._said.clear()

    @contextmanager
    def _undisturbed(self) -> Iterator[None]:
        """While a page is answered, the thread rests."""
        with self._turn:
            self._answering += 1
        try:
            yield
        finally:
            with self._turn:
                self._answering -= 1
                self._turn.notify_all()

    def _begin(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, daemon=True, name="looking ahead")
            self._thread.start()

    def _run(self) -> None:
        while True:
            self._step()  # in a frame of its own: what it held is let go of while the thread waits

    def _step(self) -> None:
        with self._turn:
            self._turn.wait_for(lambda: self._open and not self._answering)
            key, going = next(reversed(self._open.items()))
            found = self._known[key]
        try:
            next(going)
        except StopIteration:
            self._end(key, found, going)
        except Exception:  # noqa: BLE001 - whatever it is, the page says that it stopped, and the next has its turn
            self._end(key, found, going, failed=True)

    def _end(self, key: Key, found: Foreseen, going: Iterator[None], *, failed: bool = False) -> None:
        """Nothing more is to come of a question, at once for whoever asks."""
        with self._turn:
            found.failed = failed
            if self._open.get(key) is going:
                del self._open[key]
