"""A part of a journal as one Markdown file, for a person to read: people, then moments with what came of them, then
the rest, each in the order it happened. It is not read back in; the JSON is.

Words stand in quotes. In them nothing is markup that would load a picture from somewhere or pass for the page itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Table

from ..naming import FIELDS, KINDS
from ..tables import changes, drafts, files, moments, people, settings, texts
from .part import AT_ONCE, Part

ENDING = "md"
MARK = "<!-- poise: a journal, not sealed -->"
"""How the file begins, so that it is known again."""
Said = Callable[[Mapping[str, Any]], Iterable[str]]
"""What somebody did in a moment, in words: from the record of that moment."""
TITLES = {
    "people": "People",
    "moments": "Moments",
    "reflections": "Looking back",
    "signs": "Signs: ratings, ruptures, repairs",
    "check_ins": "How I was",
    "follow_ups": "To come back to",
    "rests": "Times of rest",
    "lines": "Lines that worked",
    "holds": "Holds",
    "drafts": "Drafts",
    "settings": "Settings",
    "files": "Files beside the journal",
    "texts": "Texts of rulebooks",
    "changes": "What was changed",
}


def write(part: Part, path: Path, did: Said) -> dict[str, int]:
    """Write the file. Returns how many records of each table are in it."""
    page = _Page(part, did)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        page.write(file)
    return page.counts


class _Page:
    """One writing of the file. What is about a moment stands with it, so those are held by the moment's uid."""

    def __init__(self, part: Part, did: Said) -> None:
        self.part, self.did = part, did
        self.counts: dict[str, int] = {}
        self.names: dict[str, str] = {}

    def write(self, file: IO[str]) -> None:
        whose = f"What is about {self.part.person.nickname}" if self.part.person else "My journal"
        file.write(f"{MARK}\n\n# {_plain(whose)}\n\n")
        file.write(f"Written on {_day(self.part.now)}. It is not sealed: whoever has this file can read every word.\n")
        tables = list(self.part.tables())
        for table in sorted(tables, key=lambda table: list(TITLES).index(table.name) if table.name in TITLES else 99):
            self._section(file, table)

    def _section(self, file: IO[str], table: Table) -> None:
        """A table's records; those about a moment stand with that moment."""
        self.counts.setdefault(table.name, 0)
        title = f"\n## {TITLES.get(table.name, table.name)}\n"
        for record in self._records(table):
            if record.get("moment") is None:
                file.write(title)
                self._write(file, table, record, "###")
                title = ""

    def _records(self, table: Table) -> Iterator[dict[str, Any]]:
        found = self.part.records(table, by="happened_at" if "happened_at" in table.c else "")
        return self._with_theirs(found) if table is moments else found

    def _with_theirs(self, found: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Moments, each with what is about it, looked up for many at once."""
        while portion := list(islice(found, AT_ONCE)):
            uids = {record["uid"] for record in portion}
            theirs: dict[str, list[tuple[Table, dict[str, Any]]]] = {}
            for table in self.part.tables():
                for record in self.part.records(table, about=uids) if "moment_id" in table.c else ():
                    theirs.setdefault(record["moment"], []).append((table, record))
            for record in portion:
                yield {**record, "about": theirs.get(record["uid"], [])}

    def _write(self, file: IO[str], table: Table, record: dict[str, Any], level: str) -> None:
        self.counts[table.name] = self.counts.get(table.name, 0) + 1
        if table is people:
            self.names[record["uid"]] = record["nickname"]
        file.write(f"\n{level} {self._title(table, record, level)}\n\n")
        file.writelines(f"- {line}\n" for line in self._facts(table, record))
        file.writelines(f"{line}\n" for line in _quoted_words(table, record))
        for other, about in record.get("about", ()):
            self._write(file, other, about, f"{level}#")

    def _title(self, table: Table, record: dict[str, Any], level: str) -> str:
        """A day, with whom, and whether it is in the trash; a name where it has one."""
        name = record.get("nickname") or record.get("name") or record.get("sha256")
        at = next((record[name] for name in ("happened_at", "written_at", "placed_at", "at") if record.get(name)), "")
        title = _plain(name) if name else _time(at)
        if level != "###":
            title = f"{KINDS[table.name][:1].upper()}{KINDS[table.name][1:]} · {title}"
        whom = self.names.get(record.get("person") or "")
        return title + (f" · with {_plain(whom)}" if whom else "") + (" · in the trash" if _trashed(record) else "")

    def _facts(self, table: Table, record: dict[str, Any]) -> Iterator[str]:
        """What is not in somebody's own words."""
        if table is moments:
            yield from (f"what I did: {_plain(words)}" for words in self.did(record))
        for name in ("answers", "hindsight", "leaning"):
            if record.get(name):
                yield f"{ANSWERS[name]}: {_plain(_said(record[name]))}"
        for name, called in SHORT.items():
            if record.get(name):
                yield f"{called}: {_plain(record[name])}"
        yield from (f"{called}: {_time(record[name])}" for name, called in DAYS.items() if record.get(name))
        if table is settings:
            yield _plain(_said(record["value"]))
        if table is changes:
            yield f"{record['action']}: {KINDS.get(record['kind'], record['kind'])}"


def _trashed(record: dict[str, Any]) -> bool:
    return bool(record.get("trashed_at"))


LIKELY = 0.8
ANSWERS = {"answers": "answers", "hindsight": "knowing how it went, it would have been", "leaning": "the leaning"}
SHORT = {
    "whose": "whose slip",
    "book": "rulebook",
    "book_sha256": "its text",
    "language": "language",
    "origin": "brought in from",
    "response": "what it was for",
    "why": "why",
}
"""Words of a line at most, as facts."""
DAYS = {
    "due_on": "on",
    "done_at": "done",
    "ends_at": "until",
    "lifted_at": "lifted",
    "written_at": "written",
    "trashed_at": "put in the trash",
}


def _quoted_words(table: Table, record: dict[str, Any]) -> Iterator[str]:
    if table in (texts, files, drafts):
        yield from _block(record.get("text") or record.get("body") or "")
        return
    for name, called in {**FIELDS, "told": "the leaning as it was shown"}.items():
        if record.get(name) and table.name in KINDS:
            yield f"\n{called}:\n"
            yield from (f"> {_plain(line)}".rstrip() for line in record[name].splitlines())


def _block(text: str) -> Iterator[str]:
    """A text as it is, in a fence longer than any within."""
    fence = "```"
    while fence in text:
        fence += "`"
    yield from ("", fence, *text.splitlines(), fence)


def _plain(words: str) -> str:
    """Words that a reader of Markdown shows and does not run: no tag, no picture."""
    return words.replace("<", "\\<").replace("![", "!\\[")


def _said(value: Any) -> str:
    """Answers, one after another: names as words."""
    if isinstance(value, dict) and value and all(isinstance(chance, float) for chance in value.values()):
        return " or ".join(map(_said, _likely(value)))
    if isinstance(value, dict):
        return "; ".join(f"{_said(name)}: {_said(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return ", ".join(map(_said, value))
    return "" if value is None else str(value).replace("_", " ")


def _likely(belief: dict[str, float]) -> list[str]:
    """The fewest answers that hold four in five of a belief, in their order: numbers are for the other forms."""
    held: list[str] = []
    for answer in sorted(belief, key=belief.__getitem__, reverse=True):
        if sum(belief[each] for each in held) < LIKELY * sum(belief.values()):
            held.append(answer)
    return [answer for answer in belief if answer in held]


def _time(at: Any) -> str:
    """A time as it is said: 4 March 2026, 21:15; a day alone without the clock."""
    if not isinstance(at, str):
        return ""
    moment = datetime.fromisoformat(at)
    return _day(moment) + (f", {moment:%H:%M}" if len(at) > len("2026-03-04") else "")


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"
