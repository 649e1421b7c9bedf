"""`poise audit` at a shell, and the page it writes."""

import json
import re
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import pytest

import poise as library
from poise.cli.audit_page import START, page
from poise.cli.audit_style import STYLE
from poise.examining.audit import audit
from poise.examining.telling import sections
from poise.rulebook.reading import read
from poise.shelf import STARTERS

from .conftest import Poise

NOT_OURS = re.compile(r"%|!|\b(should|must|appropriate|problematic|offender|incident|compliance|optimal|score)\b")

HOSTILE = """
poise: 1
title: 'A <b>bold</b> & "quoted" <script>alert(1)</script> title'
responses:
  toward:
    say: {say: "Say <em>it</em> & mean it", directness: much, heard_by: everyone_here}
    let_be: {say: "Let it be"}
considerations:
  harm: {ask: 'How <bad> is "it" & why?', answers: slip < stings, words: {slip: "a <slip>", stings: 'it "stings"'}}
  dull: {ask: Is it dull?, answers: no | yes}
guidelines:
  one: {say: "Speak <up>", when: harm == stings, lean: {say: nudge}}
  two: {say: Quiet, lean: {let_be: 0.001}}
bounds:
  stop: {when: dull == yes, instead: "Stop </p> here"}
"""


@pytest.mark.parametrize("book", STARTERS)
def test_a_starter_book_is_told_in_words(poise: Poise, book: str) -> None:
    ran = poise("audit", book)
    assert (ran.code, ran.err) == (0, "")
    assert not NOT_OURS.search(re.sub(r"poise weigh [^“]*", "", ran.out))
    for heading in ("Toward the one who said it", "Silence", "Loudness", "Ties", "The guidelines"):
        assert f"\n{heading}\n" in ran.out


def test_the_exact_numbers_are_in_the_json(poise: Poise) -> None:
    told = json.loads(poise("audit", "among_friends", "--json").out)
    assert told["situations"] == 352_638_738_432_000
    for found in told["lists"].values():
        alone = sum(Fraction(each["exact"]) for each in found["alone"].values())
        assert alone + Fraction(found["tie"]["exact"]) == 1
        assert float(Fraction(found["close"]["exact"])) == found["close"]["share"]
        assert "harm,safety" in found["by"]
    assert told["decisive"] is None


def test_weights_say_how_often_answers_are_given(poise: Poise, tmp_path: Path) -> None:
    weights = tmp_path / "weights.yaml"
    weights.write_text("safety: {safe: 9, mostly: 1}\nrisk: {none: 1}\ndependent: {none: 1}\n", encoding="utf-8")
    told = json.loads(poise("audit", "among_friends", "--weights", str(weights), "--json").out)
    assert told["weighted"]
    assert all(share["share"] == 0 for share in told["stopped"].values())
    assert set(told["lists"]["toward"]["by"]["safety"]) == {"safe", "mostly"}
    words = poise("audit", "among_friends", "--weights", str(weights)).out
    assert "Answers come as often as you said" in words
    assert "not safe: nothing is weighed" in words


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("harn: {slip: 1}", ":1:1:", "did you mean `harm`?"),
        ("harm: {slipp: 1}", ":1:8:", "did you mean `slip`?"),
        ("harm: {slip: many}", ":1:14:", "a weight is a number, 0 or more"),
        ("harm: {slip: -1}", ":1:14:", "a weight is a number, 0 or more"),
        ("harm: {slip: 0}", ":1:7:", "no answer to `harm` weighs anything"),
        ("harm: often", ":1:7:", "`harm` needs a weight for each answer"),
    ],
)
def test_a_mistake_in_the_weights_is_shown_where_it_is(
    poise: Poise, tmp_path: Path, text: str, place: str, message: str
) -> None:
    weights = tmp_path / "weights.yaml"
    weights.write_text(text + "\n", encoding="utf-8")
    ran = poise("audit", "among_friends", "--weights", str(weights))
    assert (ran.code, ran.out) == (2, "")
    assert place in ran.err
    assert message in ran.err
    assert ran.err.endswith("Nothing was examined.\n")


