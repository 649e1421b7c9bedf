"""A file that is not sealed: for its owner alone, written beside its place and put there when it is whole."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path

from ..sealing.files import in_words, make_file, settle
from ..trouble import NotThere

NOT_SEALED = "not-sealed"


def place_for(folder: Path, now: datetime, ending: str, *, one_person: bool) -> Path:
    """A name in a folder that says what the file is, and is free. Raises NotThere."""
    if not folder.is_dir():
        raise NotThere(
            "there is no folder `{folder}`; nothing was written", "name a folder that is there", folder=folder.name
        )
    whose = "one-person-" if one_person else ""
    for number in count(1):
        again = f"{number}-" if number > 1 else ""
        path = folder / f"poise-{now:%Y-%m-%d}-{whose}{again}{NOT_SEALED}.{ending}"
        if not path.exists():
            return path
    raise AssertionError


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Where to write; it is put in its place at the end, or nothing is left. Raises Trouble."""
    spare = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with in_words("the file", path):
        make_file(spare)
        try:
            yield spare
            settle(spare)
            spare.rename(path)
            settle(path.parent)
        finally:
            spare.unlink(missing_ok=True)
