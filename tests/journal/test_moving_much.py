"""Very much at once: memory stays the same, and a process that is killed leaves all of it or nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from poise.journal.importing import bring_in
from poise.journal.journal import Journal

from .conftest import PASSPHRASE
from .test_import import counts

PROGRAM = """
import resource, sys
from pathlib import Path
from poise.journal.exporting import export
from poise.journal.importing import bring_in
from poise.journal.journal import Journal
with Journal.open(Path(sys.argv[1]), sys.argv[2]) as journal:
    print("open", flush=True)
    bring_in(journal, Path(sys.argv[3]))
    print("in", flush=True)
    path = export(journal, Path(sys.argv[3]).parent).path
    bring_in(journal, path)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def _diary(path: Path, count: int) -> Path:
    with path.open("w") as file:
        for n in range(count):
            day = f"{2000 + n % 25}-{n % 12 + 1:02}-{n % 28 + 1:02} {n % 24:02}:{n % 60:02}"
            file.write(f"[{day}] Number {n}. {'About a lantern, and the rain. ' * 4}\n")
    return path


def _started(folder: Path, diary: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder), PASSPHRASE, str(diary)], stdout=subprocess.PIPE, text=True
    )


@pytest.mark.long
def test_memory_does_not_grow_with_what_comes_in(folder: Path, another: Path, tmp_path: Path) -> None:
    """Ten times as many entries; beside the names that were seen, nothing is held."""
    most = []
    for place, count in ((folder, 10_000), (another, 100_000)):
        (tmp_path / str(count)).mkdir()
        out, _ = _started(place, _diary(tmp_path / str(count) / "diary.txt", count)).communicate()
        most.append(int(out.split()[-1]))
    assert most[1] - most[0] < 100, "MB"


@pytest.mark.long
@pytest.mark.parametrize("after", [0.05, 0.5, 1.5])
def test_an_import_that_is_killed_leaves_nothing_of_it(folder: Path, tmp_path: Path, after: float) -> None:
    diary = _diary(tmp_path / "diary.txt", 20_000)
    with _started(folder, diary) as process:
        assert process.stdout
        assert process.stdout.readline() == "open\n"
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
    with Journal.open(folder, PASSPHRASE) as journal:
        assert journal.faults() == []
        found = counts(journal)
        assert found["moments"] in (0, 20_000)
        assert found["search"] == found["changes"] == found["moments"]
        bring_in(journal, diary)
        assert counts(journal)["moments"] == 20_000
