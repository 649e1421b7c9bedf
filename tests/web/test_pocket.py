"""Poise on the phone, in the app: the page made, what was kept there brought home by file and over this machine."""

import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from poise.journal import waiting
from poise.journal.sealing.letters import LetterKey
from poise.practice import Practice
from poise.web.serving import Serving

from ..pocket.test_home import AT, a_moment, moments, sealed
from .conftest import PASSPHRASE
from .site import Answer, Visitor

HOME = "/settings/phone/home"


def uploaded(visitor: Visitor, *files: bytes) -> Answer:
    """Send files as a browser does."""
    mark = "----a-mark-between-the-parts"
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="notes.json"\r\n\r\n'.encode()
    body = b"".join(head + data + b"\r\n" for data in files) + f"--{mark}--\r\n".encode()
    return visitor.ask("POST", HOME, body, Content_Type=f"multipart/form-data; boundary={mark}")


def posted(visitor: Visitor, body: bytes, headers: dict[str, str | None] | None = None) -> Answer:
    return visitor.ask("POST", "/pocket/letters", body, {"Content-Type": "application/json", **(headers or {})})


def made(visitor: Visitor, **form: str) -> dict[str, bytes]:
    """The page as it is handed over: {name: what is in it}."""
    answer = visitor.send("/settings/phone/make", form)
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.raw)) as archive:
        return {name.removeprefix("notes/"): archive.read(name) for name in archive.namelist()}


# By file


def test_a_file_comes_home_once_with_its_time(unlocked: Visitor, folder: Path) -> None:
    file = sealed(folder, a_moment(folder), a_moment(folder))
    assert "2 came in, each at the time it happened." in uploaded(unlocked, file).words
    assert "2 were here before; nothing about them was changed." in uploaded(unlocked, file).words
    with unlocked.app.rooms.door.inside() as practice:
        assert [each.happened_at for each in moments(practice)] == [AT, AT]


def test_several_files_come_home_together_or_not_at_all(unlocked: Visitor, folder: Path) -> None:
    good = sealed(folder)
    answer = uploaded(unlocked, good, b"a shopping list")
    assert answer.status == 422
    assert "not a file of letters from a phone" in answer.words
    with unlocked.app.rooms.door.inside() as practice:
        assert moments(practice) == []
    assert "2 came in" in uploaded(unlocked, good, sealed(folder)).words


def test_what_cannot_be_taken_is_named_and_why(unlocked: Visitor, folder: Path) -> None:
    file = json.loads(sealed(folder, a_moment(folder)))
    other = json.loads(json.dumps(file["letters"][0])) | {"key": "0" * 16, "name": "<b>x</b>"}
    answer = uploaded(unlocked, json.dumps(file | {"letters": [*file["letters"], other]}).encode())
    assert "1 came in, at the time it happened." in answer.words
    assert "1 was not taken:" in answer.words
    assert "sealed to another journal" in answer.words
    assert "&lt;b&gt;x&lt;/b&gt;" in answer.text


@pytest.mark.parametrize("data", [b"", b"[" * 100_000, b"\x00" * 1000, b'{"poise_letters": 9, "letters": []}'])
def test_what_is_no_file_of_letters_is_said(unlocked: Visitor, data: bytes) -> None:
    answer = uploaded(unlocked, data)
    assert answer.status == 422
    assert 'role="alert"' in answer.text


def test_an_upload_of_a_hundred_megabytes_is_refused_before_it_is_read(unlocked: Visitor) -> None:
    for path in (HOME, "/pocket/letters"):
        answer = unlocked.ask("POST", path, b"", Content_Length=str(100_000_000))
        assert answer.status == 413
        assert "60 MB" in answer.text


def test_while_locked_letters_wait_and_come_in_when_it_is_unlocked(visitor: Visitor, folder: Path) -> None:
    Practice.open(folder, PASSPHRASE).lock()
    file = sealed(folder)
    page = uploaded(visitor, file).words
    assert "1 waits, sealed." in page
    assert "It joins the journal when you unlock." in page
    assert "1 was here before" in uploaded(visitor, file).words
    assert visitor.send("/unlock", {"passphrase": PASSPHRASE}).place == "/"
    with visitor.app.rooms.door.inside() as practice:
        assert [each.happened_at for each in moments(practice)] == [AT]


