"""Where a book is nearly always silent or loud, often tied or close: the same as counted one situation at a time."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from poise import Moment, Rulebook, weigh
from poise.examining import search
from poise.examining.findings import NOTE, Finding, findings, regions
from poise.rulebook.reading import read
from poise.weighing.weighing import Leaning

BOOK = """poise: 1
title: Small
responses:
  toward:
    let_be: {say: Let it be}
    speak: {say: Speak, heard_by: everyone_here, directness: much}
    ask: {say: Ask, heard_by: just_them, directness: little}
  beside: {near: {say: Be near}, nothing_more: {say: Nothing more}}
considerations:
  who_was_hit: {ask: Who, answers: me | someone_here | people_not_here}
  harm: {ask: How bad, answers: slip < stings < serious < cruel}
  safety: {ask: Safe, answers: not_safe < shaky < safe}
  energy: {ask: Energy, answers: low < some < much}
start: {let_be: .25}
guidelines:
  first: {say: Speak up, when: safety == safe and harm >= stings, lean: {speak: strong}}
  rest: {say: Rest, when: safety == not_safe or energy == low, lean: {let_be: pull}}
  asks: {say: Ask, when: safety == shaky, lean: {ask: pull}}
  stay: {say: Stay, when: who_was_hit == someone_here, lean: {near: pull}}
  none: {say: None, when: who_was_hit == me and energy == much, lean: {near: .25}}
bounds:
  danger: {when: who_was_hit == me and harm == cruel, instead: Get help, say: Help}
"""


def found(text: str = BOOK) -> list[Finding]:
    return [finding for finding in findings(read("small", text)) if finding.kind.endswith("-region")]


def comes_out(book: Rulebook, kind: str, leaning: Leaning) -> bool:
    loud = {r.id for r in book.responses.values() if (r.heard_by, r.directness) == ("everyone_here", "much")}
    return {
        "silent-region": "let_be" in leaning.lead,
        "loud-region": not loud.isdisjoint(leaning.lead),
        "tied-region": len(leaning.lead) > 1,
        "close-region": leaning.close or len(leaning.lead) > 1,
    }[kind]


def counted(book: Rulebook, finding: Finding) -> tuple[Fraction, Fraction]:
    """The share within its region, and of all situations, in the list where they are those of the finding."""
    pairs = set()
    for name in ("toward", "beside"):
        inside = so = whole = 0
        for answers in product(*(question.answers for question in book.questions)):
            given = dict(zip(book.considerations, answers, strict=True))
            weighing = weigh(book, Moment(book, **given))
            if weighing.bound:
                continue
            whole += 1
            if all(given[each] in among for each, among in finding.where.items()):
                inside += 1
                so += comes_out(book, finding.kind, next(each for each in weighing.leanings if each.list == name))
        pairs.add((Fraction(so, inside), Fraction(so, whole)))
    return next(pair for pair in pairs if pair == (finding.within, finding.share))


def test_every_region_is_what_every_situation_says() -> None:
    book = read("small", BOOK)
    seen = found()
    assert {finding.kind for finding in seen} == {"silent-region", "loud-region", "tied-region", "close-region"}
    for finding in seen:
        assert counted(book, finding) == (finding.within, finding.share)
        assert finding.level == NOTE


def test_a_region_is_shown_by_a_moment_of_its_own() -> None:
    book = read("small", BOOK)
    for finding in found():
        assert finding.witness
        weighing = weigh(book, finding.witness)
        assert any(comes_out(book, finding.kind, leaning) for leaning in weighing.leanings)
        assert all(finding.witness.answers[name] in among for name, among in finding.where.items())


def test_a_region_is_said_in_words() -> None:
    silent, *_ = (finding for finding in found() if finding.kind == "silent-region")
    assert silent.message == "In all invented situations where safety is “not safe”, it leans to “let it be”."
    loud, *_ = (finding for finding in found() if finding.kind == "loud-region")
    assert dict(loud.where) == {"harm": ("stings", "serious", "cruel"), "safety": ("safe",)}
    assert "harm is “stings” or “serious” or “cruel” and safety is “safe”" in loud.message


def test_a_region_inside_a_wider_one_is_left_out() -> None:
    silent = [finding for finding in found(BOOK.replace("lean: {let_be: pull}", "lean: {let_be: 9}")) if finding.within]
    wide = [set(finding.where.items()) for finding in silent if finding.kind == "silent-region"]
    assert not any(one < two for one in wide for two in wide)


def test_a_book_without_these_considerations_has_no_regions() -> None:
    text = BOOK.replace("who_was_hit", "whom").replace("harm", "hurt").replace("safety", "calm")
    assert found(text) == []


def test_a_book_too_large_to_count_says_so_in_one_note(monkeypatch: pytest.MonkeyPatch) -> None:
    def given_up(*_: object, **__: object) -> None:
        raise search.Unsettled

    monkeypatch.setattr(regions, "leads", given_up)
    notes = [finding for finding in findings(read("small", BOOK)) if finding.kind == "regions-not-counted"]
    assert [finding.level for finding in notes] == [NOTE]
