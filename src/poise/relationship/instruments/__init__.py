"""Instruments: how a relationship is rated. Bring your own; one of ours comes with Poise."""

from .instrument import Instrument, Item
from .reading import read_instrument

__all__ = ["Instrument", "Item", "read_instrument"]
