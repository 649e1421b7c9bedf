"""`poise pocket build`: what is written, what never is, where, and how it is said."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from poise.cli.pocketing import Wanted, pocket_of
from poise.journal.entries import KINDS, Line
from poise.journal.sealing.letters import LetterKey
from poise.journal.trouble import NoJournal
from poise.pocket.building import STATIC, Pocket, files_of
from poise.pocket.wording import messages
from poise.pocket.writing import MARKER
from poise.practice import Practice
from poise.practice.demo import make_demo
from poise.practice.help_sheet import write_help_sheet
from poise.rulebook.mistake import Mistakes
from poise.shelf import STARTERS, flattened, read
from poise.web.looks import Look, write_look
from poise.web.tongue import AWAITING, saying

from ..cli.practising import Shell
from ..made import PASSPHRASE


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A practice of three invented months, and its passphrase."""
    folder = tmp_path_factory.mktemp("demo") / "practice"
    return folder, make_demo(folder, datetime.now().astimezone())


Paged = Callable[..., Pocket]


@pytest.fixture
def paged(monkeypatch: pytest.MonkeyPatch) -> Paged:
    """What a page is built from, the passphrase handed over through a pipe."""

    def of(folder: Path, passphrase: str = PASSPHRASE, **wanted: Any) -> Pocket:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{passphrase}\n"))
        return pocket_of(Wanted(str(folder), **wanted))

    return of


def whole(pocket: Pocket) -> str:
    return "\n".join(data.decode("utf-8", "replace") for data in files_of(pocket).values())


def written(practice: Practice) -> Iterator[str]:
    """Every name, and every sentence in the journal but the lines that may go along."""
    for name, kind in KINDS.items():
        for entry in practice.every(kind) if kind is not Line else ():
            texts = [value for value in vars(entry).values() if isinstance(value, str)]
            yield entry.uid
            yield from (text for text in texts if " " in text or (name == "people" and text == entry.nickname))  # type: ignore[attr-defined]


def test_nothing_about_anyone_is_in_it(demo: tuple[Path, str], paged: Paged) -> None:
    folder, passphrase = demo
    text = whole(paged(folder, passphrase, lines=True))
    with Practice.open(folder, passphrase) as practice:
        words = {each for each in written(practice) if each}
        names = {person.nickname for person in practice.people()}
    assert len(words) > 20
    found = {each for each in words - names if each in text} | {n for n in names if re.search(rf"\b{n}\b", text)}
    assert found == set()


def test_lines_go_along_if_asked_for_and_none_that_names_somebody(folder: Path, paged: Paged) -> None:
    with Practice.open(folder, PASSPHRASE) as practice:
        practice.keep_person("Marisol")
        for words in ("I'd like to hear the rest.", "Marisol, that was hers."):
            practice.journal.keep(Line(words=words, response="gentle_now"))
    assert paged(folder, lines=True).lines == {"gentle_now": ("I'd like to hear the rest.",)}
    assert paged(folder).lines == {}


def test_the_help_sheet_goes_along_unless_it_is_left_out(folder: Path, paged: Paged) -> None:
    write_help_sheet(folder, ["my neighbour on the left", "", ""])
    assert "my neighbour on the left" in whole(paged(folder))
    without = whole(paged(folder, own_help=False))
    assert "my neighbour on the left" not in without
    assert "someone near you" in without


def test_it_asks_for_no_host_but_its_own_and_has_no_path_of_this_machine(demo: tuple[Path, str], paged: Paged) -> None:
    folder, passphrase = demo
    files = files_of(paged(folder, passphrase))
    for name, data in files.items():
        text = data.decode("utf-8", "replace").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|wss?://", text), name
        assert str(Path.home()) not in text
        assert str(folder) not in text
    page = files["index.html"].decode()
    assert [url for url in re.findall(r'(?:src|href)="([^"]*)"', page) if url not in files] == []
    sheet = json.loads(files["notes.webmanifest"])
    assert [sheet[each] for each in ("id", "start_url", "scope")] == ["./", "./", "./"]
    assert all(each["src"] in files for each in sheet["icons"])


def test_its_name_and_picture_say_nothing(demo: tuple[Path, str], paged: Paged) -> None:
    files = files_of(paged(*demo))
    assert "<title>Notes</title>" in files["index.html"].decode()
    assert {json.loads(files["notes.webmanifest"])[each] for each in ("name", "short_name")} == {"Notes"}
    seen = (
        files[each].decode("utf-8", "replace") for each in ("index.html", "notes.webmanifest", "icon.svg", "away.html")
    )
    assert not re.search("poise", "".join(seen), re.IGNORECASE)
    assert not any("poise" in name for name in files)


