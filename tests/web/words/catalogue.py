"""A catalogue of messages: read and written as a gettext PO file, and compiled to a MO file.

The formats are those of GNU gettext's manual, "The Format of PO Files" and "The Format of GNU MO Files".
"""

from __future__ import annotations

import ast
import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

LINE = re.compile(r'(msgid|msgid_plural|msgstr)(?:\[(\d+)\])?\s+(".*")')


class Message(NamedTuple):
    """A message: its English, where it stands, its plural where it has one, and its words in the language."""

    id: str
    places: tuple[str, ...] = ()
    plural: str = ""
    words: tuple[str, ...] = ()
    """As many as the language has plural forms; one where the message has no plural. Empty ones are not said yet."""
    fuzzy: bool = False
    notes: tuple[str, ...] = ()

    @property
    def done(self) -> bool:
        """Whether it is said in the language."""
        return bool(self.words) and all(self.words) and not self.fuzzy


@dataclass
class Catalogue:
    """The messages of one language, by their English; its head is the words of the empty message."""

    head: str = ""
    notes: tuple[str, ...] = ()
    messages: dict[str, Message] = field(default_factory=dict)

    @property
    def forms(self) -> int:
        """How many plural forms the language has."""
        found = re.search(r"nplurals=(\d+)", self.head)
        return int(found[1]) if found else 2


def read_po(text: str) -> Catalogue:
    """The catalogue in a PO file's text. Raises ValueError for a line that is none."""
    found = Catalogue()
    for block in re.split(r"\n\s*\n", text.strip()):
        message = _read(block)
        if message is None:
            continue
        if message.id:
            found.messages[message.id] = message
        else:
            found.head, found.notes = message.words[0], message.notes
    return found


def _read(block: str) -> Message | None:
    texts: dict[str, str] = {}
    notes, places, fuzzy, last = [], [], False, ""
    for line in block.splitlines():
        if line.startswith("#~"):
            continue
        if line.startswith("#:"):
            places.append(line[2:].strip())
        elif line.startswith("#,"):
            fuzzy = "fuzzy" in line
        elif line.startswith("#"):
            notes.append(line[1:].strip())
        elif found := LINE.fullmatch(line):
            last = f"{found[1]}{found[2] or ''}"
            texts[last] = ast.literal_eval(found[3])
        elif line.startswith('"') and last:
            texts[last] += ast.literal_eval(line)
        else:
            raise ValueError(f"this is no line of a catalogue: {line}")
    if "msgid" not in texts:
        return None
    words = tuple(text for name, text in texts.items() if name.startswith("msgstr"))
    return Message(texts["msgid"], tuple(places), texts.get("msgid_plural", ""), words, fuzzy, tuple(notes))


def write_po(catalogue: Catalogue, *, template: bool = False) -> str:
    """The text of a PO file. `template` writes it without the language's words."""
    head = [*(f"# {note}".rstrip() for note in catalogue.notes), 'msgid ""', *_written("msgstr", catalogue.head)]
    blocks = [_block(each, template, catalogue.forms) for each in catalogue.messages.values()]
    return "\n\n".join(["\n".join(head), *blocks]) + "\n"


def _block(message: Message, template: bool, forms: int) -> str:
    lines = [f"# {note}" for note in message.notes]
    lines += [f"#: {place}" for place in message.places]
    lines += ["#, fuzzy"] if message.fuzzy else []
    lines += _written("msgid", message.id)
    if not message.plural:
        return "\n".join([*lines, *_written("msgstr", "" if template or not message.words else message.words[0])])
    lines += _written("msgid_plural", message.plural)
    words = ("",) * forms if template or not message.words else message.words
    return "\n".join([*lines, *(line for n, text in enumerate(words) for line in _written(f"msgstr[{n}]", text))])


def _written(name: str, text: str) -> Iterator[str]:
    if "\n" not in text:
        yield f"{name} {_quoted(text)}"
        return
    yield f'{name} ""'
    yield from (_quoted(line) for line in text.splitlines(keepends=True))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def compiled(catalogue: Catalogue) -> bytes:
    """The MO file: what is said in the language, sorted by its English; both as UTF-8, each ended by a zero byte.

    A header of seven 32-bit numbers, a table of (length, place) for the English, one for the words, then the texts.
    """
    done = [each for each in catalogue.messages.values() if each.done]
    pairs = sorted([("", catalogue.head), *map(_pair, done)])
    ids, words = ([text.encode() for text in texts] for texts in zip(*pairs, strict=True))
    tables = 28 + 16 * len(pairs)
    places = list(_laid([*ids, *words], tables))
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, tables)
    numbers = struct.pack(f"<{2 * len(places)}I", *(number for place in places for number in place))
    return head + numbers + b"".join(text + b"\0" for text in [*ids, *words])


def _pair(message: Message) -> tuple[str, str]:
    return "\0".join(filter(None, (message.id, message.plural))), "\0".join(message.words)


def _laid(texts: Iterable[bytes], start: int) -> Iterator[tuple[int, int]]:
    for text in texts:
        yield len(text), start
        start += len(text) + 1


def renewed(old: Catalogue, messages: dict[str, Message]) -> Catalogue:
    """The catalogue with today's messages: words that are there stay; a message that is gone goes."""
    found = {id_: _kept(old.messages.get(id_), each) for id_, each in messages.items()}
    return Catalogue(old.head, old.notes, found)


def _kept(before: Message | None, now: Message) -> Message:
    if before is None or bool(before.plural) != bool(now.plural):
        return now
    return now._replace(words=before.words, fuzzy=before.fuzzy or before.plural != now.plural, notes=before.notes)
