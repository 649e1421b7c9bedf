"""The language of the pages. Rulebooks bring their own words; the journal keeps each language as it was written."""

from __future__ import annotations

import gettext
from functools import lru_cache
from pathlib import Path

from ..rulebook.speech import Say, plain

LANGUAGES = {"en": "English", "zh-Hans": "简体中文", "zh-Hant": "繁體中文"}
AWAITING = {
    "zh-Hans": "这份翻译还在等母语读者审阅。",
    "zh-Hant": "這份翻譯還在等母語讀者審閱。",
}
"""What is said beside a language, in it, until native readers have looked at its words."""
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")
_LOCALES = Path(__file__).parent / "locales"


@lru_cache
def translations(language: str) -> gettext.NullTranslations:
    """The words of the pages in a language; English where there are none."""
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation("poise", _LOCALES, [language], fallback=True)


@lru_cache
def saying(language: str) -> Say:
    """Says the templates of sentences made in Python in a language; English where there are none."""
    known = translations(language)

    def say(template: str, /, **words: object) -> str:
        return plain(known.gettext(template) if template else template, **words)

    return say


def direction(language: str) -> str:
    """Which way a language is written."""
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"
