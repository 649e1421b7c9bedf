"""What a process does that holds a key: it leaves no image of its memory behind, and no words in a crash report."""

from __future__ import annotations

import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

_NOT_DUMPABLE = (4, 0, 0, 0, 0)
"""`prctl(PR_SET_DUMPABLE, 0)`: no core dump, and other processes of the same user cannot look into this one."""


def harden() -> None:
    """Before a passphrase is typed: no core dump, and no looking in from outside."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            import ctypes

            ctypes.CDLL(None).prctl(*_NOT_DUMPABLE)


def end_in_order() -> None:
    """Told to end by the system, end as if by oneself: the key is dropped, and a terminal shows what is typed again."""
    for name in ("SIGTERM", "SIGHUP"):
        with suppress(AttributeError, ValueError):
            signal.signal(getattr(signal, name), _ended)


def _ended(number: int, _: Any) -> NoReturn:
    raise SystemExit(128 + number)


def crash_in_places() -> None:
    """Whatever a library or a thread would say of a mistake is said as places, without its message.

    Only mistakes are said: other lines of libraries could hold an address or a word.
    """
    import logging
    import threading

    class Places(logging.Handler):
        """Says the mistake of a record, if it has one."""

        def emit(self, record: logging.LogRecord) -> None:
            """Say it."""
            if record.exc_info and record.exc_info[1]:
                _complain(record.exc_info[1])

    logging.getLogger().addHandler(Places())
    threading.excepthook = lambda failed: _complain(failed.exc_value) if failed.exc_value else None


def _complain(error: BaseException) -> None:
    print(crash_report(error, "goes on"), file=sys.stderr)


def crash_report(error: BaseException, then: str = "stopped") -> str:
    """Where the program failed: kinds, files and lines. Never a message or a value, as both can hold words."""
    import traceback

    house = Path(__file__).parents[1]
    steps = [
        f"  {_within(house, Path(frame.filename))}, line {frame.lineno}, in {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__, limit=-6)
    ]
    return "\n".join(
        [
            f"Poise came upon a mistake of its own ({type(error).__name__}), and {then}.",
            "  What was kept before is safe. Nothing of what you wrote is in these lines:",
            *steps,
        ]
    )


def _within(house: Path, file: Path) -> str:
    """A file of Poise's by its place in it; any other by its name, as its folders say whose machine this is."""
    return f"poise/{file.relative_to(house).as_posix()}" if file.is_relative_to(house) else file.name
