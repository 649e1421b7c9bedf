"""How long a practice keeps what is written: for good, or for some years, as its person chose.

Nothing goes by itself. What is older is named; it goes to the trash when the person says so, and a hold stops it.
"""

from __future__ import annotations

from ..journal.keeping.referring import Ids
from ..journal.keeping.retaining import LONGEST, let_go, outlived, years_before
from ..journal.trouble import Refused
from .opened import Opened

KEEP_FOR = "keep_for"
"""The setting: how many years; nothing is for good."""


def kept_for(practice: Opened) -> int | None:
    """How many years entries are kept; None is for good."""
    years = practice.journal.setting(KEEP_FOR)
    return years if isinstance(years, int) and 0 < years <= LONGEST else None


def keep_for(practice: Opened, years: int | None) -> None:
    """Choose how many years entries are kept; None is for good. Nothing goes by this. Raises Refused."""
    if years is not None and not 0 < years <= LONGEST:
        raise Refused(
            "{years} is not a number of years from 1 to {longest}", "nothing was changed", years=years, longest=LONGEST
        )
    practice.journal.set(KEEP_FOR, years or 0)


def older(practice: Opened) -> Ids:
    """What is older than entries are kept: {kind: numbers}. Nothing where they are kept for good."""
    years = kept_for(practice)
    if years is None:
        return {}
    with practice.journal.vault.reading() as connection:
        return outlived(connection, years_before(practice.journal.now(), years))


def put_older_in_the_trash(practice: Opened) -> int:
    """Put what is older in the trash, as it is found now. Returns how many."""
    years, now = kept_for(practice), practice.journal.now()
    if years is None:
        return 0
    with practice.journal.vault.writing() as connection:
        return let_go(connection, outlived(connection, years_before(now, years)), now)
