from random import Random

import pytest
from hypothesis import given
from tests.weighing.invented import CHANCES, book_of

from poise import Mistakes, Rulebook
from poise.rulebook.condition import ALWAYS, All, Among, Not
from poise.rulebook.guideline import Bound, Case, Clause, Guideline, Promise, Response
from poise.rulebook.reading import Find, read

WHOLE = """
poise: 1
title: Whole
for: everyone
first_duty: whoever was hit
signed: "me, today"
ask_yourself: ["Will there be a later?", "Who is with me?"]
responses:
  toward:
    say_it:
      say: Say it
      means: Plainly
      if_me: For me
      when: now
      heard_by: everyone_here
      directness: much
      asks: some
      effort: little
      protects: none
      needs: "harm >= stings"
      like: let_be
      lines: [One, "Two, three"]
    let_be: {say: Let it be}
  beside:
    step_away: {say: Step away}
    nothing_more: {say: Nothing more}
  mine:
    own_it: {say: Own it}
considerations:
  harm:
    ask: How bad?
    answers: slip < stings < serious
    words: {slip: a slip}
    explain: Not how bad you meant it
    first: true
    fixed: yes
    from: trust
  place: {ask: "Where?", answers: home | work}
terms:
  bad: "harm == serious"
  bad_at_work: "bad and place == work"
impossible: ["bad and place == home"]
start: {say_it: +nudge, let_be: -.5}
guidelines:
  plain:
    say: Be plain
    when: "harm == slip"
    unless: "place == home"
    lean: {say_it: strong, let_be: -1.125}
    because: It works
    source: a book
    family: room
    anchored: true
    weight: 0.8
    grip: firm
  graded:
    say: It depends
    when: "place == work"
    leans:
      - when: "harm == slip"
        lean: {let_be: pull}
      - unless: "harm == slip"
        lean: {let_be: -pull}
      - lean: {say_it: 0}
bounds:
  danger: {when: bad_at_work, instead: Get help, because: b, source: s}
  quiet: {when: bad, unless: "place == work", never: [say_it], say: Not now}
promises:
  - never let_be first when bad
  - never say_it, let_be or own_it first
cases:
  - say: a slip at home
    moment: {harm: slip, place: home}
    toward: [let_be, say_it]
    beside: nothing_more
    not: [step_away]
  - moment: {}
    whose: mine
    mine: own_it
  - moment: {harm: serious, place: work}
    bound: danger
"""

SMALL = """
poise: 1
title: Small
considerations:
  harm: {ask: q, answers: slip < stings < serious}
responses:
  toward:
    ask: {say: Ask}
    let_be: {say: Let it be}
guidelines:
  first: {say: s, lean: {ask: nudge}}
  second: {say: s, lean: {let_be: nudge}}
"""


def nothing(_: str) -> None:
    """No include is found."""


def finding(**files: str) -> Find:
    """Finds includes among these files."""
    return lambda name: files[name].encode() if name in files else None


def kinds(text: str, find: Find = nothing) -> list[str]:
    """The kinds of mistake in a text, in order."""
    with pytest.raises(Mistakes) as found:
        read("mine", text, find)
    return [mistake.kind for mistake in found.value.mistakes]


@pytest.fixture(scope="module")
def whole() -> Rulebook:
    return read("whole", WHOLE)


def test_every_field_of_the_book_itself_is_read(whole: Rulebook) -> None:
    assert (whole.title, whole.audience, whole.first_duty) == ("Whole", "everyone", "whoever was hit")
    assert (whole.signed, whole.name) == ("me, today", "whole")
    assert whole.ask_yourself == ("Will there be a later?", "Who is with me?")
    assert whole.start == {"say_it": 750, "let_be": -500}


def test_every_field_of_a_response_is_read(whole: Rulebook) -> None:
    assert whole.responses["say_it"] == Response(
        "say_it", "toward", "Say it", "Plainly", "For me", "now", "everyone_here", "much", "some", "little", "none",
        Among(0, 0b110), "let_be", ("One", "Two, three"),
    )  # fmt: skip
    assert whole.responses["let_be"] == Response("let_be", "toward", "Let it be")
    assert [response.id for response in whole.listed("beside")] == ["step_away", "nothing_more"]
    assert [response.id for response in whole.listed("mine")] == ["own_it"]
    assert list(whole.leaving()) == ["step_away"]


