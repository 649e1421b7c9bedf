"""My rulebook, as forms without JavaScript: read, changed in words, and looked at before it counts."""

import re
from pathlib import Path

import pytest

from poise.rulebook.reading import read

from .rulebook_site import changed, fields, guideline, text_of, the_book, use
from .site import Visitor


@pytest.fixture
def path(unlocked: Visitor) -> str:
    """The form of a guideline about group chats."""
    return guideline(unlocked, "Not in group chats")


def test_the_book_reads_as_a_book_also_while_locked(visitor: Visitor) -> None:
    page = visitor.get("/rulebook?whole=yes")
    assert page.status == 200
    for words in (
        "Among friends",
        "First duty",
        "Because" and "An ally who stays quiet",
        "pulls",
        "Bounds",
        "never leads",
    ):
        assert words in page.words
    assert "==" not in page.words
    assert not re.search(r"\d+\.\d|%", page.words)


@pytest.mark.parametrize("path", ["/rulebook/{}/text", "/rulebook/{}/add", "/rulebook/{}/history", "/rulebook/new"])
def test_changing_needs_unlocking_and_comes_back_to_its_page(visitor: Visitor, path: str) -> None:
    path = path.format(the_book(visitor).rsplit("/", 1)[1])
    assert visitor.get(path).place == f"/unlock?to={path}"


def test_no_address_holds_a_word_of_the_book(unlocked: Visitor) -> None:
    addresses = re.findall(r'href="(/rulebook/[^"]*)"', unlocked.get("/rulebook?whole=yes").text)
    assert len(addresses) > 40
    kinds = "guideline|text|add|history|findings|new"
    assert all(
        re.fullmatch(rf"/rulebook/(\w{{12}}|new)?(/({kinds}))?(/\w{{12}})?(\?whole=yes(#g-\w{{12}})?)?", each)
        for each in addresses
    )


def test_one_word_changes_and_not_one_other_character(unlocked: Visitor, folder: Path, path: str) -> None:
    before = text_of(folder)
    use(unlocked, changed(unlocked, path, because="I tried it, and it went badly."))
    old, new = before.splitlines(), text_of(folder).splitlines()
    assert len(old) == len(new)
    (line,) = [after for was, after in zip(old, new, strict=True) if was != after]
    assert line.strip() == 'because: "I tried it, and it went badly."'


def test_words_weight_grip_leans_and_conditions_change_together(unlocked: Visitor, folder: Path, path: str) -> None:
    book = read("book", text_of(folder))
    (id_,) = [each for each, found in book.guidelines.items() if found.say.startswith("Not in group chats")]
    lean = next(iter(book.guidelines[id_].clauses[0].leans))
    new = {"say": "Not in chats.", "when-0": 'place in (group_chat, public_online) and energy == low', "weight": "2",
           "grip": "loose", f"lean-0-{lean}": "+nudge", "lean-0-ask": "-strong", "anchored": "yes"}  # fmt: skip
    answer = unlocked.send(path, fields(unlocked.get(path)) | new)
    page = unlocked.follow(answer)
    for words in (
        "Before",
        "After",
        "Not in chats.",
        "held loosely",
        "harder than written",
        "pulls strongly away from",
    ):
        assert words in page.words
    use(unlocked, answer)
    after = read("book", text_of(folder)).guidelines[id_]
    assert (after.say, after.weight, after.grip, after.anchored) == ("Not in chats.", 2, "loose", True)
    assert after.clauses[0].leans[lean] == 750
    assert after.clauses[0].leans["ask"] == -3000


def test_what_cannot_be_understood_is_said_all_at_once_and_nothing_is_lost(unlocked: Visitor, path: str) -> None:
    answer = changed(
        unlocked, path, say="A sentence I like.", when__0="plaec == group_chat", unless__0="harm >= enormous"
    )
    assert answer.status == 422
    assert "did you mean place ?" in answer.words
    assert "harm has no answer enormous" in answer.words
    assert "^^^^^" in answer.text
    again = fields(answer)
    assert (again["say"], again["when-0"]) == ("A sentence I like.", "plaec == group_chat")


def test_a_condition_is_read_back_while_it_is_typed(unlocked: Visitor) -> None:
    path = f"{the_book(unlocked)}/condition"
    assert "It reads: place is “" in unlocked.send(path, {"when": "place == group_chat"}).words
    assert "did you mean place ?" in unlocked.send(f"{path}?of=unless-0", {"unless-0": "plaec == group_chat"}).words
    assert unlocked.send(path, {"when": " "}).words == ""


def test_what_one_cares_about_is_said_first_and_can_be_changed(unlocked: Visitor, folder: Path) -> None:
    path = guideline(unlocked, "Address it")
    assert "This is your first rule. You care about it." in unlocked.get(path).words
    answer = changed(unlocked, path, say="Address it, sometimes.")
    page = unlocked.follow(answer).words
    assert page.index("You care about it.") < page.index("Address it, sometimes.")
    use(unlocked, answer)
    assert "Address it, sometimes." in text_of(folder)


def test_kept_moments_that_would_have_leaned_otherwise_are_shown_before_it_counts(unlocked: Visitor) -> None:
    with unlocked.app.rooms.door.inside() as practice:
        for _ in range(3):
            practice.keep(answers={"safety": "safe", "who_was_hit": "someone_here", "harm": "stings"}, person="Plum")
    answer = changed(unlocked, guideline(unlocked, "Address it"), weight="0")
    page = unlocked.follow(answer).words
    assert re.search("The last 3 moments were weighed again", page)
    answer = changed(unlocked, guideline(unlocked, "Address it"), lean__0__let_be="+strong", weight="2")
    page = unlocked.follow(answer).words
    assert "These would have leaned otherwise." in page
    assert "It would lean to let it be, for now" in page.replace("Let", "let")


def test_a_moment_that_changed_by_an_earlier_change_is_not_counted_again(unlocked: Visitor) -> None:
    with unlocked.app.rooms.door.inside() as practice:
        practice.keep(answers={"safety": "safe", "who_was_hit": "someone_here", "harm": "stings"})
    use(unlocked, changed(unlocked, guideline(unlocked, "Address it"), lean__0__let_be="+strong", weight="2"))
    page = unlocked.follow(changed(unlocked, guideline(unlocked, "Not in group chats"), because="Another reason."))
    assert "The same would have led" in page.words


def test_what_is_newly_found_comes_after_the_page_and_says_when_it_is_still_looked_for(unlocked: Visitor) -> None:
    answer = changed(unlocked, guideline(unlocked, "Address it"), lean__0__let_be="+strong", weight="2")
    assert "Still being looked at" in unlocked.follow(answer).words
    assert f'href="{answer.place}"' in unlocked.get(answer.place).text
    for _ in range(600):
        found = unlocked.get(f"{answer.place}/looked")
        if "Does not hold" in found.words:
            break
    assert re.search("Does not hold: “Let it be, for now” leads all the same, when", found.words)
    assert "What it says of this moment" in found.words
