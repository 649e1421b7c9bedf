"""Words that could point to someone: found by their form, shown to the person, and changed by nobody else.

Found are nicknames of the journal however they are written, runs of words from what was said, words with a capital
that no guideline uses, numbers and days, and addresses. In a script without capitals only the others can be found.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import NamedTuple

from ...rulebook.rulebook import Rulebook
from ..opened import folded
from .laid_out import FIELDS

NICKNAME, SAID, ADDRESS, NUMBER, CAPITAL = "nickname", "said", "address", "number", "capital"
KINDS = {
    NICKNAME: "a nickname in your journal",
    SAID: "words of what was said",
    ADDRESS: "an address",
    NUMBER: "a number or a day",
    CAPITAL: "a word with a capital",
}
"""What is found, in the order in which it is asked about."""
RUN = 4
"""Words in a row that make a quotation of what was said."""
_NO_SPACES = 0x2E80
"""Where the scripts of East Asia begin, which set no spaces between words."""
_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b/?\S*|@\w+"
)
_NUMBER = re.compile(r"\d+(?:[.,:/–-]\d+)*")
_OPENING = " \t\"'“‘«„‚([{*–—-"
_CLOSING = "\"'”’»)]}"
_ENDS = ".!?…:;\n。！？：；"
_DAYS = {
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march"),
    *("april", "june", "july", "august", "september", "october", "november", "december", "christmas", "easter"),
}
_COMMON = frozenset(
    _WORD.findall(
        """
a about acting address after afterwards again all along also although always am an and anger another answer any
are as ask asking at away back be because been before being between both but by came can clear client could did
do does doubt during each either else employers even ever every few first fit for from gave get give go going
good had has have he her here him his how however i if in inside into is it its just keep keeping kept know last
later least less let light like liking little look looking made make many maybe me might moments more most much
my myself neither never next no nobody none nor not nothing now of off often on once one only or other ouch our
out over own pause people perhaps person pushing put rent safety said same say second see she since sit so some
somebody someone something sometimes somewhat soon step still such take talk tears tell than thank that the
their them then there these they thing think third this those though threats three through to today together
told tomorrow too two under unless until up us very waiting was we wearing were what when where whether which
while who whom whose why will with within without would write yes yesterday yet you your
"""
    )
)
_NAMES_TOO = frozenset(
    _WORD.findall("""amber art bill bob brook brown chase cliff dale dawn dean drew earl faith frank gene grace