def test_the_service_worker_knows_every_file_by_its_sum(demo: tuple[Path, str], paged: Paged) -> None:
    files = files_of(paged(*demo))
    found = re.search(r"FILES = (\{.*?\});", files["sw.js"].decode())
    assert found
    sums = {
        "./" if name == "index.html" else name: f"sha256-{base64.b64encode(hashlib.sha256(data).digest()).decode()}"
        for name, data in files.items()
        if name != "sw.js"
    }
    assert json.loads(found[1]) == sums


def test_the_same_book_gives_the_same_bytes_and_another_another_worker(demo: tuple[Path, str], paged: Paged) -> None:
    pocket = paged(*demo)
    assert files_of(pocket) == files_of(replace(pocket))
    other = files_of(replace(pocket, book=replace(pocket.book, title="Another")))
    assert other["sw.js"] != files_of(pocket)["sw.js"]


@pytest.mark.parametrize("book", STARTERS)
def test_it_is_small(book: str) -> None:
    files = files_of(Pocket(read(book)))
    assert sum(len(zlib.compress(data, 6)) for data in files.values()) < 60_000
    assert sum(map(len, files.values())) < 110_000


@pytest.mark.parametrize("language", AWAITING)
def test_it_is_said_in_the_language_of_the_practice(folder: Path, paged: Paged, language: str) -> None:
    write_look(folder, Look("dark", language))
    pocket = paged(folder)
    files, say = files_of(pocket), saying(language)
    assert f'<html lang="{language}" dir="ltr">' in files["index.html"].decode()
    for path in STATIC.glob("*.js"):
        for english in messages(path.read_text("utf-8")):
            assert say(english) != english
            assert json.dumps(say(english), ensure_ascii=False) in files[path.name].decode()
            assert json.dumps(english) not in files[path.name].decode()
    assert paged(folder, language="en").language == "en"


def test_the_command_writes_says_what_is_in_it_and_how_large(shell: Shell, tmp_path: Path) -> None:
    said = shell("pocket", "build", str(tmp_path / "notes"))
    assert "No moment, and no name that Poise knows." in " ".join(said.split())
    record = json.loads(shell("pocket", "build", str(tmp_path / "notes"), "--json"))
    assert record["keeps"] is True
    there = {path.name: path.stat().st_size for path in (tmp_path / "notes").iterdir() if path.name != MARKER}
    assert record["sizes"] == there


def test_without_a_practice_it_is_a_book_that_keeps_nothing(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POISE_HOME", str(tmp_path / "none"))
    record = json.loads(shell("pocket", "build", str(tmp_path / "notes"), "--book", "in_the_room", "--json"))
    assert record["keeps"] is False
    own = tmp_path / "where-i-live" / "mine.yaml"
    own.parent.mkdir()
    own.write_text(flattened("among_friends"), "utf-8")
    shell("pocket", "build", str(tmp_path / "own"), "--book", str(own))
    assert all(b"where-i-live" not in path.read_bytes() for path in (tmp_path / "own").iterdir())
    with pytest.raises(NoJournal, match="there is no practice"):
        shell("pocket", "build", str(tmp_path / "more"), "--lines")
    with pytest.raises(Mistakes, match="there is no rulebook"):
        shell("pocket", "build", str(tmp_path / "more"), "--book", "nowhere.yaml")
    assert not (tmp_path / "more").exists()


def test_of_several_rulebooks_it_takes_the_one_in_use_or_the_one_that_is_named(folder: Path, paged: Paged) -> None:
    with Practice.open(folder, PASSPHRASE) as practice:
        practice.books.adopt("in_the_room")
    assert paged(folder).book.title == read("in_the_room").title
    pocket = paged(folder, book="among_friends")
    assert pocket.book.title == read("among_friends").title
    with Practice.open(folder, PASSPHRASE) as practice:
        assert practice.journal.text(pocket.hash) is not None, "kept, so that what comes home is weighed by it"


def test_a_public_key_that_somebody_put_beside_the_journal_is_not_believed(folder: Path, paged: Paged) -> None:
    own = json.loads((folder / "letters.json").read_text())
    (folder / "letters.json").write_text(json.dumps(LetterKey.new().address(own["journal"]).to_plain()))
    assert paged(folder).address == own