def test_every_field_of_a_consideration_is_read(whole: Rulebook) -> None:
    harm, place = whole.questions
    assert (harm.id, harm.position, harm.ask, harm.answers) == ("harm", 0, "How bad?", ("slip", "stings", "serious"))
    assert (harm.ordered, harm.first, harm.fixed, harm.source) == (True, True, True, "trust")
    assert (harm.word(0), harm.word(1), harm.explain) == ("a slip", "stings", "Not how bad you meant it")
    assert (place.position, place.answers, place.ordered) == (1, ("home", "work"), False)
    assert (place.first, place.fixed, place.source, place.explain) == (False, False, "", "")
    assert whole.sizes == (3, 2)


def test_every_field_of_a_guideline_is_read(whole: Rulebook) -> None:
    when = All((Among(0, 0b001), Not(Among(1, 0b01))))
    leans = {"say_it": 3000, "let_be": -1125}
    assert whole.guidelines["plain"] == Guideline(
        "plain", "Be plain", (Clause(when, leans),), "It works", "a book", "room", True, 0.8, "firm"
    )
    assert whole.guidelines["plain"].units(whole.guidelines["plain"].clauses[0]) == {"say_it": 2400, "let_be": -900}


def test_the_clauses_of_a_guideline_share_its_own_condition(whole: Rulebook) -> None:
    graded, work = whole.guidelines["graded"], Among(1, 0b10)
    assert graded.clauses == (
        Clause(All((work, Among(0, 0b001))), {"let_be": 1500}),
        Clause(All((work, All((ALWAYS, Not(Among(0, 0b001)))))), {"let_be": -1500}),
        Clause(All((work, ALWAYS)), {"say_it": 0}),
    )
    assert (graded.anchored, graded.weight, graded.grip, graded.family) == (False, 1.0, "steady", "")
    assert graded.responses() == ("let_be", "say_it")


def test_terms_are_written_out_and_bounds_promises_and_cases_are_read(whole: Rulebook) -> None:
    bad, work = Among(0, 0b100), Among(1, 0b10)
    assert whole.terms == {"bad": bad, "bad_at_work": All((bad, work))}
    assert whole.impossible == (All((bad, Among(1, 0b01))),)
    assert whole.bounds == {
        "danger": Bound("danger", All((bad, work)), "Get help", (), True, "b", "s"),
        "quiet": Bound("quiet", All((bad, Not(work))), "Not now", ("say_it",)),
    }
    assert whole.promises == (
        Promise("never let_be first when bad", ("let_be",), bad),
        Promise("never say_it, let_be or own_it first", ("say_it", "let_be", "own_it"), ALWAYS),
    )
    assert whole.cases == (
        Case("a slip at home", {"harm": "slip", "place": "home"}, False,
             {"toward": ("let_be", "say_it"), "beside": ("nothing_more",)}, ("step_away",), ""),
        Case("", {}, True, {"mine": ("own_it",)}, (), ""),
        Case("", {"harm": "serious", "place": "work"}, False, {}, (), "danger"),
    )  # fmt: skip


def test_terms_may_be_written_in_any_order_and_named_like_an_answer() -> None:
    book = read("b", SMALL + "terms:\n  late: not slip\n  slip: harm == slip or harm in (slip, serious)\n")
    assert book.terms["late"] == Not(book.terms["slip"])
    assert list(book.terms) == ["late", "slip"]


def test_what_is_left_empty_is_as_if_it_were_not_written() -> None:
    empty = "include:\nwithout:\nimpossible:\nstart:\nbounds:\npromises:\ncases: []\nterms: {}\nask_yourself:\n"
    assert read("b", SMALL + empty) == read("b", SMALL)


def test_the_cardinal_rule_is_the_one_of_that_name_or_the_first_if_it_is_anchored() -> None:
    assert read("b", SMALL).cardinal is None
    anchored = read("b", SMALL.replace("first: {say: s,", "first: {say: s, anchored: true,"))
    assert anchored.cardinal == anchored.guidelines["first"]
    named = read("b", SMALL + "  cardinal: {say: s, lean: {ask: nudge}}\n")
    assert named.cardinal == named.guidelines["cardinal"]


@pytest.mark.parametrize("lean", ["nudge", "+nudge", "0.75", ".75", "+.75", "0.750"])
def test_a_lean_may_be_written_as_a_word_or_as_a_number(lean: str) -> None:
    assert read("b", SMALL + f"start: {{ask: {lean}}}\n").start == {"ask": 750}


