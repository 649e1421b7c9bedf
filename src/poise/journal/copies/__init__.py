"""Sealed copies: made, restored, and rehearsed. A copy is one file: a ZIP, uncompressed, of

keys.json     the data key, wrapped, as on the day of the copy
journal.db    the sealed file, whole and consistent; the files that lie beside the journal are in it, as texts
READ-ME.txt   what this is, and how to open it without Poise
"""

from .making import AUTOMATIC, FOLDER, Copy, copies, make_copy, thin, tidy
from .rehearsing import Rehearsal, rehearse
from .restoring import finish, restore

__all__ = [
    "AUTOMATIC",
    "FOLDER",
    "Copy",
    "Rehearsal",
    "copies",
    "finish",
    "make_copy",
    "rehearse",
    "restore",
    "thin",
    "tidy",
]
