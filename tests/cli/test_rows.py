"""`poise rows`: files in, files out, and nothing half done."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from poise import Rulebook, read, weigh_rows

from .conftest import Poise

pl = pytest.importorskip("polars", reason="polars is an extra and not installed here")
BOOK = "among_friends"
ROWS = 250


@pytest.fixture
def book() -> Rulebook:
    return read(BOOK)


@pytest.fixture
def codes(book: Rulebook) -> dict[str, Any]:
    draw = np.random.default_rng(3)
    return {q.id: draw.integers(-1, len(q.answers), ROWS).astype(np.int8) for q in book.questions}


@pytest.fixture
def as_codes(codes: dict[str, Any], tmp_path: Path) -> str:
    path = tmp_path / "codes.parquet"
    pl.DataFrame(codes).write_parquet(path)
    return str(path)


@pytest.fixture
def as_words(book: Rulebook, codes: dict[str, Any], tmp_path: Path) -> str:
    path = tmp_path / "words.parquet"
    words = {
        name: [book.considerations[name].answers[code] if code >= 0 else None for code in column]
        for name, column in codes.items()
    }
    pl.DataFrame(words, schema=dict.fromkeys(words, pl.String)).write_parquet(path)
    return str(path)


def weighed(target: Path) -> Any:
    return pl.read_parquet(target)


@pytest.mark.parametrize("whose", ["theirs", "mine"])
def test_a_file_of_codes_gives_what_weigh_rows_gives(
    poise: Poise, book: Rulebook, codes: dict[str, Any], as_codes: str, whose: str
) -> None:
    target = Path(as_codes).with_name("out.parquet")
    ran = poise("rows", BOOK, as_codes, str(target), "--whose", whose)
    assert (ran.code, ran.out, ran.err) == (0, "250 rows weighed by “Among friends”.\n", "")
    found, rows = weighed(target), weigh_rows(book, codes, whose)
    for name, responses in rows.responses.items():
        assert np.array_equal(found[name].to_numpy(), rows.leads[name])
        for response, share in zip(responses, rows.shares[name], strict=True):
            assert np.array_equal(found[f"{name}.{response}"].to_numpy(), share)
    assert np.array_equal(found["reasons"].to_numpy(), rows.marks[:, 0])
    bounds = [*book.bounds, None]
    assert found["bound"].to_list() == [bounds[number] for number in rows.bound]


def test_words_and_codes_are_the_same_rows(poise: Poise, as_codes: str, as_words: str, tmp_path: Path) -> None:
    targets = [tmp_path / "a.parquet", tmp_path / "b.parquet"]
    for source, target in zip((as_codes, as_words), targets, strict=True):
        assert poise("rows", BOOK, source, str(target)).code == 0
    assert weighed(targets[0]).equals(weighed(targets[1]))


def test_the_file_says_what_its_bits_stand_for(poise: Poise, book: Rulebook, as_codes: str, tmp_path: Path) -> None:
    target = tmp_path / "out.parquet"
    poise("rows", BOOK, as_codes, str(target))
    key = json.loads(pl.read_parquet_metadata(target)["poise"])
    assert key["reasons"] == [*book.guidelines, *book.bounds]
    assert key["lists"]["toward"] == [response.id for response in book.listed("toward")]


def test_parts_make_up_the_whole_in_order(poise: Poise, as_codes: str, tmp_path: Path) -> None:
    whole = tmp_path / "whole.parquet"
    poise("rows", BOOK, as_codes, str(whole))
    parts = [tmp_path / f"{part}.parquet" for part in (1, 2)]
    for number, target in enumerate(parts, 1):
        assert poise("rows", BOOK, as_codes, str(target), "--shard", f"{number}/2").code == 0
    assert pl.concat([weighed(target) for target in parts]).equals(weighed(whole))


def test_a_column_can_be_carried_over(poise: Poise, codes: dict[str, Any], tmp_path: Path) -> None:
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    pl.DataFrame({"name": [f"row {i}" for i in range(ROWS)], "harm": codes["harm"]}).write_parquet(source)
    assert poise("rows", BOOK, str(source), str(target), "--keep", "name", "--keep", "harm").code == 0
    assert weighed(target)["name"].to_list() == [f"row {i}" for i in range(ROWS)]
    assert np.array_equal(weighed(target)["harm"].to_numpy(), codes["harm"])


def test_no_rows_give_no_rows(poise: Poise, tmp_path: Path) -> None:
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    pl.DataFrame({"harm": []}, schema={"harm": pl.String}).write_parquet(source)
    assert poise("rows", BOOK, str(source), str(target)).out.startswith("0 rows")
    assert len(weighed(target)) == 0


NO_ANSWER = """`harm` has no answer `sting`
  did you mean `stings`?
