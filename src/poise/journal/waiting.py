"""What waits: letters written while the journal was locked, until it is unlocked and takes them in.

letters.json    where letters are sealed to; nothing in it is secret
waiting/        the letters, one file each
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from .journal import Journal
from .sealing.files import in_words, make_folder, write_whole
from .sealing.letters import LONGEST, Address, LetterKey, mark_of
from .trouble import Busy, Damaged, Locked, NewerFile, NoRoom, NotAllowed, Refused, Trouble

ADDRESS, FOLDER, ASIDE = "letters.json", "waiting", "unread"
KEY = "letter_key"
"""The setting that holds the key; the whole journal is sealed."""
MOST = 1000
"""Letters that wait at most, so that nobody fills the disk from a locked page."""
SENT = "pocket-"
"""How the files of letters begin that were sealed elsewhere."""
PASSING = (Busy, Locked, NewerFile, NoRoom, NotAllowed)
"""What is over at another time, on a larger disk or with a newer Poise: a letter that meets it waits on."""
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
        raise Damaged("`{address}` is damaged", "unlock the journal: it is made anew", address=ADDRESS) from None


def prepare(journal: Journal) -> bool:
    """See that letters can be written. False where the address was not the journal's own: it is put right again."""
    folder, wanted = journal.vault.folder, own_address(journal)
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
        raise Refused("{most} letters wait already", "unlock the journal, so that it takes them in", most=MOST)
    words = json.dumps(plain, ensure_ascii=False).encode()
    if len(words) > LONGEST // 2:
        raise Refused("this is too long to be kept while locked", "shorten it, or unlock the journal")
    write_whole(path, address.seal(name, words))


def own_address(journal: Journal) -> Address:
    """Where letters to an open journal are sealed to, whatever a file beside it says."""
    return _key(journal).address(journal.vault.keys.journal)


def put_sealed(folder: Path, letters: Sequence[bytes]) -> int:
    """Have letters wait that were sealed elsewhere. Returns how many were not waiting already.

    They are all for this journal, as `check_for` says; whether they open is seen when the journal is unlocked. All of
    them wait, or, where they are too many, none. Raises Trouble.
    """
    place = folder / FOLDER
    make_folder(place)
    paths = {place / f"{SENT}{mark_of(letter)}-{_hash(letter)}.letter": letter for letter in letters}
    new = {path: letter for path, letter in paths.items() if not path.exists()}
    if how_many(folder) + len(new) > MOST:
        raise Refused("no more than {most} letters can wait", "unlock the journal, so that it takes them in", most=MOST)
    for path, letter in new.items():
        write_whole(path, letter)
    return len(new)


def drop(folder: Path, name: str) -> None:
    """Take back a letter that waits."""
    _path(folder / FOLDER, name).unlink(missing_ok=True)


def how_many(folder: Path) -> int:
    """How many letters wait."""
    return sum(1 for _ in (folder / FOLDER).glob("*.letter"))


def collect(journal: Journal, take: Callable[[str, Any, str], object]) -> list[Trouble]:
    """Open what waits, the oldest first, and hand it to `take`: a letter's name, its words as JSON says them, its mark.

    What was sealed here has no mark. What was taken is deleted. What cannot be opened or taken is put aside, not
    deleted; where that may be otherwise another time, it waits on. Returns what was wrong with it.
    """
    place = journal.vault.folder / FOLDER
    letters = sorted(place.glob("*.letter"), key=lambda path: (path.stat().st_mtime_ns, path.name))
    return [trouble for path in letters if (trouble := _collected(journal, path, take))]


def _collected(journal: Journal, path: Path, take: Callable[[str, Any, str], object]) -> Trouble | None:
    try:
        with in_words("the letter", path):
            letter = path.read_bytes()
        name, said, mark = opened(journal, letter)
        take(name, said, mark if path.name.startswith(SENT) else "")
    except PASSING as trouble:
        return trouble
    except Trouble as trouble:
        _put_aside(path)
        return trouble
    path.unlink()
    return None


def _put_aside(path: Path) -> None:
    """Out of the way, beside what was put aside before."""
    aside = path.parent / ASIDE
    make_folder(aside)
    here = [path.name, *(f"{path.stem}-{number}{path.suffix}" for number in range(2, MOST))]
    free = next((name for name in here if not (aside / name).exists()), path.name)
    path.replace(aside / free)


def opened(journal: Journal, letter: bytes) -> tuple[str, Any, str]:
    """A letter's name, its words as JSON says them, and its mark. Raises WrongKey, Damaged or NewerFile."""
    name, words = _key(journal).open(journal.vault.keys.journal, letter)
    try:
        return name, json.loads(words), mark_of(letter)
    except (ValueError, RecursionError):
        raise Damaged("a letter opens, and does not say what a letter says", "it is left where it is") from None


def _key(journal: Journal) -> LetterKey:
    text = journal.setting(KEY)
    if text is None:
        text = LetterKey.new().text
        journal.set(KEY, text)
    return LetterKey.from_text(text)


def _hash(letter: bytes) -> str:
    """So that a damaged copy of a letter stands in nobody's place."""
    return hashlib.sha256(letter).hexdigest()[:16]


def _path(place: Path, name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise Refused("a letter's name has only small letters, digits and dashes")
    return place / f"{name}.letter"
