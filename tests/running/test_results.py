"""The file of results: whatever ends a run, no row that was there is lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from poise import __version__
from poise.foresight.scenarios import Scenarios
from poise.rulebook.mistake import Mistakes
from poise.running import Results
from poise.running.lines import header, line_of

GRID = Scenarios(axes={"strain": (0.0, 0.5, 1.0, 1.5, 2.0)})
OTHER = Scenarios(axes={"strain": (0.0, 0.5, 1.0, 1.5, 1.9)})


def row(number: int) -> dict[str, Any]:
    return {"scenario": number, "worth": number / 3, "said": "é\u2028"}


def numbers(path: Path) -> list[int]:
    return [json.loads(line)["scenario"] for line in path.read_bytes().split(b"\n")[1:-1]]


def finished(path: Path, order: list[int]) -> bytes:
    with Results(path, GRID) as results:
        for number in order:
            results.add([row(number)])
        results.sort()
    return path.read_bytes()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(5)))
def test_the_finished_file_is_the_same_in_whatever_order_rows_came(tmp_path: Path, order: list[int]) -> None:
    for name in ("a", "b"):
        (tmp_path / name).unlink(missing_ok=True)
    found = finished(tmp_path / "a", order)
    assert found == finished(tmp_path / "b", list(range(5)))
    assert found == line_of(header(GRID)) + b"".join(line_of(row(i)) for i in range(5))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "b"]


def test_cut_anywhere_it_goes_on_with_every_whole_row(tmp_path: Path) -> None:
    whole = finished(tmp_path / "whole", [3, 0, 4])
    path = tmp_path / "cut"
    for length in range(len(whole) + 1):
        path.write_bytes(whole[:length])
        with Results(path, GRID) as results:
            kept = max(0, whole[:length].count(b"\n") - 1)
            assert list(results.done) == [0, 3, 4][:kept]
            results.add(row(i) for i in (0, 1, 2, 3, 4))
            results.sort()
        assert path.read_bytes() == line_of(header(GRID)) + b"".join(line_of(row(i)) for i in range(5))


def test_a_row_that_is_there_is_not_written_again(tmp_path: Path) -> None:
    with Results(tmp_path / "r", GRID) as results:
        results.add([row(2), row(2)])
        results.add([row(2), row(1)])
    assert numbers(tmp_path / "r") == [2, 1]


def test_what_other_runs_have_is_taken_in(tmp_path: Path) -> None:
    finished(tmp_path / "a", [0, 2])
    finished(tmp_path / "b", [1, 2, 3])
    with (tmp_path / "b").open("ab") as file:
        file.write(line_of(row(4))[:-1])  # still being written
    with Results(tmp_path / "all", GRID) as results:
        for name in ("b", "a"):
            results.take(tmp_path / name)
        assert sorted(results.done) == [0, 1, 2, 3]
        results.sort()
    assert numbers(tmp_path / "all") == [0, 1, 2, 3]


def told(slips: pytest.ExceptionInfo[Mistakes]) -> str:
    return str(slips.value)


def test_two_runs_do_not_write_the_same_file(tmp_path: Path) -> None:
    with Results(tmp_path / "r", GRID), pytest.raises(Mistakes) as slips:
        Results(tmp_path / "r", GRID)
    assert told(slips) == "another run is writing `r`\n  wait for it, or stop it\n\nWhat was there is as it was."
    Results(tmp_path / "r", GRID).__exit__(None, None, None)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (line_of(header(OTHER)), "`r` is of another grid\n  name another file, or the grid that it was begun with"),
        (
            line_of(header(GRID) | {"version": "9.9"}),
            f"`r` was begun with Poise 9.9; this is {__version__}\n  name another file, or go on with that Poise",
        ),
        (b"Dear diary\n", "`r` is there already, and holds no scenarios\n  name another file"),
        (b"\xff\x00", "`r` is there already, and holds no scenarios\n  name another file"),
        (b"[1]\n", "`r` is there already, and holds no scenarios\n  name another file"),
        (
            line_of(header(GRID)) + line_of(row(1)) + b"{}\n",
            "r:3: this line is no row of a scenario\n  take the line out, or name another file",
        ),
        (
            line_of(header(GRID)) + line_of(row(5)),
            "r:2: this line is no row of a scenario\n  take the line out, or name another file",
        ),
    ],
)
def test_a_file_of_something_else_is_left_as_it_is(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "r"
    path.write_bytes(content)
    with pytest.raises(Mistakes) as slips:
        Results(path, GRID)
    assert told(slips) == f"{said}\n\nWhat was there is as it was."
    assert path.read_bytes() == content
    with Results(tmp_path / "other", GRID) as results, pytest.raises(Mistakes):
        results.take(path)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(Mistakes, match="/none/r` cannot be written: no such file or directory"):
        Results(tmp_path / "none" / "r", GRID)
    with Results(tmp_path / "r", GRID) as results, pytest.raises(Mistakes, match="cannot be opened: no such file"):
        results.take(tmp_path / "part")


def test_rows_are_on_the_disk_before_the_next_are_asked_for(tmp_path: Path) -> None:
    with Results(tmp_path / "r", GRID) as results:
        for number in (4, 1):
            results.add([row(number)])
            assert numbers(tmp_path / "r")[-1] == number


def test_a_link_stays_one_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "rows")
    finished(tmp_path / "link", [2, 0])
    assert (tmp_path / "link").is_symlink()
    assert numbers(tmp_path / "rows") == [0, 2]


@pytest.mark.parametrize("path", ["/dev/null", "/dev/full", "/dev"])
def test_what_is_no_file_is_said_in_words(path: str) -> None:
    if not Path(path).exists():
        pytest.skip("only where there are such")
    with pytest.raises(Mistakes, match=r"cannot be written|holds no scenarios"):
        Results(Path(path), GRID).add([row(0)])


def test_a_run_that_waited_for_another_writes_to_the_file_that_stands_now(tmp_path: Path) -> None:
    path = tmp_path / "r"
    ends = Results(path, GRID)
    held = Results._held

    def held_late(results: Results) -> Any:
        """As if the other run ended between opening the file and locking it."""
        if ends._file.closed:
            return held(results)
        file = path.open("a+b")
        ends.add([row(1), row(0)])
        ends.sort()
        ends._file.close()
        return file

    with pytest.MonkeyPatch.context() as late:
        late.setattr(Results, "_held", held_late)
        with Results(path, GRID) as results:
            assert sorted(results.done) == [0, 1]
            results.add([row(2)])
    assert numbers(path) == [0, 1, 2]
