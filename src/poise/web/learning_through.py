"""Works out what one's notes speak for, in a thread of its own, so that no page waits for it.

It takes seconds where much was kept. The journal is only visited to read and to hand over what was found: locking does
not wait for the work. What was found is the practice's own and is forgotten when that is locked.
"""

from __future__ import annotations

import threading

from ..journal.trouble import Locked, Trouble
from ..practice import Practice
from ..practice.lessons import Lesson
from ..rulebook.mistake import Mistakes
from .door import Door


class LearningThrough:
    """At most one thread, working on at most one practice; `ready` says whether there is anything left to work out."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._locked = 0
        self.failed = False
        """Whether the last work stopped half-way: then whoever asks works it out, and hears why it cannot be."""

    def ready(self, door: Door, practice: Practice, patience: float = 0.0) -> bool:
        """Whether what is proposed can be said at once; from now on it is worked out, where not. Raises Mistakes.

        `patience` is how many seconds to wait for it.
        """
        if practice.lesson().done or self.failed:
            return True
        self.begin(door)
        if not patience or (working := self._thread) is None:
            return False
        working.join(patience)
        return practice.lesson().done or self.failed

    def begin(self, door: Door) -> None:
        """Work it out, unless that is being done already."""
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, args=(door,), daemon=True, name="learning")
                self._thread.start()

    def forget(self) -> None:
        """The practice is locked: what goes wrong in the next one is another thing."""
        self.failed = False
        self._locked += 1

    def _run(self, door: Door) -> None:
        """Until there is nothing left; what was kept meanwhile is worked out as well."""
        locked = self._locked
        try:
            while (lesson := _next(door)) is not None and _handed_over(door, *lesson):
                pass
        except (Locked, Trouble, Mistakes):
            pass  # locked meanwhile, or a book that cannot be read: whoever opens the page is told
        except Exception:  # noqa: BLE001 - whatever it is, the page works it out itself and says what it meets
            self.failed = locked == self._locked


def _next(door: Door) -> tuple[Practice, Lesson] | None:
    """What is left to be worked out. Raises Locked or Mistakes."""
    with door.inside(visit=False) as practice:
        lesson = practice.lesson()
        return None if lesson.done else (practice, lesson)


def _handed_over(door: Door, practice: Practice, lesson: Lesson) -> bool:
    """Work it out and hand it over; False where that practice is not open any more. Raises Locked."""
    worked = lesson.worked()
    with door.inside(visit=False) as now:
        if now is not practice:
            return False
        now.learn_from(worked)
    return True