def test_weights_that_are_not_there_are_said_to_be_missing(poise: Poise) -> None:
    ran = poise("audit", "among_friends", "--weights", "nowhere.yaml")
    assert (ran.code, ran.out) == (2, "")
    assert "`nowhere.yaml` cannot be opened" in ran.err


def test_the_page_is_written_and_somebodys_work_is_not_written_over(poise: Poise, tmp_path: Path) -> None:
    file = tmp_path / "audit.html"
    assert poise("audit", "in_the_room", "--html", str(file)).code == 0
    first = file.read_text(encoding="utf-8")
    assert first.startswith(START)
    assert poise("audit", "in_the_room", "--html", str(file)).code == 0
    mine = tmp_path / "mine.yaml"
    mine.write_text("poise: 1\n", encoding="utf-8")
    ran = poise("audit", "in_the_room", "--html", str(mine))
    assert ran.code == 2
    assert "is there already" in ran.err
    assert mine.read_text(encoding="utf-8") == "poise: 1\n"


class Page(HTMLParser):
    """What stands in a page: tags with their attributes, and text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "circle", "ellipse"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.texts.append(data)

    def named(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]


def test_the_page_stands_by_itself_and_can_be_read_without_seeing_it() -> None:
    text = page(audit(library.read("in_the_room")))
    found = Page(text)
    assert found.open == []
    assert "://" not in text
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in found.tags}
    assert not any(name.startswith("on") or name in ("src", "href") for _, each in found.tags for name in each)
    assert found.named("html") == [{"lang": "en"}]
    assert len(found.named("h1")) == len(found.named("main")) == len(found.named("title")) == 1
    headings = [int(tag[1]) for tag, _ in found.tags if re.fullmatch(r"h\d", tag)]
    assert headings[0] == 1
    assert set(headings[1:]) == {2}
    assert all(picture["aria-hidden"] == "true" for picture in found.named("svg"))
    beside = re.findall(r"</svg>(<span>)?([^<]+)", text)
    assert len(beside) == len(found.named("svg")), "words stand beside every stone"
    assert all(each.get("scope") in ("row", "col") for each in found.named("th"))
    assert len(found.named("caption")) == len(found.named("table"))
    assert not NOT_OURS.search(re.sub(r"poise weigh [^“<]*", "", " ".join(found.texts)))


def test_what_a_book_says_is_shown_and_never_taken_for_markup() -> None:
    book = read("hostile", HOSTILE)
    found = Page(page(audit(book, guidelines=True)))
    assert "script" not in {tag for tag, _ in found.tags}
    words = "".join(found.texts)
    assert 'A <b>bold</b> & "quoted" <script>alert(1)</script> title' in words
    assert 'How <bad> is "it" & why?' in words
    assert "“Speak <up>”" in words
    labels = [each.get("aria-label") or "" for _, each in found.tags]
    assert any('How <bad> is "it" & why?' in label for label in labels)


def test_the_guidelines_say_what_they_change() -> None:
    lines = sections(audit(read("hostile", HOSTILE), guidelines=True))[-1].lines
    assert lines == (
        "It has 2 guidelines.",
        "These always apply: “Quiet”.",
        "These change what leads most often:",
        "  “Speak <up>”: in half.",
        "  “Quiet”: in half.",
    )


@pytest.mark.parametrize("scheme", [0, 1, 2])
def test_every_pair_of_colours_can_be_read(scheme: int) -> None:
    colours = [dict(re.findall(r"--(\w+):(#[0-9a-f]+)", block)) for block in re.findall(r":root\{([^}]*)\}", STYLE)]
    assert len(colours) == 3
    found = {**colours[0], **colours[scheme]}
    for behind in ("paper", "sheet"):
        for ink, least in (("ink", 7), ("soft", 4.5), ("toward", 3), ("beside", 3)):
            assert contrast(found[ink], found[behind]) >= least, (ink, behind)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2, 1.4.3)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
