"""What the pages show is what comes out; what they point to is there; and they read as they are meant to."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from .pages import ROOT, anchors, blocks, links, pages, prose
from .running import run_page

PAGES = pages()
names = [str(page.relative_to(ROOT)) for page in PAGES]
each_page = pytest.mark.parametrize("page", PAGES, ids=names)

NOT_OURS = re.compile(r"\b(should|must|appropriate|problematic|offender|incident|compliance|optimal)\b", re.IGNORECASE)
IN_CODE = re.compile(r"`[^`]*`|\]\([^)]*\)")


@each_page
def test_what_a_page_shows_is_what_comes_out(page: Path, tmp_path: Path) -> None:
    stale = [str(shown) for shown in run_page(page, tmp_path) if not shown.agrees]
    assert not stale, "\n".join([*stale, "`python -m tests.docs.refresh` rewrites what pages show."])


@each_page
def test_every_link_leads_somewhere(page: Path) -> None:
    for line, link in links(page):
        path, _, anchor = link.partition("#")
        if re.match(r"https?:", path):
            continue
        target = page.parent / path if path else page
        assert target.exists(), f"{page.name}:{line}: there is no `{path}`"
        assert not anchor or anchor in anchors(target), f"{page.name}:{line}: `{link}` points to no heading"


@each_page
def test_targets_of_make_are_there(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    typed = [line for block in blocks(page) for line in block.lines if block.language in ("", "console")]
    named = re.findall(r"^(?:\$ )?make ([a-z-]+)", "\n".join(typed), re.MULTILINE)
    named += re.findall(r"`make ([a-z-]+)", "\n".join(line for _, line in prose(page)))
    assert set(named) <= targets


@each_page
def test_lines_fit(page: Path) -> None:
    fenced = {n for block in blocks(page) for n in range(block.line, block.line + len(block.lines) + 2)}
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        assert len(line) <= 120 or (line.startswith("|") and number not in fenced), f"{page.name}:{number}: too long"


@each_page
def test_pages_do_not_preach_or_shout(page: Path) -> None:
    for number, line in prose(page):
        said = IN_CODE.sub("", line)
        assert not NOT_OURS.search(said), f"{page.name}:{number}: {line}"
        assert "!" not in said.removeprefix("!["), f"{page.name}:{number}: {line}"
        assert not any(unicodedata.category(char) == "So" for char in said), f"{page.name}:{number}: {line}"


def test_make_run_without_a_terminal_weighs_the_moment_of_the_readme() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    sample = next(line.removeprefix("SAMPLE := ") for line in makefile.splitlines() if line.startswith("SAMPLE := "))
    assert f"$ poise weigh {sample}\n" in (ROOT / "README.md").read_text(encoding="utf-8")
