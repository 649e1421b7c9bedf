"""The first visit: a demo that is thrown away, or a practice set up in two minutes."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from poise.practice import Practice
from poise.web.door import Door
from poise.web.page import Rooms
from poise.web.serving import serving

from .conftest import PASSPHRASE
from .site import Visitor


@pytest.fixture
def newcomer(tmp_path: Path) -> Iterator[Visitor]:
    """Somebody whose machine has no practice yet."""
    with serving(Rooms(Door(tmp_path / "home" / "practice")), 0) as app:
        yield Visitor(app).enter()


def test_every_page_leads_to_the_first_visit(newcomer: Visitor) -> None:
    for path in ("/", "/people", "/settings", "/unlock", "/rulebook"):
        assert newcomer.get(path).place == "/welcome"
    page = newcomer.get("/welcome")
    assert "Soft guidelines for hard moments" in page.words
    assert "没有规矩，不成方圆" in page.words


def test_help_is_there_before_anything_is_set_up(newcomer: Visitor) -> None:
    assert "a crisis line where you live" in newcomer.get("/danger").words


def test_a_demo_is_full_of_invented_moments_and_leaves_nothing(newcomer: Visitor) -> None:
    newcomer.send("/welcome/demo")
    page = newcomer.get("/people")
    assert "This is a demo with invented moments." in page.words
    folder = newcomer.app.rooms.door.folder
    assert folder.is_dir()
    assert newcomer.send("/welcome/leave-demo").place == "/welcome"
    assert not folder.exists()
    assert newcomer.get("/people").place == "/welcome"


def test_a_practice_is_set_up_with_a_kit_that_is_proved_and_a_help_sheet(newcomer: Visitor) -> None:
    form = {"book": "keeping_the_room", "passphrase": PASSPHRASE, "again": PASSPHRASE}
    page = newcomer.follow(newcomer.send("/welcome", form))
    groups = re.findall(r"\b[0-9A-Z]{5}\b", page.text.split('class="kit"')[1].split("</p>")[0])
    asked = re.findall(r'name="group(\d)"', page.text)
    wrong = newcomer.send("/welcome/kit", {f"group{number}": "00000" for number in asked})
    assert wrong.status == 422
    asked = re.findall(r'name="group(\d)"', wrong.text)
    typed = {f"group{number}": groups[int(number) - 1].lower() for number in asked}
    assert newcomer.send("/welcome/kit", typed).place == "/welcome/help-sheet"
    assert newcomer.send("/welcome/help-sheet", {"line0": "my sister"}).place == "/"
    assert "Keeping the room" in newcomer.get("/").words
    folder = newcomer.app.rooms.door.folder
    newcomer.app.rooms.lock()
    with Practice.open(folder, PASSPHRASE) as practice:
        assert practice.books.names == ["keeping_the_room"]
        assert practice.journal.vault.keys.kit_proved is not None


@pytest.mark.parametrize(("first", "again", "words"), [("abc", "abc", "8 to"), (PASSPHRASE, "else", "differ")])
def test_a_passphrase_that_will_not_do_sets_nothing_up(newcomer: Visitor, first: str, again: str, words: str) -> None:
    answer = newcomer.send("/welcome", {"book": "in_the_room", "passphrase": first, "again": again})
    assert answer.status == 422
    assert words in answer.words
    assert not newcomer.app.rooms.door.there


def test_a_practice_that_is_there_is_not_set_up_again(visitor: Visitor) -> None:
    assert visitor.get("/welcome").place == "/"
    assert visitor.send("/welcome", {"passphrase": "x" * 20, "again": "x" * 20}).place == "/"
    assert visitor.send("/unlock", {"passphrase": PASSPHRASE}).status == 303
