"""The file of results: JSON lines, one for each scenario, written to the end and settled on the disk as they come.

While work goes on, rows stand in the order they came in. Once all that was asked for is there, the file is written anew
in the order of the scenarios, so that it is the same whoever worked it out. Whatever kills a run, at most the last line
is torn; it is cut off when the run goes on.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from ..foresight.scenarios import Scenarios
from ..rulebook.mistake import clipped
from .lines import Span, cannot, header, line_of, spans, trouble

if sys.platform != "win32":  # there, a run that is started twice by mistake only works things out twice
    import fcntl


class Results:
    """A file of results that is open for more, to be used in a `with`; nobody else adds to it meanwhile.

    Raises Mistakes, also where the file is of another grid, or of none.
    """

    def __init__(self, path: Path, grid: Scenarios) -> None:
        self.path, self.grid = Path(os.path.realpath(path)), grid  # what a link leads to is written anew, not the link
        self._file = self._opened()
        try:
            self._rows = dict(spans(path, self._file, grid))
            self._begin()
        except OSError as flaw:
            self._file.close()
            raise cannot(path, "written", flaw) from None
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    @property
    def done(self) -> Collection[int]:
        """The numbers of the scenarios whose rows are there."""
        return self._rows.keys()

    def add(self, rows: Iterable[dict[str, Any]]) -> None:
        """Write rows, and come back when they are on the disk. A row that is there already is left out."""
        self._append((row["scenario"], line_of(row)) for row in rows)

    def take(self, other: Path) -> None:
        """Take in the rows of another file of the same grid."""
        try:
            with other.open("rb") as file:
                found = dict(spans(other, file, self.grid))
                self._append((number, span.read(file)) for number, span in found.items())
        except OSError as flaw:
            raise cannot(other, "opened", flaw) from None

    def sort(self) -> None:
        """Write the file anew in the order of the scenarios; until that is whole, the old one stands."""
        ordered = [self._rows[number] for number in sorted(self._rows)]
        if ordered == sorted(ordered):
            return
        unfinished = self.path.with_name(f"{self.path.name}.{os.getpid()}.unfinished")
        try:
            with unfinished.open("xb") as file:
                file.write(line_of(header(self.grid)))
                file.writelines(span.read(self._file) for span in ordered)
                settle(file)
            unfinished.replace(self.path)
        except OSError as flaw:
            raise cannot(self.path, "written", flaw) from None
        finally:
            unfinished.unlink(missing_ok=True)

    def _opened(self) -> BinaryIO:
        while True:
            file = self._held()
            if self.path.exists() and os.path.samestat(os.fstat(file.fileno()), self.path.stat()):
                return file
            file.close()  # a run that ended just now has put its sorted rows in the place of this file

    def _held(self) -> BinaryIO:
        """The file, which nobody else writes to."""
        try:
            file: BinaryIO = self.path.open("a+b")
            if sys.platform != "win32":
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise trouble(f"another run is writing `{clipped(self.path.name)}`", "wait for it, or stop it") from None
        except OSError as flaw:
            raise cannot(self.path, "written", flaw) from None
        return file

    def _begin(self) -> None:
        """Cut off what is torn, and write the first line where there is none."""
        first = line_of(header(self.grid))
        whole = Span(0, len(first)).read(self._file) == first
        self._file.truncate(sum(max(self._rows.values(), default=(0, len(first) if whole else 0))))
        if not whole:
            self._write(first)

    def _append(self, lines: Iterable[tuple[int, bytes]]) -> None:
        new = {number: line for number, line in lines if number not in self._rows}
        at = self._file.seek(0, os.SEEK_END)
        self._write(b"".join(new.values()))
        for number, line in new.items():
            self._rows[number] = Span(at, len(line))
            at += len(line)

    def _write(self, data: bytes) -> None:
        try:
            self._file.write(data)
            settle(self._file)
        except OSError as flaw:
            raise cannot(self.path, "written", flaw) from None


def settle(file: BinaryIO) -> None:
    """Wait until what was written is on the disk."""
    file.flush()
    os.fsync(file.fileno())
