"""Whatever is typed, pasted or damaged: what comes out is a rulebook or Mistakes, and each mistake can be shown."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.weighing.invented import CHANCES, book_of

from poise import Mistakes, Rulebook
from poise.rulebook.editing import flatten
from poise.rulebook.reading import read
from poise.shelf import STARTERS, flattened

from .test_editing import BOOK
from .test_reading import WHOLE

pytestmark = pytest.mark.usefixtures("composer")

MANY = settings(max_examples=2 * settings().max_examples)
FEW = settings(max_examples=settings().max_examples // 3)
"""Small books are read quickly, so more is tried of them."""

STARTER_TEXTS = [flattened(name) for name in STARTERS]
PIECES = (
    *":#-{}[],&*!|>'\"%@`?\\\t\n\r \x00\x07\x85\u2028\ufeff\ufffe~=<()",
    *(
        "\n  ",
        "\n    - ",
        ": ",
        "- ",
        " #",
        "---\n",
        "...\n",
        "'",
        '"',
        "&a ",
        "*a",
        "!x ",
        "|\n",
        ">-\n",
        "? ",
        "<<: ",
    ),
    *("poise: 1\n", "title: ", "guidelines:\n", "responses:\n", "considerations:\n", "terms:\n", "bounds:\n", "朋友"),
    *("impossible:\n", "promises:\n", "start:\n", "without: ", "include: ", "toward:\n", "lean: {", "leans:\n"),
    *("when: ", "unless: ", "never: [", "instead: ", "answers: a < b", "weight: ", "grip: ", "say: ", "moment: {"),
    *(
        "nudge",
        "-strong",
        "not ",
        " and ",
        " or ",
        " in (",
        " == ",
        ">= ",
        "never x first when ",
        "1",
        "-1",
        ".5",
        "true",
    ),
    *("cases:\n", "no", "null", "''"),
)


def come_to(data: bytes | str) -> Rulebook | Mistakes:
    """What reading comes to, whichever it is; a book also has to be one that can be copied."""
    try:
        book = read("fuzz", data, {"fuzz": b"poise: 1\n", "x": b"poise: 1\ntitle: x\n"}.get)
    except Mistakes as mistakes:
        return mistakes
    return book


def check(data: bytes | str) -> None:
    found = come_to(data)
    if isinstance(found, Mistakes):
        assert found.mistakes
        str(found).encode()
        for mistake in found.mistakes:
            shown = str(mistake)
            shown.encode()
            assert mistake.message
            assert mistake.message in shown
            assert mistake.place is None or shown.startswith(f"{mistake.place.source.name}:{mistake.place.line}:")
            assert mistake.place is None or 0 <= mistake.place.start <= mistake.place.end <= len(
                mistake.place.source.text
            )
            assert "\n\n" not in shown


@given(st.binary(max_size=200))
@MANY
def test_any_bytes(data: bytes) -> None:
    check(data)


@given(st.text(max_size=100))
@MANY
def test_any_text(text: str) -> None:
    check(text)
    check("poise: 1\ntitle: x\n" + text)


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@MANY
def test_any_text_made_of_what_books_are_made_of(text: str) -> None:
    check(text)
    check("poise: 1\ntitle: x\nresponses: {toward: {x: {say: x}}}\n" + text)


def damaged(chance: Random, text: str, times: int) -> str:
    """The text with pieces put in, taken out, doubled and swapped."""
    for _ in range(times):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + int(chance.expovariate(0.1)))
        other = chance.randrange(len(text) + 1)
        text = {
            "put in": text[:start] + chance.choice(PIECES) + text[start:],
            "taken out": text[:start] + text[end:],
            "doubled": text[:end] + text[start:end] + text[end:],
            "moved": (text[:start] + text[end:])[:other] + text[start:end] + (text[:start] + text[end:])[other:],
            "written over": text[:start] + chance.choice(PIECES) + text[end:],
        }[chance.choice(("put in", "taken out", "doubled", "moved", "written over"))]
    return text


@given(CHANCES)
@MANY
def test_a_damaged_small_book(chance: Random) -> None:
    text = chance.choice((BOOK, WHOLE, book_of(chance).text))
    check(damaged(chance, text, chance.randint(1, 4)))


@given(CHANCES)
@FEW
def test_a_damaged_starter_book(chance: Random) -> None:
    check(damaged(chance, chance.choice(STARTER_TEXTS), chance.randint(1, 3)))


@given(CHANCES)
@MANY
def test_a_damaged_line_of_a_small_book(chance: Random) -> None:
    lines = chance.choice((BOOK, WHOLE)).split("\n")
    place = chance.randrange(len(lines))
    lines[place] = damaged(chance, lines[place], 1)
    if chance.random() < 0.3:
        other = chance.randrange(len(lines))
        lines[place], lines[other] = lines[other], lines[place]
    check(chance.choice(("\n", "\r\n")).join(lines))


@given(CHANCES)
@MANY
def test_a_damaged_book_that_still_reads_can_still_be_copied(chance: Random) -> None:
    text = damaged(chance, chance.choice((BOOK, WHOLE)), 1)
    book = come_to(text)
    if isinstance(book, Rulebook):
        assert read("fuzz", flatten("fuzz", text, {"x": b"poise: 1\ntitle: x\n"}.get)) == book


@given(st.text(alphabet=" ()=<>!&|,'`harmslipnotandorin_0123456789.-友\n", max_size=60))
@MANY
def test_any_condition(text: str) -> None:
    quoted = text.replace("'", "''")
    check(BOOK + f"impossible:\n  - '{quoted}'\n")
