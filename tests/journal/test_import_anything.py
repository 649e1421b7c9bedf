"""Whatever a file says, it comes in, or is refused in words: nothing else happens, and nothing is changed."""

from __future__ import annotations

import copy
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from poise.journal.importing import bring_in
from poise.journal.journal import Journal
from poise.journal.trouble import Trouble

from .test_diaries import ENTRY, JRNL
from .test_import import counts, exported

__all__ = ["exported"]

FEW = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(10**20, 10**400)
    | st.floats()
    | st.text(max_size=40)
    | st.sampled_from(["9999-12-31T23:59:59+14:00", "0001-01-01T00:00:00-14:00", "2024-02-30", "\ud800", "\0", "Sam"]),
    lambda more: st.lists(more, max_size=3) | st.dictionaries(st.text(max_size=8), more, max_size=3),
    max_leaves=5,
)


def _tried(journal: Journal, path: Path) -> None:
    before = counts(journal)
    message = "nothing"
    try:
        bring_in(journal, path, look=True, mine=True)
    except Trouble as trouble:
        message = trouble.message
    assert message
    assert "\n" not in message
    assert counts(journal) == before


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, each in inner for found in _paths(each, (*path, key)))]


def _bent(data: st.DataObject, whole: Any) -> Any:
    """The same with one thing in it replaced, taken out, or added."""
    bent = copy.deepcopy(whole)
    *above, last = data.draw(st.sampled_from([path for path in _paths(whole) if path]))
    place = bent
    for key in above:
        place = place[key]
    how = data.draw(st.sampled_from(["replaced", "taken out", "added"]))
    if how == "taken out":
        del place[last]
    elif how == "replaced":
        place[last] = data.draw(ANYTHING)
    elif isinstance(place, dict):
        place[data.draw(st.text(max_size=10))] = data.draw(ANYTHING)
    else:
        place.append(data.draw(ANYTHING))
    return bent


@FEW
@given(data=st.data())
def test_an_export_in_which_anything_was_changed(
    untouched: Journal, exported: str, tmp_path: Path, data: st.DataObject
) -> None:
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(_bent(data, json.loads(exported))), "utf-8")
    _tried(untouched, path)


@FEW
@given(data=st.data())
def test_a_day_one_diary_in_which_anything_was_changed(untouched: Journal, tmp_path: Path, data: st.DataObject) -> None:
    whole = {"metadata": {"version": "1.0"}, "entries": [ENTRY, ENTRY]}
    text = json.dumps(_bent(data, whole))
    if data.draw(st.booleans()):
        (tmp_path / "Journal.json").write_text(text, "utf-8")
        _tried(untouched, tmp_path / "Journal.json")
    else:
        with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
            archive.writestr("Journal.json", text)
        _tried(untouched, tmp_path / "export.zip")


def _damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """The same with a piece of it replaced by other bytes."""
    start = draw(st.integers(0, len(whole)))
    end = draw(st.integers(start, min(len(whole), start + 40)))
    return whole[:start] + draw(st.binary(max_size=20)) + whole[end:]


@pytest.mark.parametrize("name", ["mine.json", "diary.txt", "2024-05-01.md", "export.zip"])
@FEW
@given(data=st.data())
def test_a_file_that_was_damaged(
    name: str, untouched: Journal, exported: str, tmp_path: Path, data: st.DataObject
) -> None:
    path = tmp_path / name
    if name == "export.zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("Journal.json", json.dumps({"entries": [ENTRY]}))
        whole = path.read_bytes()
    else:
        texts = {"mine.json": exported, "diary.txt": JRNL, "2024-05-01.md": "---\ndate: 2024-05-04\n---\nBelow.\n"}
        whole = texts[name].encode()
    path.write_bytes(data.draw(st.composite(_damaged)(whole)))
    _tried(untouched, path)


@FEW
@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_anything_at_all(untouched: Journal, tmp_path: Path, given_bytes: bytes) -> None:
    path = tmp_path / "anything"
    path.write_bytes(given_bytes)
    _tried(untouched, path)
