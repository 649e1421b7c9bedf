"""Nobody in the journal is named on what leaves the machine: not by the rulebook's own words either."""

from __future__ import annotations

import json
import re
import socket
import threading
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from poise.cli.pocket_serve import server
from poise.pocket.building import files_of
from poise.pocket.writing import MARKER
from poise.practice import Practice
from poise.practice.card import card, made_own
from poise.practice.help_sheet import write_help_sheet
from poise.practice.own_lines import unnamed_book
from poise.web.pocketing import zipped

from ..made import PASSPHRASE
from .test_build import Paged, paged, whole

__all__ = ["paged"]

NAME = "Marisol"


@pytest.fixture
def naming(folder: Path) -> Path:
    """A practice whose rulebook names somebody who is in the journal, wherever a rulebook has words."""
    path = next((folder / "rulebooks").glob("*.yaml"))
    words = re.compile(r'((?:title|first_duty|say|because|ask|explain|means|if_me|lines): (?:\["|")?)(?=[A-Z])')
    path.write_text(words.sub(rf"\1{NAME} ", path.read_text("utf-8")), "utf-8")
    assert path.read_text("utf-8").count(NAME) > 40
    with Practice.open(folder, PASSPHRASE) as practice:
        practice.keep_person(NAME)
        practice.books.read()
    return folder


def test_a_rulebook_that_names_somebody_goes_along_without_the_name(naming: Path, paged: Paged) -> None:
    page = paged(naming, lines=True)
    text = whole(page)
    assert NAME not in text
    assert "[someone]" in text
    with Practice.open(naming, PASSPHRASE) as practice:
        assert practice.journal.text(page.hash)  # what comes home is still weighed by the text as it stands


def test_the_card_of_such_a_rulebook_names_nobody(naming: Path) -> None:
    with Practice.open(naming, PASSPHRASE) as practice:
        found = made_own(card(practice.books.read()), practice, lines=True)
    assert NAME not in json.dumps(vars(found))
    assert "[someone]" in found.title


def test_a_rulebook_that_names_nobody_is_itself(folder: Path) -> None:
    with Practice.open(folder, PASSPHRASE) as practice:
        practice.keep_person(NAME)
        book = practice.books.read()
        assert unnamed_book(practice, book) is book


def test_a_page_by_another_book_has_no_help_sheet_of_a_journal_it_did_not_open(folder: Path, paged: Paged) -> None:
    write_help_sheet(folder, [f"{NAME}, 555 0100"])
    page = paged(folder, book="in_the_room")
    assert page.address is None
    assert not page.own_help
    assert NAME not in whole(page)


def test_files_of_the_zip_can_be_read_by_whoever_serves_them(folder: Path, paged: Paged) -> None:
    with zipfile.ZipFile(BytesIO(zipped(files_of(paged(folder))))) as archive:
        infos = archive.infolist()
    assert {oct(info.external_attr >> 16) for info in infos} == {"0o100644"}
    assert {(info.date_time, info.create_system) for info in infos} == {((1980, 1, 1, 0, 0, 0), 3)}


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[int]:
    """A folder shown on this machine; the port."""
    folder = tmp_path / "notes"
    (folder / ".git").mkdir(parents=True)
    for name in ("index.html", MARKER, ".git/config"):
        (folder / name).write_text(f"words of {name}")
    (tmp_path / "secret").write_text("words of secret")
    (folder / "link").symlink_to(tmp_path / "secret")
    running = server(folder)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield running.server_address[1]
    running.shutdown()
    running.server_close()
    thread.join(10)


def asked(port: int, path: str, *hosts: str) -> str:
    """The whole answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall("".join([f"GET {path} HTTP/1.0\r\n", *(f"Host: {each}\r\n" for each in hosts), "\r\n"]).encode())
        return b"".join(iter(lambda: line.recv(65536), b"")).decode()


def test_a_site_that_leads_its_own_name_here_reads_nothing(shown: int) -> None:
    for hosts in ((f"127.0.0.1:{shown}",), (f"localhost:{shown}",)):
        answer = asked(shown, "/", *hosts)
        assert "words of index.html" in answer
        assert "Cross-Origin-Resource-Policy: same-origin" in answer
        assert "Referrer-Policy: no-referrer" in answer
    good = f"127.0.0.1:{shown}"
    for wrong in ((), (f"evil.example:{shown}",), ("127.0.0.1",), (good, f"evil.example:{shown}"), (f"{good}.x",)):
        answer = asked(shown, "/", *wrong)
        assert " 421 " in answer.splitlines()[0]
        assert "words of" not in answer


@pytest.mark.parametrize(
    "path", [f"/{MARKER}", "/.git/config", "/%2egit/config", "/link", "/../secret", "//x/../.git/config"]
)
def test_what_is_hidden_or_outside_the_folder_is_not_shown(shown: int, path: str) -> None:
    assert " 404 " in asked(shown, path, f"127.0.0.1:{shown}").splitlines()[0]
