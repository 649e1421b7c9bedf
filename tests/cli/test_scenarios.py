"""`poise scenarios`: killed, it goes on; in parts, it is the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from poise.foresight.scenarios import read_scenarios, row_of
from poise.running.lines import header, line_of

from .conftest import Poise, Ran

GRID = """\
people: 300
policies: [optimum, kindly]
points: coarse
all: {present: 0.4}
axes:
  strain: {from: 0, to: 2, steps: 5}
  receptive: [0.2, 0.5, 0.8]
  trust_today: {from: 0.1, to: 0.9, steps: 4}
"""
COUNT = 60


@pytest.fixture
def grid(tmp_path: Path) -> str:
    path = tmp_path / "grid.yaml"
    path.write_text(GRID, encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def whole() -> bytes:
    """What comes out one after the other."""
    grid = read_scenarios("grid.yaml", GRID)
    return line_of(header(grid)) + b"".join(line_of(row_of(grid[i])) for i in range(len(grid)))


def test_every_scenario_is_worked_out(poise: Poise, grid: str, whole: bytes, tmp_path: Path) -> None:
    ran = poise("scenarios", grid, "--out", str(tmp_path / "out"))
    assert ran == Ran(0, f"{COUNT} scenarios are in {tmp_path / 'out'}.\n", "")  # and no bar without a terminal
    assert (tmp_path / "out").read_bytes() == whole


def killed_at(lines: int, out: Path, *words: str) -> int:
    """Runs until so many lines are there, and is killed; how many whole lines there are then."""
    command = [sys.executable, "-m", "poise", "scenarios", *words, "--out", str(out)]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        until = time.monotonic() + 60
        while not out.exists() or out.read_bytes().count(b"\n") < lines:
            assert run.poll() is None, "it ended before it could be killed"
            assert time.monotonic() < until
            time.sleep(0.002)
    finally:
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL)
        run.wait()
    return out.read_bytes().count(b"\n")


@pytest.mark.skipif(sys.platform == "win32", reason="nobody is killed in this way on Windows")
@pytest.mark.parametrize(
    "how", [(), pytest.param(("--processes",), marks=pytest.mark.long)], ids=["threads", "processes"]
)
def test_killed_again_and_again_it_goes_on_where_it_was(
    poise: Poise, grid: str, whole: bytes, tmp_path: Path, how: tuple[str, ...]
) -> None:
    out, there = tmp_path / "killed", 0
    for lines in (2, 12, 30):
        before = out.read_bytes() if out.exists() else b""
        there = killed_at(max(lines, there + 1), out, grid, *how)
        assert out.read_bytes().startswith(before[: before.rfind(b"\n") + 1])  # nothing that was there was touched
        assert there < COUNT + 1
    ran = poise("scenarios", grid, "--out", str(out), *how)
    assert (ran.code, ran.err) == (0, "")
    assert out.read_bytes() == whole


def test_parts_are_merged_and_what_is_missing_is_worked_out(
    poise: Poise, grid: str, whole: bytes, tmp_path: Path
) -> None:
    first, second, merged = (str(tmp_path / name) for name in ("first", "second", "merged"))
    assert (
        poise("scenarios", grid, "--out", first, "--shard", "1/3").out == f"20 of {COUNT} scenarios are in {first}.\n"
    )
    poise("scenarios", grid, "--out", second, "--shard", "3/3", "--workers", "1")
    ran = poise("scenarios", grid, "--out", merged, "--merge", first, "--merge", second)
    assert (ran.code, ran.out) == (0, f"{COUNT} scenarios are in {merged}.\n")
    assert Path(merged).read_bytes() == whole


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="where the children of a process are read is Linux's own")
def test_a_worker_that_the_system_ends_is_told_of_and_the_same_command_goes_on(
    poise: Poise, grid: str, whole: bytes, tmp_path: Path
) -> None:
    out = tmp_path / "ended"
    command = [sys.executable, "-m", "poise", "scenarios", grid, "--out", str(out), "--processes", "--workers", "2"]
    run = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    children: list[int] = []
    while len(children) < 3:  # two workers, and the one that looks after what they share
        assert run.poll() is None
        children = list(map(int, Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text().split()))
    os.kill(children[-1], signal.SIGKILL)
    said = run.communicate(timeout=60)[1]
    assert run.returncode == 2
    assert said == (
        f"the system ended a worker; what was done is in {out}\n"
        "  the same command goes on; with fewer workers, if memory was short\n"
    )
    assert poise("scenarios", grid, "--out", str(out)).code == 0
    assert out.read_bytes() == whole


@pytest.mark.skipif(sys.platform == "win32", reason="nobody is stopped in this way on Windows")
def test_stopped_with_ctrl_c_it_says_what_is_there(grid: str, tmp_path: Path) -> None:
    out = tmp_path / "stopped"
    command = [sys.executable, "-m", "poise", "scenarios", grid, "--out", str(out)]
    run = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while not out.exists() or out.read_bytes().count(b"\n") < 3:
        assert run.poll() is None
        time.sleep(0.002)
    run.send_signal(signal.SIGINT)
    said = run.communicate(timeout=60)[1]
    assert run.returncode == 130
    assert said == f"\nStopped. What was done is in {out}; the same command goes on there.\n"


def test_what_is_wrong_is_said_and_nothing_is_written(poise: Poise, grid: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    Path(grid).write_text("axes: {strian: [0, 1]}\n", encoding="utf-8")
    ran = poise("scenarios", grid, "--out", str(out))
    assert ran.code == 2
    assert "grid.yaml:1:8: there is nothing to vary called `strian`" in ran.err
    assert "did you mean `strain`?" in ran.err
    assert ran.err.endswith("Nothing was worked out.\n")
    assert not out.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--shard", "3/2"), "`3/2` is no part: write `2/8` for the second of eight"),
        (("--cluster", "tcp://127.0.0.1:9", "--workers", "2"), "a cluster has workers of its own"),
        (("--workers", "0"), "--workers"),
        (("--merge", "nothing.jsonl"), "`nothing.jsonl` cannot be opened: no such file or directory"),
    ],
)
def test_what_cannot_be_asked_for_is_named(
    poise: Poise, grid: str, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    ran = poise("scenarios", grid, "--out", str(tmp_path / "out"), *words)
    assert ran.code == 2
    assert said in ran.err


def test_files_that_are_not_there_or_hold_something_else_are_named(poise: Poise, grid: str, tmp_path: Path) -> None:
    ran = poise("scenarios", "none.yaml", "--out", str(tmp_path / "out"))
    assert (ran.code, ran.err) == (2, "`none.yaml` cannot be opened: no such file or directory\n")
    diary = tmp_path / "diary"
    diary.write_text("Tuesday\n", encoding="utf-8")
    ran = poise("scenarios", grid, "--out", str(diary))
    assert (ran.code, diary.read_text(encoding="utf-8")) == (2, "Tuesday\n")
    assert ran.err.startswith("`diary` is there already, and holds no scenarios")


def test_a_grid_without_an_end_is_refused_and_not_read(poise: Poise, tmp_path: Path) -> None:
    if not Path("/dev/zero").exists():
        pytest.skip("only where there is such a thing")
    ran = poise("scenarios", "/dev/zero", "--out", str(tmp_path / "out"))
    assert ran.code != 0
    assert "at most 1 MB" in ran.err
    assert not (tmp_path / "out").exists()