def test_more_letters_than_a_browser_waits_for_are_refused(unlocked: Visitor) -> None:
    file = b'{"poise_letters": 1, "letters": [' + b"0," * 10_000 + b"0]}"
    assert "`poise pocket take` takes more" in uploaded(unlocked, file).words
    assert posted(unlocked, file).status == 422


def test_a_form_without_a_file_says_that_nothing_came(unlocked: Visitor) -> None:
    assert "Nothing was there to come in." in uploaded(unlocked).words


# Over this machine


def test_letters_come_home_over_this_machine_once(unlocked: Visitor, folder: Path) -> None:
    file = sealed(folder, a_moment(folder), a_moment(folder))
    first, again = posted(unlocked, file).text, posted(unlocked, file).text
    assert (json.loads(first)["came_in"], json.loads(again)["before"]) == (2, 2)
    assert json.loads(first)["done"] == [each["name"] for each in json.loads(file)["letters"]]
    assert json.loads(unlocked.get("/pocket/letters").text) == {"here": True, "open": True}


def test_the_same_letters_sent_at_once_come_in_once(unlocked: Visitor, folder: Path) -> None:
    file = sealed(folder, *(a_moment(folder) for _ in range(4)))
    with ThreadPoolExecutor(3) as many:
        found = [json.loads(each.text) for each in many.map(lambda _: posted(unlocked, file), range(3))]
    assert sum(each["came_in"] for each in found) == 4
    assert sum(each["before"] for each in found) == 8
    assert [each["not_taken"] for each in found] == [[], [], []]


def test_over_this_machine_letters_wait_while_locked(visitor: Visitor, folder: Path) -> None:
    Practice.open(folder, PASSPHRASE).lock()
    assert json.loads(posted(visitor, sealed(folder)).text)["waiting"] == 1
    assert waiting.how_many(folder) == 1
    assert json.loads(visitor.get("/pocket/letters").text) == {"here": True, "open": False}


def test_what_is_not_letters_is_a_problem_in_words(unlocked: Visitor) -> None:
    for body in (b"", b"{}", b"[" * 100_000):
        answer = posted(unlocked, body)
        assert answer.status == 409
        assert "nothing was taken" in json.loads(answer.text)["detail"]


def test_nobody_without_a_session_reads_the_page_or_leaves_letters(app: Serving, folder: Path) -> None:
    stranger = Visitor(app)
    for path in ("/pocket/", "/pocket/book.js", "/pocket/letters", "/settings/phone", "/settings/phone/card"):
        assert stranger.get(path).status == 401
    assert posted(stranger, sealed(folder)).status == 401
    assert waiting.how_many(folder) == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": None, "Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": None},
        {"Host": "notes.example"},
    ],
)
def test_no_other_page_leaves_letters(visitor: Visitor, folder: Path, headers: dict[str, str | None]) -> None:
    assert posted(visitor, sealed(folder), headers).status in (403, 421)
    assert waiting.how_many(folder) == 0


def test_the_page_on_this_machine_is_the_one_that_is_made(unlocked: Visitor) -> None:
    files = made(unlocked, own_help="yes")
    assert {"index.html", "sw.js", "book.js", "seal.js"} <= set(files)
    for name, data in files.items():
        answer = unlocked.get(f"/pocket/{name}")
        assert (answer.status, answer.raw) == (200, data)
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]
    assert unlocked.get("/pocket/").raw == files["index.html"]
    for name in ("../guard.py", "%2e%2e/guard.py", "nothing.js", "book.js/"):
        assert unlocked.get(f"/pocket/{name}").status == 404
    assert unlocked.get("/pocket").place == "/pocket/"