gray green guy heath holly hope hunter ivy jack jade joy king lane lily long mark mason may miles olive pat pearl penny
ray rich robin rose ruby sky star sue summer sunny taylor victor wade white will young""")
)
"""Words that are names as well: where they begin a sentence with a capital, nobody but the person can tell."""


class Pointer(NamedTuple):
    """Where in a text something stands that could point to someone."""

    start: int
    end: int
    words: str
    kind: str


class Token(NamedTuple):
    """A word of a text: where it stands, and how it reads however it is written."""

    start: int
    end: int
    small: str


def pointers(text: str, nicknames: Iterable[str], remarks: Iterable[str], known: Collection[str]) -> list[Pointer]:
    """Everything in a text that could point to someone, in its order. `known` are words that no name begins with.

    Pieces may overlap: a nickname within a run of words that were said is both.
    """
    tokens = _tokens(text)
    found = [
        *_addresses(text),
        *(each for nickname in nicknames for each in _nicknames(text, tokens, nickname)),
        *(each for remark in remarks for each in _runs(text, tokens, remark)),
        *(Pointer(each.start(), each.end(), each[0], NUMBER) for each in _NUMBER.finditer(text)),
    ]
    taken = [(each.start, each.end) for each in found if each.kind != SAID]
    found += [each for each in _capitals(text, known) if not _within(each, taken)]
    covered = [(each.start, each.end) for each in found if each.kind == ADDRESS]
    kept = {each for each in found if each.kind == ADDRESS or not _within(each, covered)}
    return sorted(kept, key=lambda each: (each.start, -each.end, each.kind))


def instead(text: str, pointed: Collection[Pointer], words: str, other: str) -> str:
    """The text with other words wherever these are pointed at; with a capital where a sentence begins."""
    for each in sorted((each for each in pointed if each.words == words), reverse=True):
        fresh = f"{other[:1].upper()}{other[1:]}" if each.words[0].isupper() and _begins(text, each.start) else other
        text = f"{text[: each.start]}{fresh}{text[each.end :]}"
    return text


@cache
def _page_words() -> frozenset[str]:
    headings = " ".join(f"{field.heading} {field.hint}" for field in FIELDS.values())
    return frozenset((*_COMMON, *(word.casefold() for word in _WORD.findall(headings))))


def known_words(book: Rulebook) -> frozenset[str]:
    """Words that begin sentences without naming anybody: common ones, and those that a book writes small."""
    texts = [
        *(text for each in book.guidelines.values() for text in (each.say, each.because)),
        *(text for each in book.responses.values() for text in (each.say, each.means, *each.lines)),
        *(text for each in book.questions for text in (each.ask, each.explain, *each.words.values())),
        *(text for each in book.bounds.values() for text in (each.say, each.because)),
        book.first_duty,
    ]
    return (_page_words() | {word for text in texts for word in _WORD.findall(text) if word[0].islower()}) - _NAMES_TOO


def _addresses(text: str) -> Iterator[Pointer]:
    yield from (Pointer(each.start(), each.end(), each[0], ADDRESS) for each in _ADDRESS.finditer(text))


def _tokens(text: str) -> list[Token]:
    return [Token(each.start(), each.end(), folded(each[0])) for each in _WORD.finditer(text)]


def _nicknames(text: str, tokens: list[Token], nickname: str) -> Iterator[Pointer]:
    """A nickname as whole words, however they are written; in a script without spaces, anywhere."""
    if any(ord(sign) >= _NO_SPACES for sign in nickname):
        found = re.finditer(re.escape(nickname), text)
        yield from (Pointer(each.start(), each.end(), each[0], NICKNAME) for each in found)
        return
    wanted = [folded(word) for word in _WORD.findall(nickname)]
    for first in [at for at, token in enumerate(tokens) if token.small == wanted[0]] if wanted else ():
        run = tokens[first : first + len(wanted)]
        if [token.small for token in run] == wanted:
            yield _over(text, run, NICKNAME)


def _runs(text: str, tokens: list[Token], remark: str) -> Iterator[Pointer]:
    """Words in a row that stand in a remark, too."""
    said = [folded(word) for word in _WORD.findall(remark)]
    rows = {tuple(said[at : at + RUN]) for at in range(len(said) - RUN + 1)}
    starts = [at for at in range(len(tokens) - RUN + 1) if tuple(t.small for t in tokens[at : at + RUN]) in rows]
    run: list[Token] = []
    for at in starts:
        if run and tokens[at].start > run[-1].start:
            yield _over(text, run, SAID)
            run = []
        run += [token for token in tokens[at : at + RUN] if token not in run]
    if run:
        yield _over(text, run, SAID)


def _capitals(text: str, known: Collection[str]) -> Iterator[Pointer]:
    """Words with a capital: inside a sentence all of them, at its beginning those that are not known."""
    for each in _WORD.finditer(text):
        word = each[0]
        small = word.casefold()
        if small in _DAYS and word[0].isupper():
            yield Pointer(each.start(), each.end(), word, NUMBER)
        elif any(sign.isupper() for sign in word) and not _is_usual(text, each, known):
            yield Pointer(each.start(), each.end(), word, CAPITAL)


def _is_usual(text: str, each: re.Match[str], known: Collection[str]) -> bool:
    """Whether a capital is there because a sentence begins, and the word is none that names somebody."""
    word = each[0]
    if word == "I":
        return True
    alone = word[1:] == word[1:].lower() and word.casefold() in known
    return alone and _begins(text, each.start())


def _begins(text: str, at: int) -> bool:
    """Whether a sentence begins there: after the end of another, or in quotes."""
    before = text[:at].rstrip(_OPENING)
    quoted = any(sign in '"“‘«„([{' for sign in text[len(before) : at])
    ended = before.rstrip(_CLOSING)
    return quoted or not ended or ended[-1] in _ENDS


def _over(text: str, run: list[Token], kind: str) -> Pointer:
    start, end = run[0].start, run[-1].end
    return Pointer(start, end, text[start:end], kind)


def _within(each: Pointer, spans: Collection[tuple[int, int]]) -> bool:
    return any(start <= each.start and each.end <= end for start, end in spans)
