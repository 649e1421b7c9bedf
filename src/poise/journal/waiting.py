"""What waits: letters written while the journal was locked, until it is unlocked and takes them in.

letters.json    where letters are sealed to; nothing in it is secret
waiting/        the letters, one file each
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .journal import Journal
from .sealing.files import in_words, make_folder, write_whole
from .sealing.letters import LONGEST, Address, LetterKey
from .trouble import Damaged, Refused, Trouble

ADDRESS, FOLDER, ASIDE = "letters.json", "waiting", "unread"
KEY = "letter_key"
"""The setting that holds the key; the whole journal is sealed."""
MOST = 1000
"""Letters that wait at most, so that nobody fills the disk from a locked page."""
_NAME = re.compile(r"[0-9a-z-]{1,64}")


def address_of(folder: Path) -> Address | None:
    """Where letters to the journal of a folder are sealed to; None where none can be written yet. Raises Trouble."""
    path = folder / ADDRESS
    if not path.is_file():
        return None
    with in_words("the address", path):
        data = path.read_bytes()
    try:
        return Address.from_plain(json.loads(data))
    except ValueError:
        raise Damaged(f"`{ADDRESS}` is damaged", "unlock the journal: it is made anew") from None


def prepare(journal: Journal) -> bool:
    """See that letters can be written. False where the address was not the journal's own: it is put right again."""
    key, folder = _key(journal), journal.vault.folder
    wanted = key.address(journal.vault.keys.journal)
    try:
        found = address_of(folder)
    except Trouble:
        found = Address("", b"")
    if found != wanted:
        write_whole(folder / ADDRESS, (json.dumps(wanted.to_plain(), indent=1) + "\n").encode())
    return found in (None, wanted)


def put(folder: Path, name: str, plain: dict[str, Any]) -> None:
    """Seal a letter and let it wait; one of the same name is replaced. Raises Trouble."""
    address = address_of(folder)
    if address is None:
        raise Refused("nothing can be kept while locked: this journal was never opened here", "unlock it once")
    place = folder / FOLDER
    make_folder(place)
    path = _path(place, name)
    if not path.exists() and how_many(folder) >= MOST:
        raise Refused(f"{MOST} letters wait already", "unlock the journal, so that it takes them in")
    words = json.dumps(plain, ensure_ascii=False).encode()
    if len(words) > LONGEST // 2:
        raise Refused("this is too long to be kept while locked", "shorten it, or unlock the journal")
    write_whole(path, address.seal(name, words))


def drop(folder: Path, name: str) -> None:
    """Take back a letter that waits."""
    _path(folder / FOLDER, name).unlink(missing_ok=True)


def how_many(folder: Path) -> int:
    """How many letters wait."""
    return sum(1 for _ in (folder / FOLDER).glob("*.letter"))


def collect(journal: Journal, take: Callable[[str, dict[str, Any]], None]) -> list[Trouble]:
    """Open what waits, the oldest first, and hand it to `take`; what was taken is deleted.

    What cannot be opened or taken is put aside, not deleted. Returns what was wrong with it.
    """
    place = journal.vault.folder / FOLDER
    letters = sorted(place.glob("*.letter"), key=lambda path: (path.stat().st_mtime_ns, path.name))
    return [trouble for path in letters if (trouble := _collected(journal, path, take))]


def _collected(journal: Journal, path: Path, take: Callable[[str, dict[str, Any]], None]) -> Trouble | None:
    try:
        name, words = _key(journal).open(journal.vault.keys.journal, path.read_bytes())
        take(name, json.loads(words))
    except Trouble as trouble:
        make_folder(path.parent / ASIDE)
        path.replace(path.parent / ASIDE / path.name)
        return trouble
    path.unlink()
    return None


def _key(journal: Journal) -> LetterKey:
    text = journal.setting(KEY)
    if text is None:
        text = LetterKey.new().text
        journal.set(KEY, text)
    return LetterKey.from_text(text)


def _path(place: Path, name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise Refused("a letter's name has only small letters, digits and dashes")
    return place / f"{name}.letter"
