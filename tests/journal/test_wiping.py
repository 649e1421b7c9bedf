"""What is left in memory of a journal once it is locked: counted from outside, in the memory of its process."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from poise.journal.sealing.wiping import wipe_freed

from .conftest import PASSPHRASE

MARK = "wintergreenish"
HOLDER = """
import sys
from pathlib import Path
from poise.journal.entries import KeptMoment
from poise.journal.journal import Journal

mark = sys.stdin.readline().strip()
journal = Journal.open(Path(sys.argv[1]), sys.stdin.readline().strip())
print(journal.vault.key.secret.hex(), flush=True)
sys.stdin.readline()
for number in range(300):
    journal.keep(KeptMoment(remark=" ".join(f"{mark}{number * 20 + place}" for place in range(20))))
for _ in range(3):
    journal.moments(most=200)
    journal.search(f"{mark}7*")
print("kept", flush=True)
sys.stdin.readline()
journal.lock()
print("locked", flush=True)
sys.stdin.readline()
"""


class Holder:
    """A process that has a journal open."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-c", HOLDER, str(folder)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.key = self.told(f"{MARK}\n{PASSPHRASE}")

    def told(self, line: str = "") -> str:
        """What it answers."""
        assert self.process.stdin
        assert self.process.stdout
        print(line, file=self.process.stdin, flush=True)
        return self.process.stdout.readline().strip()

    def counted(self) -> tuple[int, int]:
        """How many words of the journal lie in its memory, and how many times its key, in words."""
        words = keys = 0
        with (
            Path(f"/proc/{self.process.pid}/maps").open(encoding="utf-8") as maps,
            Path(f"/proc/{self.process.pid}/mem").open("rb", 0) as memory,
        ):
            for line in maps:
                start, end = (int(at, 16) for at in line.split()[0].split("-"))
                if line.split()[1].startswith("rw"):
                    memory.seek(start)
                    part = memory.read(end - start)
                    words += len(re.findall(MARK.encode() + rb"\d", part))
                    keys += part.lower().count(self.key.encode())
        return words, keys


@pytest.mark.skipif(sys.platform != "linux", reason="/proc shows the memory of a process on Linux only")
def test_locking_wipes_what_was_read_from_memory(folder: Path) -> None:
    holder = Holder(folder)
    try:
        assert holder.told() == "kept"
        try:
            open_words, _ = holder.counted()
        except PermissionError:
            pytest.skip("this system lets nobody look into the memory of another process")
        assert open_words > 5000, "there was something to wipe"
        assert holder.told() == "locked"
        words, keys = holder.counted()
        assert words < open_words / 8, f"{words} of {open_words} are left"
        assert keys <= 1, "the words of the key, which this test had printed"
    finally:
        holder.process.kill()
        holder.process.communicate()


def test_wiping_touches_nothing_that_is_in_use() -> None:
    kept = [bytes([number % 251]) * size for number, size in enumerate(range(1, 5000, 7))]
    gone = [bytearray(size) for size in range(1, 5000, 7)]
    del gone
    wipe_freed()
    assert kept == [bytes([number % 251]) * size for number, size in enumerate(range(1, 5000, 7))]
