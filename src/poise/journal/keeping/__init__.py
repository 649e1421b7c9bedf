"""Keeping, changing, trash, undo, holds, and deletion for good; each within one transaction it is handed."""

from .erasing import erase, purge
from .holding import Hold
from .undoing import UNDO_DAYS, put_back, trash, undo
from .writing import change, keep, new_uid

__all__ = ["UNDO_DAYS", "Hold", "change", "erase", "keep", "new_uid", "purge", "put_back", "trash", "undo"]