"""
NO_NUMBER = """`harm` has no answer with the number 7
  its answers are 0 to 3; -1 is unanswered
"""
NO_COLUMN = """this book does not ask about `hram`
  did you mean `harm`?
"""
NO_WORDS = """the column `harm` holds neither words nor whole numbers
  its answers are `slip`, `stings`, `serious` or `cruel`, or their numbers from 0
"""


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ({"hram": ["stings"]}, NO_COLUMN),
        ({"harm": ["stings", None, "sting"]}, NO_ANSWER),
        ({"harm": [0, 7]}, NO_NUMBER),
        ({"harm": [0.5]}, NO_WORDS),
    ],
)
def test_what_cannot_be_weighed_is_named_and_nothing_is_written(
    poise: Poise, tmp_path: Path, column: dict[str, Any], said: str
) -> None:
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    pl.DataFrame(column).write_parquet(source)
    target.write_text("what was there before")
    ran = poise("rows", BOOK, str(source), str(target))
    assert (ran.code, ran.out, ran.err) == (2, "", f"{said}\nNothing was written.\n")
    assert target.read_text() == "what was there before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.parquet", "out.parquet"]


def test_files_that_are_not_there_are_named(poise: Poise, as_codes: str, tmp_path: Path) -> None:
    text = tmp_path / "text.parquet"
    text.write_text("no parquet")
    nowhere = str(tmp_path / "no" / "out.parquet")
    assert "there is no file" in poise("rows", BOOK, "missing.parquet", nowhere).err
    assert "cannot be read as a Parquet file" in poise("rows", BOOK, str(text), nowhere).err
    assert "cannot be written" in poise("rows", BOOK, as_codes, nowhere).err
    assert "there is no column `nmae` to keep" in poise("rows", BOOK, as_codes, nowhere, "--keep", "nmae").err


@pytest.mark.parametrize("shard", ["0/2", "3/2", "1", "a/b", "-1/2"])
def test_a_part_that_cannot_be_is_refused(poise: Poise, as_codes: str, tmp_path: Path, shard: str) -> None:
    ran = poise("rows", BOOK, as_codes, str(tmp_path / "out.parquet"), f"--shard={shard}")
    assert ran.code == 2
    assert "write `2/8` for the second of eight" in ran.err


def test_without_polars_it_says_how_to_get_it(as_codes: str, tmp_path: Path) -> None:
    without = "import sys; sys.modules['polars'] = None; from poise.cli import main; main()"
    words = [sys.executable, "-c", without, "rows", BOOK, as_codes, str(tmp_path / "out.parquet")]
    done = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (
        2,
        "this needs Polars, which is not installed\n  pip install 'poise[rows]'\n",
    )


def test_without_numba_it_says_how_to_get_it(as_codes: str, tmp_path: Path) -> None:
    without = "import sys; sys.modules['numba'] = None; from poise.cli import main; main()"
    words = [sys.executable, "-c", without, "rows", BOOK, as_codes, str(tmp_path / "out.parquet"), "--engine", "numba"]
    done = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (
        2,
        "this needs numba, which is not installed\n  pip install 'poise[fast]'\n",
    )


def test_the_help_says_what_it_is_for(poise: Poise) -> None:
    said = " ".join(poise("rows", "--help").out.split())
    assert "For invented situations and research" in said
    assert "Never for scoring people" in said
