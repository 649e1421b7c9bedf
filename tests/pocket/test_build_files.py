"""The files of a build: where they are written, the picture, the sentences in them, and how they are shown."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import zlib
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from poise.pocket.icon import SIDE, icon
from poise.pocket.wording import messages, said, slim
from poise.pocket.writing import MARKER, check_built, write
from poise.rulebook.mistake import Mistakes


def test_the_picture_is_a_whole_png() -> None:
    data, at, kinds, pixels = icon(), 8, [], b""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    while at < len(data):
        size, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        body, check = data[at + 8 : at + 8 + size], data[at + 8 + size : at + 12 + size]
        assert int.from_bytes(check) == zlib.crc32(kind + body)
        kinds.append(kind)
        pixels += body if kind == b"IDAT" else b""
        at += 12 + size
    assert kinds == [b"IHDR", b"PLTE", b"IDAT", b"IEND"]
    rows = zlib.decompress(pixels)
    assert len(rows) == SIDE * (SIDE // 8 + 1)
    assert len(set(rows)) == 2


def test_a_sentence_is_put_where_it_is_said_and_nowhere_else() -> None:
    source = 'const a = _("Go \\"on\\"."); const b = "Go"; say("Go", { x }); other_("Go");'
    assert messages(source) == ['Go "on".', "Go"]
    assert said(source, lambda words: words.upper()) == source.replace('Go \\"on\\".', 'GO \\"ON\\".').replace(
        'say("Go"', 'say("GO"'
    )
    assert slim("/* a\n   b */\n  x = 1; // stays\n  // goes\n\n/** goes */\ny\n") == "x = 1; // stays\ny\n"


def test_a_new_folder_is_written_whole_and_an_earlier_build_is_renewed(tmp_path: Path) -> None:
    place = tmp_path / "deep" / "notes"
    write(place, {"index.html": b"one", "old.js": b"old"})
    assert {path.name for path in place.iterdir()} == {"index.html", "old.js", MARKER}
    (place / "CNAME").write_text("notes.example")
    write(place, {"index.html": b"two"})
    assert {path.name for path in place.iterdir()} == {"index.html", "CNAME", MARKER}
    assert (place / "index.html").read_bytes() == b"two"
    assert [path.name for path in place.parent.iterdir()] == ["notes"]


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(Mistakes, match="holds something that this command did not write"):
        write(tmp_path, {"index.html": b""})
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
    with pytest.raises(Mistakes, match="cannot be written"):
        write(tmp_path / "thesis.txt" / "below", {"index.html": b""})


def test_a_marker_that_names_a_way_out_of_the_folder_leads_nowhere(tmp_path: Path) -> None:
    place, outside = tmp_path / "notes", tmp_path / "mine.txt"
    outside.write_text("mine")
    write(place, {"index.html": b""})
    (place / MARKER).write_text(json.dumps({"files": ["../mine.txt", "index.html"]}))
    write(place, {"index.html": b""})
    assert outside.read_text() == "mine"


def test_a_copy_that_was_moved_is_still_a_build(tmp_path: Path) -> None:
    write(tmp_path / "a", {"index.html": b"one"})
    moved = Path(shutil.move(tmp_path / "a", tmp_path / "b"))
    write(moved, {"index.html": b"two"})
    assert (moved / "index.html").read_bytes() == b"two"


@pytest.mark.parametrize("there", [True, False])
def test_a_folder_in_which_no_page_was_built_is_not_shown(tmp_path: Path, there: bool) -> None:
    if there:
        (tmp_path / "mine.txt").write_text("mine")
    folder = tmp_path if there else tmp_path / "nowhere"
    with pytest.raises(Mistakes, match="there is no page in") as said:
        check_built(folder)
    assert "Nothing was shown." in str(said.value)
    write(tmp_path / "notes", {"index.html": b""})
    check_built(tmp_path / "notes")


def test_a_built_page_is_shown_on_this_machine_until_it_is_ended(tmp_path: Path) -> None:
    write(tmp_path / "notes", {"index.html": b"<title>Notes</title>", "app.js": b"1"})
    words = [sys.executable, "-m", "poise", "pocket", "serve", str(tmp_path / "notes"), "--port", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "COLUMNS": "80"}
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=environment) as running:
        assert running.stdout
        found = re.search(r"http://127\.0\.0\.1:\d+/", running.stdout.readline())
        try:
            assert found
            with urlopen(found[0]) as answer:
                assert answer.read() == b"<title>Notes</title>"
            with urlopen(found[0] + "app.js") as answer:
                assert answer.headers["Content-Type"] == "text/javascript"
            (tmp_path / "notes" / "index.html").unlink()
            with pytest.raises(HTTPError, match="404"):
                urlopen(found[0])
        finally:
            running.send_signal(signal.SIGINT)
        assert running.wait(20) == 0
