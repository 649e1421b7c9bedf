"""How somebody gets through pages: with a thumb or a mouse, or by keyboard alone. Both know them by their words."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

FAR = 250
"""Tabs after which something cannot be reached by keyboard."""


class Thumb:
    """Taps and types."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, name: str) -> None:
        """A button of the page, by its words."""
        self._at(self.main.get_by_role("button", name=name, exact=True).first, self._tap)

    def at(self, found: Locator) -> None:
        """Something by where it stands, where its words are not known."""
        self._at(found.first, self._tap)

    def go(self, name: str) -> None:
        """A link, by its words."""
        self._at(self.page.get_by_role("link", name=name, exact=True).first, self._tap)

    def open(self, words: str) -> None:
        """What is folded away, by the words on it."""
        self._at(self.main.locator("summary").filter(has_text=words).first, self._tap)

    def say(self, label: str, words: str) -> None:
        """Words into a field, by its label."""
        field = self.main.get_by_label(label).first
        self._at(field, lambda found: self._write(found, words))

    def choose(self, name: str) -> None:
        """One of several, by its words."""
        self._at(self.main.get_by_role("radio", name=name).first, self._pick)

    def check(self) -> None:
        """The first box to tick."""
        self._at(self.main.get_by_role("checkbox").first, self._pick)

    def sees(self, words: str) -> None:
        """Wait until the page says something."""
        expect(self.main).to_contain_text(words)

    @property
    def main(self) -> Locator:
        """The page without what is around it."""
        return self.page.locator("main")

    def _at(self, found: Locator, act: Callable[[Locator], None]) -> None:
        expect(found).to_be_visible()
        act(found)

    def _tap(self, found: Locator) -> None:
        found.click()

    def _pick(self, found: Locator) -> None:
        found.check(force=True)

    def _write(self, found: Locator, words: str) -> None:
        found.fill(words)


class Keys(Thumb):
    """Tab, arrows, Space, Enter and letters; what has the focus can be seen."""

    def _at(self, found: Locator, act: Callable[[Locator], None]) -> None:
        expect(found).to_be_attached()
        self._reach(found)
        act(found)

    def _reach(self, found: Locator) -> None:
        radio = found.get_attribute("type") == "radio"
        for _ in range(FAR):
            if found.evaluate("each => each === document.activeElement"):
                return
            if radio and found.evaluate("each => document.activeElement.name === each.name"):
                self.page.keyboard.press("ArrowDown")
            else:
                self.page.keyboard.press("Tab")
        raise AssertionError(f"no key leads to {found}")

    def _tap(self, found: Locator) -> None:
        style = "(each) => getComputedStyle(each).outlineStyle"
        assert found.evaluate(style) == "solid", "one sees where one is"
        self.page.keyboard.press("Enter")

    def _pick(self, found: Locator) -> None:
        if not found.is_checked():
            self.page.keyboard.press("Space")

    def _write(self, found: Locator, words: str) -> None:
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.insert_text(words)
        expect(found).to_have_value(words)
