"""A changed rulebook is used, left, undone; two tabs lose nothing; guidelines come and go."""

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


def test_leaving_it_changes_nothing(unlocked: Visitor, folder: Path, path: str) -> None:
    before = text_of(folder)
    answer = changed(unlocked, path, weight="0")
    assert "A change of yours waits here." in unlocked.get("/rulebook").words
    unlocked.send(f"{answer.place}/leave")
    assert text_of(folder) == before
    assert "A change of yours waits here." not in unlocked.get("/rulebook").words


def test_nothing_changed_is_no_change(unlocked: Visitor, path: str) -> None:
    assert "/review/" not in changed(unlocked, path).place


def test_using_twice_writes_once(unlocked: Visitor, path: str) -> None:
    answer = changed(unlocked, path, weight="0")
    use(unlocked, answer)
    assert unlocked.follow(unlocked.send(f"{answer.place}/use")).status in (200, 303)
    with unlocked.app.rooms.door.inside() as practice:
        assert [step.how for step in practice.books.history("among_friends")] == ["found", "written"]


def test_the_history_says_what_changed_and_going_back_is_a_new_step(unlocked: Visitor, folder: Path, path: str) -> None:
    before = text_of(folder)
    use(unlocked, changed(unlocked, path, weight="0"))
    page = unlocked.get(f"{the_book(unlocked)}/history")
    for words in ("how hard it pulls", "as hard as it says", "set aside, for now", "The first text that is known."):
        assert words in page.words
    back = re.search(r'href="(/rulebook/\w+/review/\w+/\w+)"', page.text)
    assert back
    assert "as hard as it says" in unlocked.get(back[1]).words
    assert unlocked.send(f"{back[1]}/use").status == 303
    assert text_of(folder) == before
    assert "You went back to an earlier text." in unlocked.get(f"{the_book(unlocked)}/history").words
    with unlocked.app.rooms.door.inside() as practice:
        assert [step.how for step in practice.books.history("among_friends")] == ["found", "written", "went back"]


def test_a_file_that_was_changed_outside_is_a_step_of_its_own(unlocked: Visitor, folder: Path, path: str) -> None:
    use(unlocked, changed(unlocked, path, weight="0"))
    file = folder / "rulebooks" / "among_friends.yaml"
    file.write_text(text_of(folder).replace('title: "Among friends"', 'title: "Among my friends"'), "utf-8")
    page = unlocked.get(f"{the_book(unlocked)}/history").words
    assert "The file was changed outside of Poise." in page
    assert "Among my friends" in page


def test_deleting_for_good_leaves_the_history_whole(unlocked: Visitor, path: str) -> None:
    use(unlocked, changed(unlocked, path, weight="0"))
    with unlocked.app.rooms.door.inside() as practice:
        practice.journal.erase(practice.keep_person("Quince"))
        steps = practice.books.history("among_friends")
        assert all(practice.journal.text(step.sha256) for step in steps)


def test_the_second_of_two_tabs_sees_both_changes_and_can_have_both(unlocked: Visitor, folder: Path, path: str) -> None:
    other = guideline(unlocked, "Address it")
    first, second = changed(unlocked, path, weight="0"), changed(unlocked, other, say="Address it, my way.")
    use(unlocked, first)
    assert unlocked.send(f"{second.place}/use").status == 303
    assert "Address it, my way." not in text_of(folder)
    page = unlocked.get(second.place)
    assert page.words.index("set aside, for now") < page.words.index("Address it, my way.")
    use(unlocked, unlocked.send(f"{second.place}/join"))
    assert "Address it, my way." in text_of(folder)
    assert re.search(r"weight: 0$", text_of(folder), re.MULTILINE)


def test_two_tabs_that_change_the_same_line_are_shown_both_and_neither_is_lost(
    unlocked: Visitor, folder: Path, path: str
) -> None:
    first, second = changed(unlocked, path, because="One reason."), changed(unlocked, path, because="Another reason.")
    use(unlocked, first)
    page = unlocked.get(second.place)
    assert "One reason." in page.words
    assert "Another reason." in page.words
    assert "Look at both together" not in page.words
    assert unlocked.follow(unlocked.send(f"{second.place}/join")).status == 200
    mine = re.search(r'href="(/rulebook/\w+/review/\w+/\w+)"', page.text)
    assert mine
    assert "One reason." in unlocked.get(mine[1]).words
    assert unlocked.send(f"{mine[1]}/use").status == 303
    assert "Another reason." in text_of(folder)


def test_a_guideline_goes_and_comes_by_form(unlocked: Visitor, folder: Path, path: str) -> None:
    page = unlocked.get(path)
    removed = unlocked.send(f"{path}/remove", {name: fields(page)[name] for name in ("base", "on")})
    assert "A guideline that is gone" in unlocked.follow(removed).words
    use(unlocked, removed)
    assert "Not in group chats" not in text_of(folder)
    form = fields(unlocked.get(f"{the_book(unlocked)}/add"))
    wrong = unlocked.send(f"{the_book(unlocked)}/add", form | {"say": "Breathe first.", "when": "harm >"})
    assert wrong.status == 422
    assert "it pulls nowhere yet" in wrong.words
    new = {
        "say": "Breathe first.",
        "when": "harm >= stings",
        "because": "I say it better.",
        "lean-call_in_later": "+nudge",
    }
    added = unlocked.send(f"{the_book(unlocked)}/add", form | new)
    assert "A new guideline" in unlocked.follow(added).words
    use(unlocked, added)
    found = read("book", text_of(folder)).guidelines["breathe_first"]
    assert (found.say, found.because) == ("Breathe first.", "I say it better.")
