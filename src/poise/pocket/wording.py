"""The page's sentences, which stand in its modules as `_("…")` or `say("…")`: found, and put in its language."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

_SAID = re.compile(r'(?<![\w.])(_|say)\("((?:[^"\\\n]|\\.)*)"')
Translate = Callable[[str], str]


def messages(source: str) -> list[str]:
    """The English of every sentence in a module."""
    return [json.loads(f'"{found[2]}"') for found in _SAID.finditer(source)]


def said(source: str, translate: Translate) -> str:
    """The module with its sentences in a language."""

    def put(found: re.Match[str]) -> str:
        words = translate(json.loads(f'"{found[2]}"'))
        return f"{found[1]}({json.dumps(words, ensure_ascii=False)}"

    return _SAID.sub(put, source)


def slim(source: str) -> str:
    """A module or a stylesheet without its comments on lines of their own, and without what indents it."""
    bare = re.sub(r"^\s*/\*.*?\*/\s*$", "", source, flags=re.DOTALL | re.MULTILINE)
    lines = (line.strip() for line in bare.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"
