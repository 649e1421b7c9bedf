"""A rulebook as the data of a page: the same every time, small, and refused in words where a phone cannot weigh it."""

import json
from itertools import pairwise
from random import Random
from typing import Any

import pytest

import poise
from poise.pocket.compiling import compiled, sentences_of
from poise.rulebook.mistake import Mistakes
from poise.rulebook.reading import read as read_text
from poise.rulebook.rulebook import Rulebook
from poise.shelf import STARTERS, read
from poise.web.tongue import LANGUAGES, saying
from poise.weighing.telling import told, words

from .engine import ANSWER, LOAD, agree, moments
from .node import run

PLACES = (
    *("lead", "rival", "some", "one", "so", "also", "leaning", "words"),
    *("responses", "response", "reason", "rule", "what", "which", "question", "answer"),
)
"""What stands in the sentences of a weighing."""


def in_node(given: Any) -> Any:
    return run(LOAD + ANSWER, given)


def book_of(text: str) -> Rulebook:
    return read_text("written", f"poise: 1\ntitle: Written\n{text}")


def packed(book: Rulebook) -> str:
    return json.dumps(compiled(book), ensure_ascii=False, separators=(",", ":"))


@pytest.mark.parametrize("name", STARTERS)
def test_a_book_compiles_to_the_same_few_kilobytes_every_time(name: str) -> None:
    text = packed(read(name))
    assert text == packed(read(name))
    assert len(text.encode()) < 26_000
    assert json.loads(text) == compiled(read(name))


def test_the_hash_of_its_text_goes_along() -> None:
    assert compiled(read("among_friends"), text_hash="abc")["hash"] == "abc"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_in_the_language_of_the_page_and_keeps_its_places(language: str) -> None:
    here, english = sentences_of(saying(language)), sentences_of()
    assert here.keys() == english.keys()
    for name, template in here.items():
        places = dict.fromkeys(PLACES, "…")
        assert ("{" in template) == ("{" in english[name])
        assert "{" not in template.format(**places)
    if language != "en":
        assert here["leans"] != english["leans"]


def test_what_is_impossible_and_hangs_together_too_widely_is_refused_in_words() -> None:
    names = [f"q{number}" for number in range(16)]
    asked = "\n".join(f"  {name}: {{ask: q, answers: a | b}}" for name in names)
    chain = "\n".join(f"  - {one} == a and {other} == a" for one, other in pairwise(names))
    text = f"considerations:\n{asked}\nresponses:\n  toward:\n    r: {{say: r}}\nimpossible:\n{chain}\n"
    book = book_of(text)
    assert poise.weigh(book, poise.Moment(book)).toward
    with pytest.raises(Mistakes, match="a phone would not be done with it") as refused:
        compiled(book)
    assert refused.value.mistakes[0].kind == "too-tangled"
    assert refused.value.kept == "Nothing was built."


@pytest.mark.parametrize(("start", "most"), [(2, 2), (3, 3), (4, 4), (5, None)])
def test_turns_take_up_to_four_changes(start: int, most: int | None) -> None:
    names = [f"q{number}" for number in range(6)]
    asked = "\n".join(f"  {name}: {{ask: q, answers: no < yes}}" for name in names)
    leans = "\n".join(f"  g{name}: {{say: s, when: {name} == yes, lean: {{b: 1}}}}" for name in names)
    book = book_of(
        f"considerations:\n{asked}\nresponses:\n  toward:\n    a: {{say: a}}\n    b: {{say: b}}\n"
        f"start: {{a: {start}}}\nguidelines:\n{leans}\n"
    )
    answers = dict.fromkeys(names, "no")
    found = {len(turn.changes) for turn in poise.weigh(book, poise.Moment(book, **answers)).turns}
    assert found == ({most} if most else set())
    agree([(book, [{"moment": answers, "passed": []}, *moments(book, 30, Random(start))])], in_node)


def test_a_question_of_thirty_two_answers_fits_its_mask() -> None:
    answers = [f"a{number}" for number in range(32)]
    book = book_of(
        f"considerations:\n  many: {{ask: q, answers: {' < '.join(answers)}}}\n"
        "responses:\n  toward:\n    a: {say: a}\n    b: {say: b}\n"
        "guidelines:\n  g: {say: s, when: many >= a31, lean: {a: nudge}}\n"
        "  h: {say: s, when: many != a31, lean: {b: pull}}\n"
    )
    agree([(book, [{"moment": {"many": answer}, "passed": []} for answer in answers])], in_node)


def test_half_is_half_whatever_the_last_bit_of_a_power() -> None:
    """Shares of exactly a half and just beside it: good people would differ at a half, and not above it."""
    book = book_of(
        "considerations:\n  x: {ask: q, answers: half | above}\n"
        "responses:\n  toward:\n    a: {say: a}\n    b: {say: b}\n    c: {say: c}\n"
        "start: {a: 1}\nguidelines:\n  g: {say: s, when: x == above, lean: {a: 0.001}}\n"
    )
    differ = [bool(told(poise.weigh(book, poise.Moment(book, x=answer))).differ) for answer in ("half", "above")]
    assert differ == [True, False]
    agree([(book, [{"moment": {"x": answer}, "passed": []} for answer in ("half", "above")])], in_node)


def test_names_that_mean_something_to_javascript_are_names_like_any_other() -> None:
    book = book_of(
        "considerations:\n  __proto__: {ask: q, answers: constructor | toString}\n"
        "  constructor: {ask: q, answers: a < b}\n"
        "responses:\n  toward:\n    __proto__: {say: a}\n    valueOf: {say: b}\n"
        "guidelines:\n  __proto__: {say: s, when: constructor == b, lean: {__proto__: pull}}\n"
        "  toString: {say: s, when: __proto__ == toString, lean: {valueOf: strong}}\n"
    )
    agree([(book, moments(book, 40, Random("names")))], in_node)


def test_only_what_stands_over_sentences_stays_behind() -> None:
    taken = sentences_of()
    left = {name for name, value in vars(words).items() if name.isupper() and isinstance(value, str)}
    assert {name for name in left if name.lower() not in taken} == {"ANY_IS_YOURS", "YOUR_OWN_WORDS", "WAYS_TO_BEGIN"}