def test_nobody_is_in_the_page_and_own_lines_only_where_one_says_so(unlocked: Visitor, folder: Path) -> None:
    with unlocked.app.rooms.door.inside() as practice:
        moment = practice.keep(answers={"harm": "stings"}, person="Ola", did="gentle_now", remark="a lantern fell")
        practice.line("I would rather walk on.", moment, "gentle_now")
        practice.line("Ola, I would rather not.", moment, "gentle_now")
        practice.journal.trash(practice.line("I would rather swim.", moment, "gentle_now"))
    (folder / "help.txt").write_text("Ola, the neighbour with the plums\n")
    plain = b"".join(made(unlocked).values()).decode("utf-8", "replace")
    whole = b"".join(made(unlocked, lines="yes", own_help="yes").values()).decode("utf-8", "replace")
    assert "would rather walk on" not in plain
    assert "plums" not in plain
    assert "I would rather walk on." in whole
    assert "[someone], the neighbour with the plums" in whole
    for never in ("Ola", "lantern", "I would rather not", "swim"):
        assert never not in whole


def test_a_changed_rulebook_orphans_nothing_that_was_kept_by_the_old_one(unlocked: Visitor, folder: Path) -> None:
    assert unlocked.get("/pocket/").status == 200
    file = sealed(folder)
    path = next((folder / "rulebooks").glob("*.yaml"))
    path.write_bytes(path.read_bytes() + b"\n# changed\n")
    assert json.loads(posted(unlocked, file).text)["came_in"] == 1


def test_the_demo_sends_nobody_off_with_a_page(visitor: Visitor) -> None:
    visitor.send("/welcome/demo")
    assert "Leave the demo first." in visitor.get("/settings/phone").words
    assert visitor.get("/pocket/").status == 422
    assert visitor.send("/settings/phone/make").status == 422


def test_a_journal_that_nothing_can_be_sealed_to_yet_says_so(visitor: Visitor, folder: Path) -> None:
    (folder / waiting.ADDRESS).unlink()
    assert "unlock it once" in uploaded(visitor, b'{"poise_letters": 1, "letters": []}').words


def test_while_locked_no_page_is_made_as_nobody_knows_whose_key_lies_there(visitor: Visitor) -> None:
    assert visitor.get("/pocket/").place == "/unlock?to=/pocket/"
    assert visitor.send("/settings/phone/make").place.startswith("/unlock")
    assert "it has the key that the page seals to" in visitor.get("/settings/phone").words


def test_the_page_seals_to_the_journals_own_key_whatever_lies_beside_it(unlocked: Visitor, folder: Path) -> None:
    theirs = LetterKey.new().address("somebody else")
    (folder / waiting.ADDRESS).write_text(json.dumps(theirs.to_plain()))
    book = made(unlocked)["book.js"].decode()
    assert theirs.to_plain()["point"] not in book
    assert "somebody else" not in book


# The card


def test_the_card_names_nobody_and_own_lines_stand_first_where_one_says_so(unlocked: Visitor, folder: Path) -> None:
    with unlocked.app.rooms.door.inside() as practice:
        moment = practice.keep(answers={"harm": "stings"}, person="Ola", did="gentle_now")
        practice.line("I would rather walk on.", moment, "gentle_now")
        practice.line("Ola, please.", moment, "gentle_now")
    (folder / "help.txt").write_text("Ola, 555 0100\n")
    plain, own = unlocked.get("/settings/phone/card"), unlocked.get("/settings/phone/card?lines=yes")
    assert "I would rather walk on." not in plain.words
    assert "[someone], 555 0100" in plain.words
    assert "Ways to begin I would rather walk on." in own.words
    assert own.text.count("<section class") == 4
    for page in (plain, own):
        assert "Ola" not in page.text


def test_while_locked_the_card_has_general_help_and_lines_ask_for_the_key(visitor: Visitor, folder: Path) -> None:
    (folder / "help.txt").write_text("Ola, 555 0100\n")
    page = visitor.get("/settings/phone/card").words
    assert "someone near you" in page
    assert "Ola" not in page
    assert visitor.get("/settings/phone/card?lines=yes").place == "/unlock?to=/settings/phone/card"
