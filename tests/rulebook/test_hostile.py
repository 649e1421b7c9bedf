"""Whatever a file holds, reading it ends soon, takes little memory, and says what is wrong. Never a traceback.

The times allowed are many times what is needed here: they catch what would take minutes, not what takes a second.
"""

import time
import tracemalloc
from collections.abc import Callable

import pytest
import yaml

from poise import Mistakes, Rulebook
from poise.rulebook.reading import composing, read

from .conftest import choose_composer

pytestmark = pytest.mark.usefixtures("composer")


@pytest.fixture(params=["c", pytest.param("pure", marks=pytest.mark.long)])
def composer(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Which of PyYAML's two parsers reads; the slower one only when there is time."""
    return choose_composer(request, monkeypatch)


SECONDS, SECONDS_OF_THE_SLOWER = 5, 30
MEGABYTES = 100

SMALL = """\
poise: 1
title: Small
considerations:
  harm: {ask: q, answers: slip < stings < serious}
responses:
  toward:
    ask: {say: Ask}
    let_be: {say: Let it be}
"""
MB = 1_000_000


def met(data: bytes | str, find: Callable[[str], bytes | None] = lambda _: None) -> Mistakes | Rulebook:
    """What reading comes to, within bounds of time and memory."""
    tracemalloc.start()
    began = time.perf_counter()
    try:
        return read("hostile", data, find)
    except Mistakes as mistakes:
        return mistakes if 0 < len(str(mistakes)) < 30_000 else Mistakes([])
    finally:
        took, (_, most) = time.perf_counter() - began, tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert took < (SECONDS_OF_THE_SLOWER if composing._Loader is yaml.BaseLoader else SECONDS)
        assert most < MEGABYTES * MB


def kinds(data: bytes | str) -> list[str]:
    found = met(data)
    assert isinstance(found, Mistakes)
    assert found.mistakes
    return [mistake.kind for mistake in found.mistakes]


@pytest.mark.parametrize("size", [MB + 1, 10 * MB])
@pytest.mark.parametrize("piece", [b"a", b"\n", b"[", b"a: b\n", b"\x00", b"\xff"])
def test_a_huge_file_is_refused_unread(size: int, piece: bytes) -> None:
    assert kinds(piece * size)[0] in ("too-large", "encoding")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 10_000,
        "[" * 10_000 + "]" * 10_000,
        "{a: " * 10_000,
        "- " * 10_000,
        "? " * 10_000,
        "\n".join(" " * depth + "a:" for depth in range(1_300)),
        "a: " + "[{a: " * 5_000,
        "".join(f"{' ' * depth}-\n" for depth in range(1_300)),
    ],
    ids=["flow lists", "closed flow lists", "flow tables", "lists", "keys", "tables", "both", "lists on lines"],
)
def test_depth_is_refused(text: str) -> None:
    assert set(kinds(text)) <= {"too-deep", "no-table", "bracket-open"}
    assert "too-deep" in kinds(SMALL + "impossible:\n  " + text.replace("\n", "\n  "))


@pytest.mark.parametrize("condition", ["(" * 10_000, "not " * 10_000, "(" * 10_000 + "harm == slip" + ")" * 10_000,
                                       "harm == slip or " * 100_00, "harm in (" + "slip, " * 100_00, "x" * 100_000,
                                       "harm " * 10_000, "= " * 10_000, "\u00e9" * 10_000])  # fmt: skip
def test_a_condition_too_long_is_refused(condition: str) -> None:
    assert kinds(f'{SMALL}impossible: ["{condition}"]\n') == ["condition-too-long"]


@pytest.mark.parametrize("step", ["{0} and {0}", "{0} or not {0}", "not ({0} and ({0} or {0}))"])
@pytest.mark.parametrize("first", ["harm == slip", "harm == slop", "nothing"])
def test_terms_that_double_again_and_again_are_refused(step: str, first: str) -> None:
    lines = [f"  t0: {first}", *(f"  t{i}: {step.format(f't{i - 1}')}" for i in range(1, 60))]
    assert "condition-too-long" in kinds(SMALL + "terms:\n" + "\n".join(lines) + "\n")


