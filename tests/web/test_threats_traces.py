"""What the app leaves behind: on disk, in what it says, on the wire; and what it brought along.

The rows of the threat model are listed in test_threats.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from sqlalchemy import text

import poise.web
from poise.practice import Practice

from .conftest import PASSPHRASE
from .running import Running, running
from .site import Visitor
from .test_threats import private
from .test_threats_words import MARK, WORD

STATIC = Path(poise.web.__file__).parent / "static"
VENDOR = Path(__file__).parent / "vendor"
OUTSIDE = """
import ipaddress, os, socket, sys

def watch(event, args):
    if event == "socket.connect" and args[0].family in (socket.AF_INET, socket.AF_INET6):
        host = args[1][0]
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = args[0].decode() if isinstance(args[0], bytes) else args[0]
    else:
        return
    if host not in (None, "", "localhost", "127.0.0.1", "::1"):
        with open(os.environ["WATCHED"], "a") as file:
            print(event, host, file=file)
        raise PermissionError(f"{host} is not this machine")

sys.addaudithook(watch)
"""


# On disk, in what it says, on the wire


def journey(visitor: Visitor) -> None:
    """A moment kept while locked and one kept while open, words in every field, a slip, a lock."""
    for passphrase in ("not this one", "", PASSPHRASE):
        path = visitor.send("/now", {"book": "", "whose": "theirs", "question": "safety", "answer": "safe"}).place
        visitor.send(f"{path}/draft", {"remark": MARK})
        visitor.send(f"{path}/did", {"did": "something_else"})
        visitor.send(f"{path}/kept", {"person": MARK, "remark": MARK, "line": MARK, "did_else": MARK})
        visitor.send("/unlock", {"passphrase": passphrase})
    visitor.send("/settings/help-sheet", {"line0": "somebody"})
    visitor.send("/people", {"nickname": MARK * 20})
    visitor.send(f"/people/{quote(MARK)}", {"nickname": MARK})
    visitor.send("/settings/copies")
    visitor.send("/settings/export", {"form": "json", "passphrase": PASSPHRASE})
    visitor.ask("POST", "/settings/import", MARK.encode(), Content_Type=f"multipart/form-data; boundary={MARK}")
    visitor.get(f"/look-back?since={quote_plus(MARK)}")
    visitor.get(f"/{quote(MARK)}")
    visitor.ask("POST", "/now", f"answer={MARK}".encode(), Content_Type="text/plain")
    for path in ("/", "/afterwards", "/people", "/rulebook", "/look-back", "/supervision", "/settings"):
        assert visitor.get(path).status == 200, path


def stumble(app: Running, visitor: Visitor) -> None:
    """Have the app come upon a mistake of its own, with a person's words in its message."""
    with Practice.open(app.folder, PASSPHRASE) as practice:
        person = practice.keep_person("Ola")
        practice.sign(person, "rating", said="easily")
        with practice.journal.vault.writing() as connection:
            connection.execute(text("UPDATE signs SET sign = :words"), {"words": MARK})
    answer = visitor.get(f"/people/{person.uid}")
    assert answer.status == 500
    assert "Something went wrong in Poise itself." in answer.words
    assert MARK not in answer.text


def test_no_word_is_in_what_it_says_nor_a_request(folder: Path) -> None:
    with running(folder) as app:
        visitor = app.visitor()
        journey(visitor)
        stumble(app, visitor)
    said = app.said()
    assert "a mistake of its own (UndefinedError), and goes on." in said
    for word in (*MARK.split(), quote(MARK), PASSPHRASE, "GET /", "POST /"):
        assert word not in said, said


def test_a_sealed_copy_and_all_that_lies_beside_it_has_no_word_of_it(folder: Path) -> None:
    with running(folder) as app:
        visitor = app.visitor()
        journey(visitor)
        copies = [path for path in (folder / "copies").rglob("*") if path.is_file()]
        assert copies
        app.kill()
        for path in private(folder):
            data = path.read_bytes()
            assert WORD.encode() not in data, path
            assert MARK.split()[1].encode("utf-16-le") not in data, path


def test_nothing_leaves_this_machine(folder: Path, tmp_path: Path) -> None:
    house = tmp_path / "watching"
    house.mkdir()
    (house / "sitecustomize.py").write_text(OUTSIDE)
    watched = house / "watched.txt"
    known = {"PYTHONPATH": str(house), "WATCHED": str(watched)}
    with running(folder, environment=known) as app:
        journey(app.visitor())
    assert not watched.exists(), watched.read_text()
    for attempt in ("socket.create_connection(('192.0.2.1', 80), 0.1)", "socket.getaddrinfo('example.org', 80)"):
        ran = subprocess.run(
            [sys.executable, "-c", f"import socket; {attempt}"],
            env={**os.environ, **known},
            capture_output=True,
            check=False,
        )
        assert b"is not this machine" in ran.stderr, "what would leave is seen, and refused"


# What others wrote

OWN = {"card.css", "poise.css", "poise.js", "away.html", "icon.svg", "vendored.json"}


@pytest.mark.parametrize("folder", [STATIC, VENDOR], ids=["the app", "the tests"])
def test_what_others_wrote_is_as_it_was_published(folder: Path) -> None:
    known = json.loads((folder / "vendored.json").read_text("utf-8"))
    assert {path.name for path in folder.iterdir()} - OWN == set(known)
    dependencies = (Path(__file__).parents[2] / "docs" / "dependencies.md").read_text("utf-8")
    for name, about in known.items():
        assert set(about) == {"package", "version", "file", "licence", "sha256"}
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == about["sha256"], name
        (row,) = [line for line in dependencies.splitlines() if f"| {about['package']} {about['version']} " in line]
        assert f"| {about['licence']} |" in row
