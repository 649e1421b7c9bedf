"""The language of the pages. Rulebooks bring their own words; the journal keeps each language as it was written."""

from __future__ import annotations

import gettext
from functools import lru_cache
from pathlib import Path

LANGUAGES = {"en": "English", "zh-Hans": "简体中文", "zh-Hant": "繁體中文"}
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")
_LOCALES = Path(__file__).parent / "locales"


@lru_cache
def translations(language: str) -> gettext.NullTranslations:
    """The words of the pages in a language; English where there are none."""
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation("poise", _LOCALES, [language], fallback=True)


def direction(language: str) -> str:
    """Which way a language is written."""
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"