@pytest.mark.parametrize("lean", ["0.7505", "21", "-20.001", "1e3", "nan", "--1", "1.", "", "½", "1_0", "٣", "[]"])
def test_a_lean_that_cannot_be_held_exactly_is_a_mistake(lean: str) -> None:
    assert kinds(SMALL + f"start:\n  ask: {lean}\n") == ["bad-lean"]


@pytest.mark.parametrize("weight", ["-1", "11", "0.0001", "x", "nan"])
def test_a_weight_is_from_nothing_to_ten(weight: str) -> None:
    assert kinds(SMALL + f"  third: {{say: s, lean: {{ask: nudge}}, weight: {weight}}}\n") == ["bad-weight"]


def test_entries_of_the_book_replace_included_ones_whole_and_in_their_place() -> None:
    new, first = "{say: n, lean: {ask: pull}}", "{say: mine, lean: {let_be: pull}}"
    mine = f"poise: 1\ntitle: Mine\ninclude: small\nguidelines:\n  new: {new}\n  first: {first}\n"
    book = read("mine", mine, finding(small=SMALL))
    assert list(book.guidelines) == ["first", "second", "new"]
    assert book.guidelines["first"] == Guideline("first", "mine", (Clause(ALWAYS, {"let_be": 1500}),))
    assert book.title == "Mine"


def test_guidelines_named_under_without_are_left_out() -> None:
    mine = "poise: 1\ntitle: Mine\ninclude: small\nwithout: [first]\n"
    assert list(read("mine", mine, finding(small=SMALL)).guidelines) == ["second"]
    assert list(read("mine", mine.replace("[first]", "first"), finding(small=SMALL)).guidelines) == ["second"]
    again = mine + "guidelines: {first: {say: again, lean: {ask: pull}}}\n"
    assert list(read("mine", again, finding(small=SMALL)).guidelines) == ["second", "first"]
    assert kinds(mine.replace("[first]", "[frist]"), finding(small=SMALL)) == ["unknown-name"]


def test_includes_may_be_several_and_may_include_others() -> None:
    files = finding(
        small=SMALL,
        middle="poise: 1\ntitle: Middle\nfor: middle\ninclude: small\nstart: {ask: 1}\nimpossible: [harm == slip]\n",
        more="poise: 1\nfor: more\nstart: {ask: 2, let_be: 2}\nimpossible: [harm == serious]\n",
    )
    book = read("mine", "poise: 1\ntitle: Mine\ninclude: [middle, more]\n", files)
    assert (book.title, book.audience) == ("Mine", "")
    assert book.start == {"ask": 2000, "let_be": 2000}
    assert book.impossible == (Among(0, 0b001), Among(0, 0b100))


def test_mistakes_in_an_include_name_the_include_and_come_after_the_books_own() -> None:
    with pytest.raises(Mistakes) as found:
        read("mine", "poise: 1\ntitle: Mine\nfro: x\ninclude: small\n", finding(small=SMALL + "startt: {}\n"))
    places = [mistake.place for mistake in found.value.mistakes]
    assert [(place.source.name, place.line) for place in places if place] == [("mine", 3), ("small", 13)]


def test_all_mistakes_come_in_one_pass_in_the_order_of_the_text() -> None:
    text = SMALL + (
        "  third:\n    say: one: two\n    lean: {ask: nudge}\n"
        "  fourth: {say: s, when: harm == slop, lean: {aks: nugde}}\n"
        "bounds: {b: {never: [ask], say: s}}\n"
        "promises: [always ask]\n"
    )
    assert kinds(text) == ["colon", "unknown-answer", "unknown-name", "bad-lean", "missing-field", "bad-promise"]


