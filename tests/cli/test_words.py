"""What commands and practices say: no preaching, no shouting, no scores, nobody late."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import poise

HOUSE = Path(poise.__file__).parent
PAGES = ("audit_page.py", "audit_style.py")
"""HTML and its style; what a page says comes from elsewhere."""
FILES = sorted(file for room in ("cli", "practice") for file in (HOUSE / room).rglob("*.py") if file.name not in PAGES)
NOT_OURS = re.compile(
    r"\b(should|must|appropriate|problematic|offender|incident|compliance|optimal|overdue|late|missed|streak|score"
    r"|badge|congratulations|great|well done|failed|failure)\b|%(?![-.\d]*[a-zA-Z(])|!",
    re.IGNORECASE,
)
SIGNS = re.compile(r"`[^`]*`|!=|(?<![\w.])!(?= is for)|^!$|\.!|“[^”]*”")
"""What is typed, quoted or compared; and the key `!` itself."""


def _said(file: Path) -> Iterator[tuple[int, str]]:
    """The texts of a file that have a space in them, docstrings of commands among them, others not."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
            yield node.lineno, node.value


def _docstrings(file: Path) -> set[int]:
    """Lines of docstrings that nobody reads on a screen."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            shown = isinstance(node, ast.FunctionDef) and node.name == "command"
            found |= set() if shown else {node.body[0].lineno}
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_nothing_that_is_said_preaches_shouts_or_counts_somebody(file: Path) -> None:
    unread = _docstrings(file)
    for line, text in _said(file):
        if line not in unread:
            said = SIGNS.sub("", text)
            assert not NOT_OURS.search(said), f"{file.name}:{line}: {text}"
