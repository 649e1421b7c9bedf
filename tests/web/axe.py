"""Looks at a page with axe-core (MPL-2.0, from npm's `axe-core`), for WCAG 2.2 AA and its best practices."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SCRIPT = (Path(__file__).parent / "vendor" / "axe-core-4.14.1.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    """What stands in somebody's way on this page, in axe's words. The page needs a context that bypasses its CSP."""
    page.evaluate(SCRIPT)
    found: dict[str, Any] = page.evaluate("tags => axe.run({runOnly: tags})", RULES)
    return [
        f"{each['id']}: {each['help']}: {node['target']} {node.get('failureSummary', '')}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


def violations_in_both(page: Page) -> list[str]:
    """The same in the light and in the dark; the page is left in the light."""
    found = violations(page)
    page.emulate_media(color_scheme="dark")
    found += violations(page)
    page.emulate_media(color_scheme="light")
    return found