@pytest.mark.parametrize("forwards", [True, False])
@pytest.mark.parametrize("step", ["not t{}", "t{}", "(((((((((((((((((t{})))))))))))))))))"])
def test_a_long_chain_of_terms_is_no_danger(forwards: bool, step: str) -> None:
    lines = [f"  t{i}: {step.format(i - 1)}" if i else "  t0: harm == slip" for i in range(1_500)]
    found = met(SMALL + "terms:\n" + "\n".join(lines if forwards else lines[::-1]) + "\n")
    assert isinstance(found, Rulebook) == ("not" not in step)


def test_a_long_circle_of_terms_is_said_once() -> None:
    circle = "".join(f"  t{i}: t{(i + 1) % 4_000}\n" for i in range(4_000))
    assert kinds(SMALL + "terms:\n" + circle) == ["term-circle"]


def test_many_circles_of_terms_are_no_danger() -> None:
    assert "term-circle" in kinds(SMALL + "terms:\n" + "".join(f"  t{i}: t{i}\n" for i in range(4_000)))


def test_a_billion_laughs_are_refused_at_the_first() -> None:
    laughs = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    laughs += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 10)]
    assert "bad-start" in kinds(SMALL + "\n".join(laughs) + "\n")
    assert "bad-start" in kinds("a: &a [*a]\n")
    assert "bad-start" in kinds("a: &a {<<: *a}\n")


