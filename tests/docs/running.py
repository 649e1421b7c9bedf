"""Runs what a page shows, in a folder of the page's own: commands, Python, rulebooks.

    ```console             lines that begin with `$ poise` are run; what follows each is its output, at width 80 without
                           colour. A line with only `…` stands for any lines. Lines that begin with `> ` are typed.
    ```python              `>>>` lines and their output, or plain code; names are shared by all blocks of a page
    ```yaml                a whole rulebook, which can be read
    ```yaml mine.yaml      the same, kept as a file for what follows; a book of labels where the name says so
    ```yaml broken a.yaml  a file with a mistake in it, for what follows to show
    ```yaml fragment       parts of a rulebook that can be read on top of the starter repertoire
    ```yaml fragment mine.yaml  the same, its entries laid into that file, as a person would type them

Other commands (`$ make test`) are shown and not run.
"""

from __future__ import annotations

import ast
import contextlib
import doctest
import gc
import io
import os
import re
import shlex
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import poise
from poise.cli import main
from poise.rulebook.labels import labelled
from poise.rulebook.mistake import Mistakes

from .pages import Block, blocks

ANYTHING = "…"
TYPED = "> "
SCREEN = {"COLUMNS": "80", "LINES": "24", "NO_COLOR": "1"}
_LABELS = re.compile(r"(\w+)\.[A-Za-z]{2,3}(-\w+)*\.yaml")
_TOP = ("poise: 1\n", "title: A fragment\n", "include: repertoire.yaml\n")


@dataclass(frozen=True)
class Shown:
    """Something a page shows and what really comes out: lines `start` to `end` (excluded) of the file."""

    block: Block
    start: int
    """The first line of what is shown, counted from 1."""
    expected: tuple[str, ...]
    actual: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        return matches(self.expected, self.actual)

    def __str__(self) -> str:
        said, came = "\n".join(self.expected), "\n".join(self.actual)
        return f"{self.block.page.name}:{self.start}: the page shows\n\n{said}\n\nand this comes out:\n\n{came}\n"


def run_page(page: Path, folder: Path) -> Iterator[Shown]:
    """Everything a page shows, run in `folder`."""
    names: dict[str, Any] = {"__name__": "__page__"}
    run = {"console": _console, "python": _python, "pycon": _python, "yaml": _yaml}
    for block in blocks(page):
        if block.language in run:
            with contextlib.chdir(folder):
                found = list(run[block.language](block, names))
            yield from found


# Commands


def _console(block: Block, _: dict[str, Any]) -> Iterator[Shown]:
    starts = [at for at, line in enumerate(block.lines) if line.startswith("$ ")]
    code = 0
    for at, end in zip(starts, [*starts[1:], len(block.lines)], strict=True):
        line, expected = block.lines[at][2:], block.lines[at + 1 : end]
        if line == "echo $?":
            yield Shown(block, block.line + at + 2, expected, (str(code),))
        elif line.split()[:1] == ["poise"]:
            typed = "".join(f"{each.removeprefix(TYPED)}\n" for each in expected if each.startswith(TYPED))
            code, printed = command(line, typed)
            yield Shown(block, block.line + at + 2, expected, printed)


def command(line: str, typed: str = "") -> tuple[int, tuple[str, ...]]:
    """The exit code and printed lines of one command; `> name` at its end keeps them in a file instead."""
    words = shlex.split(line, comments=True)
    into = words[-1] if len(words) > 2 and words[-2] == ">" else None
    output = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with _terminal(words[: -2 if into else None], typed, output):
        try:
            main()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
    output.seek(0)
    text = output.read()
    if into and code == 0:
        Path(into).write_text(text, encoding="utf-8")
        return code, ()
    return code, tuple(line.rstrip() for line in text.rstrip("\n").split("\n")) if text.strip() else ()


@contextlib.contextmanager
def _terminal(words: list[str], typed: str, output: io.TextIOWrapper) -> Iterator[None]:
    """Standard input and output, arguments and environment as on a plain screen of 80 columns."""
    kept_argv, kept_stdin, kept_environment, kept_threshold = sys.argv, sys.stdin, dict(os.environ), gc.get_threshold()
    sys.argv, sys.stdin = words, io.StringIO(typed)
    os.environ.update(SCREEN)
    try:
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            yield
    finally:
        sys.argv, sys.stdin = kept_argv, kept_stdin
        gc.set_threshold(*kept_threshold)
        os.environ.clear()
        os.environ.update(kept_environment)


