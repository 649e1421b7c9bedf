"""The terms of the index: what words become before they are indexed, and before they are looked for.

Case, accents and compatibility forms are folded. A word is in the index twice: as it is, of which the index takes the
English stem (Porter), so that all its forms are found; and with a mark at its end, which no stemming touches, so that
it is found by its beginning. Scripts without spaces between words, and emoji, are indexed by overlapping pairs of
characters: 对不起 is 对不 不起 起. Two of them in a row are one term, and one of them begins some.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from .sealing.fts import MARK, SHORTEST
from .trouble import Refused

MOST = 300
"""Terms that are looked for at most."""
_RUNS = re.compile(
    "(["
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\uac00-\ud7a3"  # Japanese, Korean
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Chinese
    "\u2600-\u27bf\U0001f000-\U0001faff"  # emoji
    "]+)"
)
_WORDS = re.compile(f"(?:[^\\W_]|[\u0900-\u0963\u0966-\u0dff]){{{SHORTEST},}}")
"""Words that are in the index by themselves. The scripts of India have marks in them that are no letters to Python."""
_ACCENTS = re.compile("[\u0300-\u036f\ufe0e\ufe0f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]")
"""Accents, the two faces of an emoji, and the vowel points of Hebrew and Arabic, which few people type."""
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "_": " ", '"': " ", "\0": " "})
"""Letters that have no accent to be taken off; and signs that mean something to the index."""


def indexed(words: Iterable[str]) -> str:
    """What is indexed for words somebody wrote."""
    text = _folded(" ".join(words))
    marked = dict.fromkeys(_WORDS.findall(_RUNS.sub(" ", text)))
    spaced = _RUNS.sub(lambda run: f" {_pairs(run[0])} {run[0][-1]} ", text)
    return " ".join([spaced, *(word + MARK for word in marked)])


def tag(name: str, value: object) -> str:
    """A term that nobody can type: what an entry is about, of what kind it is."""
    return MARK + re.sub(r"\W", MARK, f"{name}_{value}") + MARK


def query(words: str, tags: Iterable[str] = ()) -> str:
    """What is looked for, in the language of the index; nothing typed is read as that language. Empty: nothing is.

    Raises Refused where it is very long.
    """
    terms = dict.fromkeys(term for typed in words.split() for term in _wanted(typed))
    if sum(len(term.split()) for term in terms) > MOST:
        raise Refused("this is too long to look for", "a few of its words are enough")
    narrowed = [f'"{name}"' for name in tags]
    return " AND ".join([*terms, *narrowed]) if terms or not words.strip() else ""


def _wanted(typed: str) -> Iterator[str]:
    """The term for what was typed between two spaces: one word, or several in a row; none where it has no sign."""
    text = _folded(typed)
    pieces = [piece for piece in _RUNS.split(text) if _RUNS.match(piece) or any(map(str.isalnum, piece))]
    if not pieces:
        return
    *before, last = pieces
    words = [f"{_pairs(piece)} {piece[-1]}" if _RUNS.match(piece) else piece for piece in before]
    run = _RUNS.match(last)
    words.append((_pairs(last) or last) if run else last.rstrip("*"))
    begins = len(last) == 1 if run else text.endswith("*")
    yield f'"{" ".join(" ".join(words).split())}"' + "*" * begins


def _pairs(run: str) -> str:
    return " ".join(run[at : at + 2] for at in range(len(run) - 1))


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text).casefold()
    return unicodedata.normalize("NFKC", _ACCENTS.sub("", apart)).translate(_LETTERS)