def test_one_cause_is_complained_of_once() -> None:
    assert kinds(SMALL + "  third: {sya: s, laen: {ask: nudge}}\n") == ["unknown-field", "unknown-field"]
    lost = SMALL.replace("harm: {ask: q, answers: slip < stings < serious}", "harm: {ask: q: r, answers: a < b}")
    assert kinds(lost + "terms: {bad: harm == serious}\n") == ["bracket-open"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("  third: {say: s, lean: {}, leans: []}\n", "lean-and-leans"),
        ("  third: {say: s, leans: [{when: harm == slip}]}\n", "missing-field"),
        ("  third: {say: s, leans: [x]}\n", "not-a-table"),
        ("  third: [say]\n", "not-a-table"),
        ("  start: {say: s, lean: {ask: nudge}}\n", "bad-name"),
        ("  not: {say: s, lean: {ask: nudge}}\n", "bad-name"),
        ("  a b: {say: s, lean: {ask: nudge}}\n", "bad-name"),
        ("  third: {say: s, lean: {ask: nudge}, anchored: maybe}\n", "not-one-of"),
        ("  third: {say: s, lean: {ask: nudge}, family: friends}\n", "not-one-of"),
        ("  third: {say: '', lean: {ask: nudge}}\n", "missing-field"),
        ("  third: {say: s, lean: {ask: nudge}, when: [harm]}\n", "not-a-word"),
        ("terms: {t: [x]}\n", "not-a-word"),
        ("terms: {t: t}\n", "term-circle"),
        ("terms: {t: u, u: v, v: t, w: t}\n", "term-circle"),
        ("terms: {harm: harm == slip}\n", "written-twice"),
        ("bounds: {b: {when: harm == slip, never: [asl], say: s}}\n", "unknown-name"),
        ("bounds: {b: {when: harm == slip, never: [ask]}}\n", "missing-field"),
        ("bounds: {b: {when: harm == slip, instead: x, never: [ask], say: s}}\n", "bound-without-end"),
        ("bounds: {b: {when: harm == slip, never: [ask, let_be], say: s}}\n", "list-emptied"),
        ("promises: [never aks first]\n", "unknown-name"),
        ("promises: [never ask first when harm == slop]\n", "unknown-answer"),
        ("cases: [{moment: {harm: slop}, toward: ask}]\n", "unknown-answer"),
        ("cases: [{moment: {hram: slip}, toward: ask}]\n", "unknown-name"),
        ("cases: [{moment: {harm: slip}, beside: ask}]\n", "unknown-name"),
        ("cases: [{moment: {harm: slip}, bound: none}]\n", "unknown-name"),
        ("cases: [{moment: {harm: [slip]}, toward: ask}]\n", "not-a-word"),
        ("cases: [{moment: {}, whose: ours, toward: ask}]\n", "not-one-of"),
        ("without: [first]\n", "unknown-name"),
        ("without: [[first]]\n", "not-a-word"),
        ("include: [[first]]\n", "not-a-word"),
        ("include: mine\n", "include-circle"),
        ("impossible: [[harm]]\n", "not-a-word"),
        ("for: [me]\n", "not-a-word"),
    ],
)
def test_each_mistake_is_named(text: str, kind: str) -> None:
    assert kinds(SMALL + text) == [kind]


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ("a", "bad-answers"),
        (" < ".join(f"a{i}" for i in range(33)), "bad-answers"),
        ("a < b | c", "mixed-order"),
        ("a < a", "written-twice"),
        ("a <", "bad-name"),
        ("a < b c", "bad-name"),
        ("a < or", "bad-name"),
        ("a < b.c", "bad-name"),
        ("a < -b", "bad-name"),
        ("''", "missing-field"),
    ],
)
def test_answers_are_words_that_conditions_can_say(answers: str, kind: str) -> None:
    assert kinds(SMALL.replace("slip < stings < serious", answers)) == [kind]


def test_leaving_can_never_be_forbidden_by_any_name() -> None:
    away = SMALL.replace(
        "    let_be:", "    step_away: {say: Go}\n    log_off: {say: Log off, like: step_away}\n    let_be:"
    )
    for response in ("step_away", "log_off"):
        bound = f"bounds: {{b: {{when: harm == slip, never: [{response}], say: s}}}}\n"
        assert kinds(away + bound) == ["leaving-forbidden"]


def test_bounds_together_with_needs_can_never_empty_a_list() -> None:
    needing = SMALL.replace("ask: {say: Ask}", "ask: {say: Ask, needs: harm != slip}")
    bound = "bounds: {b: {when: harm <= stings, never: [let_be], say: s}}\n"
    assert kinds(needing + bound) == ["list-emptied"]
    read("b", needing + bound + "impossible: [harm == slip]\n")
    read("b", needing + bound.replace("harm <= stings", "harm == stings"))


@given(CHANCES)
def test_a_book_reads_the_same_twice_and_with_the_endings_of_windows(chance: Random) -> None:
    text = book_of(chance).text
    assert read("b", text) == read("b", text.encode())
    assert read("b", text) == read("b", text.replace("\n", "\r\n"))
    assert read("b", text) == read("b", text.encode("utf-8-sig"))
