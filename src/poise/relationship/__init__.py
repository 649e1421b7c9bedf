"""Between two people: my view of what a relationship can hold, and what I have been carrying. It knows no rulebook.

Read in this order: `constants` (the model, and where its numbers come from), `instruments` (how a relationship is
rated), `encounters` (what was noticed), `filtering` (trust, followed), `trust` (what is said and drawn of it), `strain`
(what I carry), `simulation` (the same model on invented relationships, against published figures).
"""

from .encounters import Encounter
from .filtering import follow
from .instruments import Instrument, Item, read_instrument
from .strain import Carried, Strain, strain
from .trust import Trust
from .unclear import Unclear

__all__ = [
    "Carried",
    "Encounter",
    "Instrument",
    "Item",
    "Strain",
    "Trust",
    "Unclear",
    "follow",
    "read_instrument",
    "strain",
]