def matches(expected: tuple[str, ...], actual: tuple[str, ...]) -> bool:
    """Whether the lines agree, `…` standing for any lines, none included."""
    if not expected:
        return not actual
    if expected[0] != ANYTHING:
        return bool(actual) and expected[0].rstrip() == actual[0].rstrip() and matches(expected[1:], actual[1:])
    return any(matches(expected[1:], actual[start:]) for start in range(len(actual) + 1))


# Python


def _python(block: Block, names: dict[str, Any]) -> Iterator[Shown]:
    if ">>>" not in block.text:
        exec(compile(block.text, str(block), "exec"), names)
        return
    for example in doctest.DocTestParser().get_examples(block.text, str(block)):
        printed = _printed(example, names)
        expected = tuple(example.want.rstrip("\n").split("\n")) if example.want else ()
        asked = example.source.count("\n")
        yield Shown(block, block.line + 1 + example.lineno + asked, expected, printed)


def _printed(example: doctest.Example, names: Mapping[str, Any]) -> tuple[str, ...]:
    """The lines an example prints, the value of an expression among them."""
    output = io.StringIO()
    tree = ast.parse(example.source)
    with contextlib.redirect_stdout(output):
        if len(tree.body) == 1 and isinstance(tree.body[0], ast.Expr):
            value = eval(compile(example.source.strip(), "page", "eval"), names)  # type: ignore[arg-type]
            if value is not None:
                print(repr(value))
        else:
            exec(compile(tree, "page", "exec"), names)  # type: ignore[arg-type]
    text = output.getvalue()
    return tuple(line.rstrip() for line in text.rstrip("\n").split("\n")) if text.strip() else ()


# Rulebooks


def _yaml(block: Block, _: dict[str, Any]) -> Iterator[Shown]:
    """Keeps and reads what a block holds. Raises Mistakes where it cannot be read and is not said to be broken."""
    name = next((word for word in block.words if word.endswith(".yaml")), "")
    if "fragment" in block.words and name:
        path = Path(name)
        path.write_text(laid(block.text, path.read_text(encoding="utf-8")), encoding="utf-8")
        poise.read(name)
    elif "fragment" in block.words:
        top = [line for line in _TOP if not re.search(rf"^{line.split(':')[0]}:", block.text, re.MULTILINE)]
        _read("".join(top) + block.text, block)
    elif name:
        Path(name).write_text(block.text, encoding="utf-8")
        if "broken" not in block.words:
            _read_file(name)
    else:
        _read(block.text, block)
    yield from ()


def _read(text: str, block: Block) -> None:
    """Read a book that is kept nowhere."""
    path = Path("a_block.yaml")
    path.write_text(text, encoding="utf-8")
    try:
        poise.read(path)
    except Mistakes as mistakes:
        raise AssertionError(f"{block}\n{mistakes}") from None
    finally:
        path.unlink()


def _read_file(name: str) -> None:
    of = _LABELS.fullmatch(name)
    if of:
        own = Path(f"{of.group(1)}.yaml")
        labelled(poise.read(own if own.exists() else of.group(1)), name, Path(name).read_bytes())
    else:
        poise.read(name)


def laid(fragment: str, text: str) -> str:
    """A file with a fragment's entries laid into it, as a person would: those of the same name replaced."""
    for section, entries in _sections(fragment).items():
        for entry in entries:
            text = _lay(section, entry, text)
    return text


def _sections(fragment: str) -> dict[str, list[str]]:
    """{section: its entries, each with the lines under it}."""
    found: dict[str, list[str]] = {}
    section = ""
    for line in fragment.splitlines(keepends=True):
        if re.match(r"\w+:", line):
            section = line.split(":")[0]
            found[section] = []
        elif re.match(r"  \S", line):
            found[section].append(line)
        elif found[section]:
            found[section][-1] += line
    return found


def _lay(section: str, entry: str, text: str) -> str:
    name = re.match(r"  (\w+):", entry)
    head = re.search(rf"^{section}:.*\n", text, re.MULTILINE)
    if head is None:
        return f"{text.rstrip()}\n\n{section}:\n{entry}"
    rest = text[head.end() :]
    end = re.search(r"^\w", rest, re.MULTILINE)
    body, after = (rest[: end.start()], rest[end.start() :]) if end else (rest, "")
    if name and (old := re.search(rf"^  {name.group(1)}:.*\n(?:(?:   .*)?\n)*", body, re.MULTILINE)):
        body = body[: old.start()] + entry + body[old.end() :]
    else:
        body = f"{body.rstrip()}\n{entry}\n".lstrip("\n")
    return f"{text[: head.start()]}{section}:\n{body}{after}"
