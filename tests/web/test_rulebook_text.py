"""The whole book as text, other books, bad input; what is typed is not lost."""

import re
from pathlib import Path

import pytest

from poise.practice import Practice
from poise.practice.book_history import hash_of
from poise.rulebook.reading import read

from .conftest import PASSPHRASE
from .rulebook_site import fields, guideline, text_of, the_book, use
from .site import Visitor


@pytest.fixture
def path(unlocked: Visitor) -> str:
    """The form of a guideline about group chats."""
    return guideline(unlocked, "Not in group chats")


def test_the_whole_book_as_text_keeps_every_space(unlocked: Visitor, folder: Path) -> None:
    path = f"{the_book(unlocked)}/text"
    form = fields(unlocked.get(path))
    assert form["text"] == text_of(folder)
    use(
        unlocked,
        unlocked.send(path, form | {"text": form["text"].replace("\n", "\r\n") + "\r\n# a note of mine  \r\n"}),
    )
    assert text_of(folder) == form["text"] + "\n# a note of mine  \n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "this file is empty"),
        ("poise: 1\ntitle: a: b\n", "colon"),
        ("poise: 1\ntitle: Mine\n\tx: 1\n", "tab"),
        ("poise: 1\ntitle: &a [*a]\n", ""),
        ("a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n", ""),
        ("poise: 1\ntitle: !!python/object:os.system x\n", ""),
        ("poise: 1\ntitle: \x01\x02\n", "control|invisible|sign"),
        ("\x00\ud7ff" * 50, ""),
        ("[" * 5000, ""),
        ("poise: 1\ntitle: Mine\ninclude: ../../keys.json\n", "there is no file"),
    ],
    ids=range(10),
)
def test_a_text_that_cannot_be_read_is_kept_on_the_page(unlocked: Visitor, folder: Path, text: str, says: str) -> None:
    before, path = text_of(folder), f"{the_book(unlocked)}/text"
    answer = unlocked.send(path, {"base": hash_of(before), "text": text})
    assert answer.status == 422
    assert re.search(says, answer.words)
    assert fields(answer)["text"].replace("\ufffd", "") == text.replace("\x00", "") or "\x00" in text
    assert text_of(folder) == before


@pytest.mark.parametrize("size", [1_000_001, 1_100_000, 3_000_000])
def test_a_text_that_is_larger_than_any_book_changes_nothing(unlocked: Visitor, folder: Path, size: int) -> None:
    before, path = text_of(folder), f"{the_book(unlocked)}/text"
    answer = unlocked.send(path, {"base": hash_of(before), "text": "x" * size})
    assert answer.status in (400, 413, 422)
    assert text_of(folder) == before


def test_every_mistake_of_a_text_is_shown_with_its_line(unlocked: Visitor, folder: Path) -> None:
    text = text_of(folder).replace("harm >= stings", "harm >= stngs", 2).replace("grip: loose", "grip: losse")
    answer = unlocked.send(f"{the_book(unlocked)}/text", {"base": hash_of(text_of(folder)), "text": text})
    assert answer.words.count("did you mean stings ?") == 2
    assert re.search(r"Line \d+", answer.words)


def test_an_include_of_what_comes_with_poise_is_written_in(unlocked: Visitor, folder: Path) -> None:
    text = 'poise: 1\ntitle: "Short"\ninclude: repertoire.yaml\n'
    answer = unlocked.send(f"{the_book(unlocked)}/text", {"base": hash_of(text_of(folder)), "text": text})
    use(unlocked, answer)
    assert "include" not in text_of(folder)
    assert read("book", text_of(folder)).guidelines


def test_a_text_sent_while_locked_stays_on_the_page(unlocked: Visitor, folder: Path) -> None:
    path, form = f"{the_book(unlocked)}/text", {"base": hash_of(text_of(folder)), "text": "poise: 1\ntitle: half a tho"}
    unlocked.app.rooms.lock()
    answer = unlocked.send(path, form)
    assert answer.status == 422
    assert "the journal is locked" in answer.words
    assert "half a tho" in fields(answer)["text"]


