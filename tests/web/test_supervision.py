"""A page for supervision: chosen by hand, with nobody in it, printed, and put away."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from playwright.sync_api import expect

from poise.practice import Practice, supervising
from poise.web.serving import Serving
from poise.weighing.moment import Answer

from .axe import violations_in_both as violations
from .conftest import Opened
from .site import Answer as Came
from .site import Visitor
from .test_seen import unlock

REMARK = "Go back to where you all came from"
ANSWERS: dict[str, Answer] = {
    "role": "clinician", "who_was_hit": "people_not_here", "trust": "new", "harm": "stings", "safety": "safe",
    "place": "one_to_one", "link": "none", "again": "soon",
}  # fmt: skip


def keep(practice: Practice, days: int = 20, **more: Answer) -> str:
    """A moment with everything in it that could point to someone; the name of it."""
    if "in_the_room" not in practice.books.names:
        practice.books.adopt("in_the_room")
    at = practice.journal.now() - timedelta(days=days)
    kept = practice.keep(
        "in_the_room", answers=ANSWERS | more, person="Orsolya", did="let_be", forecast="same", remark=REMARK,
        happened_at=at,
    )  # fmt: skip
    if more.get("who_was_hit") != "me":
        practice.reflected(kept, {"for_us": "sore", "off": "yes"})
    return kept.uid


@pytest.fixture
def uid(unlocked: Visitor) -> str:
    with unlocked.app.rooms.door.inside() as practice:
        return keep(practice)


def fields(answer: Came) -> dict[str, str]:
    """What stands in the fields of the page that is being written."""
    found = re.findall(r'<textarea name="(\w+)"[^>]*>(.*?)</textarea>', answer.text, re.DOTALL)
    return {name: unescape(words) for name, words in found}


def begin(visitor: Visitor, *uids: str) -> Came:
    return visitor.follow(visitor.send("/supervision", {f"moment-{uid}": "yes" for uid in uids}))


def check(visitor: Visitor) -> list[str]:
    """The words that the last screen asks about."""
    return [
        unescape(words)
        for words in re.findall(r'name="word-\d+" value="([^"]*)"', visitor.get("/supervision/check").text)
    ]


@pytest.mark.parametrize("path", ["", "/write", "/check", "/page"])
def test_while_locked_nothing_is_shown(visitor: Visitor, path: str) -> None:
    assert visitor.get(f"/supervision{path}").place == f"/unlock?to=/supervision{path}"


def test_the_blank_one_needs_no_journal_in_either_order(visitor: Visitor) -> None:
    blank, ordered = visitor.get("/supervision/blank"), visitor.get("/supervision/blank?order=ethics_a")
    for part in supervising.parts_of("mine"):
        assert part.heading in blank.words
    told = [ordered.words.index(part.heading) for part in supervising.parts_of(supervising.ETHICS_A)]
    assert told == sorted(told)


def test_without_a_moment_there_is_nothing_to_choose(unlocked: Visitor) -> None:
    assert "No moment is kept yet." in unlocked.get("/supervision").words


def test_it_is_filled_in_without_name_day_place_or_remark(unlocked: Visitor, uid: str) -> None:
    filled = fields(begin(unlocked, uid))
    whole = " ".join(filled.values())
    assert "Some weeks ago." in filled["dilemma"]
    assert "Their therapist or worker." in filled["role"]
    assert "“When we are only starting out, listen first.”" in filled["this_person"]
    assert "outweighed" in filled["weighed"]
    assert filled["did"] == "Let it be, for now."
    assert "Afterwards, between us: sore." in filled["between"]
    assert "Something feels off, and is not mended yet, for now." in filled["between"]
    assert [filled[name] for name in ("ask_1", "ask_2", "ask_3", "codes")] == [""] * 4
    assert "just us two" not in filled["dilemma"] + filled["role"] + filled["did"] + filled["between"]
    for pointing in ("Orsolya", "Go back"):
        assert pointing not in whole
    assert not re.search(r"\d", whole)
    assert check(unlocked) == []


def test_guidelines_say_what_outweighed_what_in_their_own_words(unlocked: Visitor, uid: str) -> None:
    weighed = fields(begin(unlocked, uid))["weighed"]
    with unlocked.app.rooms.door.inside() as practice:
        book = practice.books.read("in_the_room")
        toward = practice.replay(practice.moment(uid)).toward
        assert toward
        says = {guideline.say.rstrip(".") for guideline in book.guidelines.values()}
        lead = book.responses[toward.lead[0]].say
    quoted = set(re.findall("“(.+?)”", weighed))
    assert quoted & says
    assert lead.lower() in weighed.lower()
    assert quoted <= {*says, *(f"{say}." for say in says), *(r.say.lower() for r in book.responses.values())} | {
        f"{r.say[:1].lower()}{r.say[1:]}" for r in book.responses.values()
    }


def test_a_bound_and_what_landed_on_me_are_said_as_they_are(unlocked: Visitor) -> None:
    with unlocked.app.rooms.door.inside() as practice:
        bound, mine = keep(practice, risk="serious_soon"), keep(practice, who_was_hit="me")
    filled = fields(begin(unlocked, bound, mine))
    assert "The first moment: Nothing was weighed: a bound came first." in filled["weighed"]
    assert "It landed on me, so nothing was weighed for me." in filled["weighed"]
    assert "Someone may get hurt." in filled["bounds"]


def test_what_is_written_is_looked_over_changed_and_printed(unlocked: Visitor, uid: str) -> None:
    begin(unlocked, uid)
    said = (
        "Orsolya wrote to me on 3 May from Guelph: you all came from elsewhere, she said. Orsolya’s words. See a@b.org."
    )
    assert (
        unlocked.send("/supervision/write", {"between": said, "ask_1": "Whose need was it?"}).place
        == "/supervision/check"
    )
    assert check(unlocked) == ["Orsolya", "you all came from", "a@b.org", "3", "May", "Guelph"]
    shown = unlocked.get("/supervision/check").words
    assert "a nickname in your journal" in shown
    changes = {
        "Orsolya": "the client",
        "3": "a",
        "May": "day",
        "Guelph": "away",
        "you all came from": "they",
        "a@b.org": "the letter",
    }
    form = {f"word-{at}": old for at, old in enumerate(changes)}
    form |= {f"instead-{at}": new for at, new in enumerate(changes.values())}
    unlocked.send("/supervision/check", form)
    assert check(unlocked) == []
    printed = unlocked.get("/supervision/page").words
    assert (
        "The client wrote to me on a day from away: they elsewhere, she said. The client’s words. See the letter."
        in printed
    )
    assert "1 Whose need was it?" in printed
    assert "still in it" not in printed


def test_what_is_left_empty_stays_and_the_page_says_so(unlocked: Visitor, uid: str) -> None:
    begin(unlocked, uid)
    unlocked.send("/supervision/write", {"unsure": "What would Orsolya say?"})
    unlocked.send("/supervision/check", {"word-0": "Orsolya", "instead-0": ""})
    assert check(unlocked) == ["Orsolya"]
    assert "Some words that could point to someone are still in it." in unlocked.get("/supervision/page").words


def test_headings_come_in_the_order_one_asks_for(unlocked: Visitor, uid: str) -> None:
    begin(unlocked, uid)
    again = unlocked.follow(unlocked.send("/supervision/write", {"codes": "my college’s code", "order": "ethics_a"}))
    assert fields(again)["codes"] == "my college’s code"
    assert list(fields(again))[:4] == ["dilemma", "role", "between", "codes"]
    unlocked.send("/supervision/write", {"speak_up": "a second chair", "order": "everything"})
    printed = unlocked.get("/supervision/page").words
    assert "In the order of ETHICS→A; the headings are ours." in printed
    assert (
        printed.index("Think of the codes") < printed.index("Select: what was done") < printed.index("a second chair")
    )


def test_the_draft_is_the_only_thing_kept_and_is_gone_once_it_is_put_away(unlocked: Visitor, uid: str) -> None:
    begin(unlocked, uid)
    unlocked.send("/supervision/draft", {"unsure": "half a sen"})
    assert fields(unlocked.get("/supervision/write"))["unsure"] == "half a sen"
    assert "Go on with your page" in unlocked.get("/supervision").words
    unlocked.app.rooms.lock()
    assert b"half a sen" not in b"".join(
        file.read_bytes() for file in unlocked.app.rooms.door.folder.rglob("*") if file.is_file()
    )
    unlocked.send("/unlock", {"passphrase": "a lantern, four plums"})
    unlocked.send("/supervision/away")
    with unlocked.app.rooms.door.inside() as practice:
        assert supervising.find(practice) is None
    assert unlocked.get("/supervision/page").status == 404


def test_nothing_chosen_too_many_and_forged_names_begin_nothing(unlocked: Visitor, uid: str) -> None:
    with unlocked.app.rooms.door.inside() as practice:
        many, person = [keep(practice) for _ in range(6)], practice.people()[0].uid
    refused = {
        "no moment is chosen": [], "that is more than one page can hold": many,
        "there is no entry `nothing`": ["nothing"], "there is no moment": [person],
    }  # fmt: skip
    for message, uids in refused.items():
        answer = unlocked.send("/supervision", {f"moment-{uid}": "yes" for uid in uids})
        assert answer.status in {404, 422}
        assert message in answer.words
    hundred = unlocked.send("/supervision", {f"moment-{uid}{at}": "yes" for at in range(100)})
    assert hundred.status == 404
    for path in ("/write", "/check", "/page"):
        assert unlocked.get(f"/supervision{path}").status == 404
    assert unlocked.send("/supervision/write", {"did": "x"}).status == 404


def test_a_page_that_is_being_made_is_not_written_over(unlocked: Visitor, uid: str) -> None:
    begin(unlocked, uid)
    unlocked.send("/supervision/draft", {"unsure": "mine"})
    answer = unlocked.send("/supervision", {f"moment-{uid}": "yes"})
    assert answer.status == 422
    assert "you are making a page already" in answer.words
    assert fields(unlocked.get("/supervision/write"))["unsure"] == "mine"


def test_a_moment_that_is_gone_by_then_takes_no_word_with_it(unlocked: Visitor, uid: str) -> None:
    begin(unlocked, uid)
    with unlocked.app.rooms.door.inside() as practice:
        practice.journal.trash(practice.moment(uid))
    unlocked.send("/supervision/write", {"unsure": "still here"})
    assert "still here" in unlocked.get("/supervision/page").words
    assert unlocked.get("/supervision/check").status == 200


def test_by_thumb_from_choosing_to_paper_with_nothing_in_the_way(opened: Opened, app: Serving) -> None:
    page = opened(bypass_csp=True)
    unlock(page)
    with app.rooms.door.inside() as practice:
        keep(practice)
        keep(practice, days=3)
    page.get_by_role("link", name="Look back").click()
    page.get_by_role("link", name="Make a page for supervision").click()
    seen = {"choose": violations(page)}
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Begin the page").click()
    expect(page.locator("h1")).to_have_text("Write your page")
    seen["write"] = violations(page)
    with page.expect_response(re.compile("/supervision/draft$")):
        page.get_by_label("The first question I want to ask").press_sequentially("What would Orsolya say")
    page.reload()
    expect(page.get_by_label("The first question I want to ask")).to_have_value("What would Orsolya say")
    page.get_by_role("button", name="Look it over for names").click()
    expect(page.locator("mark")).to_have_text(["Orsolya"])
    seen["check"] = violations(page)
    page.get_by_role("button", name="Change these").click()
    expect(page.locator("mark")).to_have_count(0)
    page.get_by_role("link", name="Show the page").click()
    expect(page.locator("article")).to_contain_text("What would this person say")
    seen["page"] = violations(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert seen == {name: [] for name in seen}
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) <= 2
    page.emulate_media(media="print")
    assert [each.is_visible() for each in page.locator("header, nav, footer, .screen").all()].count(True) == 0


def test_it_works_without_javascript(opened: Opened, app: Serving) -> None:
    page = opened(scripts=False)
    unlock(page)
    with app.rooms.door.inside() as practice:
        keep(practice)
    page.goto(f"{app.address}/supervision")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Begin the page").click()
    page.get_by_role("button", name="Look it over for names").click()
    page.get_by_role("link", name="Show the page").click()
    expect(page.locator("article h1")).to_have_text("For supervision")
