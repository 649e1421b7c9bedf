"""Reads `mistakes.md`: sections headed by a kind, each with small books and the exact message they meet with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random

from poise import Mistakes, Moment, Rulebook, read, weigh_rows
from poise.cli.answers import moment_of
from poise.foresight import World
from poise.foresight.scenarios.reading import read_scenarios
from poise.foresight.simulating import policy_of
from poise.parquet import opened
from poise.pocket.writing import check_built
from poise.rulebook.editing import edit
from poise.rulebook.reading import read as read_text
from poise.running.workers import Workers

PAGE = Path(__file__).parent / "mistakes.md"
_BLOCK = re.compile(r"^```(.*)\n([\s\S]*?)^```$", re.MULTILINE)


@dataclass
class Section:
    """One kind: the files that stand beside `mine.yaml`, and what is tried with what must be said."""

    kind: str
    files: dict[str, bytes]
    tried: list[tuple[list[tuple[str, str]], str]] = field(default_factory=list)
    """(blocks that lead to a mistake, the message)."""


def sections() -> Iterator[Section]:
    """Every section of the page. Files of the introduction stand beside the books of all."""
    introduction, *rest = re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    common = {name: text.encode() for name, text in _files(_BLOCK.findall(introduction)).items()}
    for text in rest:
        kind, _, body = text.partition("\n")
        blocks = _BLOCK.findall(body)
        section = Section(kind, common | {name: text.encode() for name, text in _files(blocks).items()})
        waiting: list[tuple[str, str]] = []
        for info, content in blocks:
            if info == "text":
                section.tried.append((waiting, content))
                waiting = []
            elif not _files([(info, content)]):
                waiting = [*waiting, (info, content)]
        yield section


def said(section: Section, blocks: list[tuple[str, str]]) -> Mistakes:
    """What is said to someone who tries this. Raises AssertionError where nothing is."""
    try:
        _try(section, blocks)
    except Mistakes as mistakes:
        return mistakes
    raise AssertionError(f"{section.kind}: nothing was said to {blocks}")


def _try(section: Section, blocks: list[tuple[str, str]]) -> None:
    text, book = "", None
    for info, content in blocks:
        words = content.strip()
        if info in ALONE:
            ALONE[info](content if info == "grid" else words)
        elif info == "built":
            book = read_text("mine.yaml", BUILT[words])
        elif info.startswith("yaml"):
            text = content
            book = read_text("mine.yaml", _written(content, info), section.files.get)
        elif info == "change":
            path, _, value = words.partition(": ")
            edit("mine.yaml", text, tuple(path.split(".")), value, section.files.get)
        else:
            assert isinstance(book, Rulebook)
            BY_BOOK.get(info, moment_by)(book, words)


def moment_by(book: Rulebook, words: str) -> Moment:
    """The moment of words such as `place=home harm=stings`."""
    return moment_of(book, tuple(words.split()))


def _row(book: Rulebook, words: str) -> None:
    name, _, code = words.partition("=")
    weigh_rows(book, {name: [int(code)]})


def _imagined(book: Rulebook, words: str) -> None:
    policy_of(book, World(), moment_by(book, words).answers)


def _on_cluster(address: str) -> None:
    with Workers(cluster=address).pool():
        pass


ALONE: dict[str, Callable[[str], object]] = {
    "name": read,
    "file": opened,
    "grid": partial(read_scenarios, "grid.yaml"),
    "page": lambda name: check_built(Path(name)),
    "cluster": _on_cluster,
}
"""What is tried without a book."""
BY_BOOK: dict[str, Callable[[Rulebook, str], object]] = {"row": _row, "imagined": _imagined}
"""What is tried by the book of the block before; a block without a name is a moment."""


def _files(blocks: list[tuple[str, str]]) -> dict[str, str]:
    """Blocks that name a file: ```yaml small.yaml."""
    return {info.split()[1]: content for info, content in blocks if info.endswith(".yaml")}


def _written(content: str, info: str) -> bytes:
    """A block's bytes. `␀` stands for a bell and `⇥` for a tab, which no page could show."""
    content = content.replace("␀", "\x07").replace("⇥", "\t")
    times = re.search(r"times=(\d+)", info)
    encoding = "latin-1" if "latin-1" in info else "utf-8"
    return (content * int(times.group(1)) if times else content).encode(encoding)


def _too_many_bounds() -> str:
    """Two hundred bounds over forty questions: whether all of them can be met together takes too long to find out."""
    chance = Random(1)
    lines = ["poise: 1", "title: Mine", "considerations:"]
    lines += [f"  q{i}: {{ask: q, answers: a | b}}" for i in range(40)]
    lines += ["responses:", "  toward:", *(f"    r{i}: {{say: r}}" for i in range(200)), "bounds:"]
    for i in range(200):
        either = " or ".join(f"q{q} == {chance.choice('ab')}" for q in chance.sample(range(40), 3))
        lines.append(f"  b{i}: {{when: {either}, never: [r{i}], say: b}}")
    return "\n".join(lines) + "\n"


def _too_many_answers() -> str:
    """One guideline that tells every answer of four questions with sixteen answers each apart."""
    answers = [f"a{i}" for i in range(16)]
    lines = ["poise: 1", "title: Mine", "considerations:"]
    lines += [f"  q{i}: {{ask: q, answers: {' | '.join(answers)}}}" for i in range(4)]
    halves = [", ".join(a for i, a in enumerate(answers) if i >> bit & 1) for bit in range(4)]
    told = " or ".join(f"q{i} in ({half})" for i in range(4) for half in halves)
    lines += ["responses: {toward: {ask: {say: Ask}}}", "guidelines:"]
    lines.append(f'  kind: {{say: Be kind, when: "{told}", lean: {{ask: nudge}}}}')
    return "\n".join(lines) + "\n"


def _too_many_responses() -> str:
    """One response more than a mask has bits."""
    lines = ["poise: 1", "title: Mine", "considerations: {harm: {ask: q, answers: slip < stings}}"]
    return "\n".join([*lines, "responses:", "  toward:", *(f"    r{i}: {{say: r}}" for i in range(65))]) + "\n"


BUILT = {
    "too many bounds": _too_many_bounds(),
    "too many answers told apart": _too_many_answers(),
    "many responses": _too_many_responses(),
}
"""Books too long for a page."""
