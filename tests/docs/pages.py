"""The pages, and what stands in them: fenced blocks, tables, headings and links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_FENCE = re.compile(r"^```(.*)$")


@dataclass(frozen=True)
class Block:
    """One fenced block: its language, the words after it, and the lines between its fences."""

    page: Path
    line: int
    """The line of its first fence, counted from 1."""
    language: str
    words: tuple[str, ...]
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines) + "\n"

    def __str__(self) -> str:
        return f"{self.page.name}:{self.line}"


def pages() -> list[Path]:
    """Every page that people read."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def blocks(page: Path) -> list[Block]:
    """The fenced blocks of a page, in order."""
    found, start, info, inside = [], 0, "", list[str]()
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        fence = _FENCE.match(line)
        if fence and start:
            language, *words = info.split() or [""]
            found.append(Block(page, start, language, tuple(words), tuple(inside)))
            start = 0
        elif fence:
            start, info, inside = number, fence.group(1), []
        elif start:
            inside.append(line)
    assert not start, f"{page.name}:{start}: this block is never closed"
    return found


def prose(page: Path) -> list[tuple[int, str]]:
    """The lines outside fenced blocks, with their numbers."""
    fenced = {n for block in blocks(page) for n in range(block.line, block.line + len(block.lines) + 2)}
    lines = enumerate(page.read_text(encoding="utf-8").splitlines(), 1)
    return [(number, line) for number, line in lines if number not in fenced]


def under(page: Path, heading: str) -> list[str]:
    """The prose under a heading, up to the next heading."""
    found: list[str] | None = None
    for _, line in prose(page):
        if line.startswith("#"):
            if found is not None:
                return found
            found = [] if line.lstrip("# ") == heading else None
        elif found is not None:
            found.append(line)
    assert found is not None, f"{page.name} has no heading `{heading}`"
    return found


def rows(lines: list[str]) -> dict[str, list[str]]:
    """The rows of the tables among these lines: {name in backticks in the first cell: the other cells}."""
    return dict(_cells(lines))


def _cells(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    for line in lines:
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
        if line.startswith("|"):
            yield from ((name, cells[1:]) for name in re.findall(r"`([^`]+)`", cells[0]))


def anchors(page: Path) -> set[str]:
    """What a link into a page can point to."""
    headings = [line.lstrip("# ") for _, line in prose(page) if re.match(r"#+ ", line)]
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links(page: Path) -> list[tuple[int, str]]:
    """Every link of a page, with its line."""
    return [(number, link) for number, line in prose(page) for link in re.findall(r"\]\(([^)\s]+)\)", line)]