def test_what_is_typed_is_offered_again(unlocked: Visitor, folder: Path, path: str) -> None:
    text = f"{the_book(unlocked)}/text"
    unlocked.send(f"{text}/draft", {"base": hash_of(text_of(folder)), "text": "poise: 1\nhalf a tho"})
    unlocked.send(f"{path}/draft", fields(unlocked.get(path)) | {"say": "Half a sen"})
    unlocked.app.rooms.lock()
    unlocked.send("/unlock", {"passphrase": PASSPHRASE})
    for where, words in ((text, "half a tho"), (path, "Half a sen")):
        page = unlocked.get(where)
        assert "This is what you were writing." in page.words
        assert words in page.text
        unlocked.send(f"{where}/anew")
        assert words not in unlocked.get(where).text


@pytest.mark.parametrize("begin_from", ["in_the_room", "blank"])
def test_another_book_begins_and_is_in_use_and_the_first_can_be_used_again(unlocked: Visitor, begin_from: str) -> None:
    first = the_book(unlocked)
    begun = unlocked.send("/rulebook/new", {"from": begin_from, "title": "../Äpfel & 梨子: mine"})
    page = unlocked.follow(begun)
    assert "../Äpfel & 梨子: mine" in page.words
    assert ("No guideline yet." in page.words) == (begin_from == "blank")
    assert the_book(unlocked) == begun.place
    assert "Weigh by this book from now on" in unlocked.get(first).words
    unlocked.send(f"{first}/use")
    assert the_book(unlocked) == first


def test_two_books_of_one_title_have_two_names(unlocked: Visitor, folder: Path) -> None:
    for _ in range(2):
        assert unlocked.send("/rulebook/new", {"from": "blank", "title": "CON"}).status == 303
    assert unlocked.send("/rulebook/new", {"from": "../../keys", "title": "x"}).status == 422
    names = {path.name for path in (folder / "rulebooks").iterdir()}
    assert names == {"among_friends.yaml", "con_book.yaml", "con_book_2.yaml"}


def test_a_book_that_cannot_be_read_says_why_and_can_be_put_right(unlocked: Visitor, folder: Path) -> None:
    path = f"{the_book(unlocked)}/text"
    (folder / "rulebooks" / "among_friends.yaml").write_text("poise: 1\ntitle: a: b\n", "utf-8")
    assert "This book cannot be read as it stands." in unlocked.get("/rulebook").words
    form = fields(unlocked.get(path))
    answer = unlocked.send(
        path, form | {"text": form["text"].replace("a: b", "Mine") + 'responses: {toward: {ask: {say: "Ask"}}}\n'}
    )
    assert "cannot be compared" in unlocked.follow(answer).words
    use(unlocked, answer)
    assert "Mine" in unlocked.get("/rulebook").words


@pytest.mark.parametrize(
    "path",
    ["/rulebook/000000000000", "{}/guideline/000000000000", "{}/review/x/y", "{}/review/{sha}/{sha}0",
     "{}/history?until=-1", "{}/text?from=nothing", "{}/findings/x"],
)  # fmt: skip
def test_an_address_that_leads_nowhere_says_so(unlocked: Visitor, path: str) -> None:
    assert unlocked.get(path.format(the_book(unlocked), sha="0" * 64)).status in (200, 404)


def test_findings_and_promises_come_with_a_moment_to_look_at(visitor: Visitor) -> None:
    path = f"{the_book(visitor)}/findings"
    assert "Looking through every situation" in visitor.get(path).words
    for _ in range(600):
        page = visitor.get(f"{path}/looked").words
        if "What it promises" in page:
            break
    assert "Holds in every situation." in page


def test_a_practice_without_a_book_says_how_to_begin_one(folder: Path, unlocked: Visitor) -> None:
    (folder / "rulebooks" / "among_friends.yaml").unlink()
    assert unlocked.get("/rulebook").status == 200


def test_steps_beyond_one_setting_are_all_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("poise.practice.book_history.AT_ONCE", 3)
    with Practice.open(folder, PASSPHRASE) as practice:
        history = practice.books._history
        for number in range(10):
            history.add("among_friends", f"text {number % 7}", "written")
        assert [step.sha256 for step in history.steps("among_friends")] == [hash_of(f"text {n % 7}") for n in range(10)]
        assert len(practice.journal.setting("history/among_friends/0")) == 3