@pytest.mark.parametrize(
    "data",
    [
        b"poise: 1\x00title: x\n",
        b"\x00",
        b"\x07",
        b"\x1b[31mtitle: x\n",
        "title: \x85x\x80".encode(),
        "title: \ufffe".encode(),
        b"\xed\xa0\x80",
        b"title: \xff\n",
        "title: \u00e9".encode("latin-1"),
        SMALL.encode("utf-16"),
        SMALL.encode("utf-16-le"),
        SMALL.encode("utf-32"),
        b"\xef\xbb\xbf" * 2 + b"\x01",
        b"\xf4\x90\x80\x80",
        b"\xc0\x80",
        bytes(range(256)),
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    assert kinds(data)[0] in ("encoding", "control-character")


@pytest.mark.parametrize("escape", ["\\ud800", "\\udfff", "\\ud83d\\ude00", "\\0", "\\x00", "\\u0007", "\\e", "\\b",
                                    "\\U0000D800", "\\U00110000", "\\UFFFFFFFF", "\\uFFFE"])  # fmt: skip
def test_what_is_no_text_is_refused_behind_escapes(escape: str) -> None:
    assert set(kinds(f'{SMALL}signed: "a{escape}b"\n')) == {"escape"}
    assert "escape" in kinds(f'{SMALL}"a{escape}b": c\n')


@pytest.mark.parametrize(
    "piece",
    ["g#: {sayy: 1}", "g#: x", "g#: [x]", "g#:", "g#: {say: s, lean: {x#: nudge}}", "g g#: 1", "g: {}",
     "g#: {say: s, when: nope and nope and nope, lean: {ask: nudge}}", "g#: {a, b, c, d}"],
)  # fmt: skip
def test_a_million_mistakes_are_cut_short(piece: str) -> None:
    lines = "".join(f"  {piece}\n".replace("#", str(i)) for i in range(1_500))
    found = kinds(SMALL + "guidelines:\n" + lines)
    assert 100 < len(found) <= 200


@pytest.mark.parametrize(
    "piece", ["  say: a: b\n", "say: 'x'y'\n", "  a: [\n", "x\n", "\t\n", "  - a\n b: c\n", "k: *x*\n", '"']
)
def test_a_million_traps_are_cut_short(piece: str) -> None:
    found = kinds(SMALL + piece * (300_000 // len(piece)))
    assert len(found) <= 200


@pytest.mark.parametrize(
    "text",
    [
        "signed: " + "x" * 300_000,
        "signed: " + "word " * 60_000,
        "signed: '" + "it''s " * 50_000 + "'",
        'signed: "' + "\\u00e9" * 50_000 + '"',
        "signed: |\n" + "  line\n" * 40_000,
        "# " + "x" * 300_000,
        "\n" * 300_000,
        " " * 300_000,
        "\r" * 300_000,
    ],
)
def test_long_lines_that_mean_no_harm_are_read(text: str) -> None:
    assert isinstance(met(SMALL + text + "\n"), Rulebook)


@pytest.mark.parametrize(
    "text",
    [
        "k" * 300_000 + ": x",
        "signed: [" + "x, " * 100_000 + "]",
        "start: {" + ", ".join(f"r{i}: 1" for i in range(20_000)) + "}",
        "x" * 300_000,
        "title: " + ": " * 150_000,
        "impossible: [" + "harm, " * 9_000 + "]",
        "promises: [" + ", ".join(["never " + "x or " * 30 + "x first"] * 1_000) + "]",
        "'" + "x" * 300_000,
        "\ufeff" * 100_000 + "x",
        "responses: {toward: {" + ", ".join(f"r{i}: {{say: s, like: s{i}}}" for i in range(2_000)) + "}}",
    ],
)
def test_long_lines_that_cannot_be_meant_are_refused(text: str) -> None:
    assert kinds(SMALL + text + "\n")


def test_includes_in_a_circle_end() -> None:
    files = {f"f{i}": f"poise: 1\ninclude: f{(i + 1) % 3}\n".encode() for i in range(3)}
    found = met("poise: 1\ntitle: x\ninclude: [f0, f1, f2]\n", files.get)
    assert isinstance(found, Mistakes)
    assert {mistake.kind for mistake in found.mistakes} == {"include-circle"}


def test_includes_without_end_end() -> None:
    found = met("poise: 1\ntitle: x\ninclude: f0\n", lambda name: f"poise: 1\ninclude: f{int(name[1:]) + 1}\n".encode())
    assert isinstance(found, Mistakes)
    assert {mistake.kind for mistake in found.mistakes} == {"include-circle"}


def test_includes_that_double_again_and_again_end() -> None:
    files = {f"f{i}": f"poise: 1\ninclude: [{', '.join([f'f{i + 1}'] * 40)}]\n".encode() for i in range(9)}
    assert isinstance(met("poise: 1\ntitle: x\ninclude: f0\n", files.get), Mistakes)


def test_bounds_that_can_hardly_be_searched_are_refused_in_time() -> None:
    lines = [f"  q{i}: {{ask: q, answers: a | b | c}}" for i in range(60)]
    said = [
        f"q{i % 60} == {'abc'[i % 3]} or q{i * 7 % 60} == {'abc'[i % 2]} or q{i * 11 % 60} != b" for i in range(1_000)
    ]
    responses = "".join(f"    r{i}: {{say: r}}\n" for i in range(500))
    bounds = "".join(f"  b{i}: {{when: {each}, never: [r{i % 500}], say: b}}\n" for i, each in enumerate(said))
    text = "poise: 1\ntitle: x\nconsiderations:\n" + "\n".join(lines) + "\nresponses:\n  toward:\n" + responses
    assert set(kinds(text + "bounds:\n" + bounds)) <= {"list-unsure", "list-emptied"}


@pytest.mark.parametrize("count", [100, 2_000])
def test_impossible_combinations_that_hang_together_are_refused_in_time(count: int) -> None:
    lines = [f"  q{i}: {{ask: q, answers: a | b | c}}" for i in range(60)]
    said = (f"  - q{i % 60} == {'abc'[i % 3]} and q{(i + 1) % 60} == {'abc'[i % 2]}\n" for i in range(count))
    text = SMALL.replace("responses:", "\n".join(lines) + "\nresponses:") + "impossible:\n" + "".join(said)
    guidelines = "".join(f"  g{i}: {{say: s, when: q{i % 60} == a, lean: {{ask: nudge}}}}\n" for i in range(500))
    assert set(kinds(text + "guidelines:\n" + guidelines)) == {"too-tangled"}
