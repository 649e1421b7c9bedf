"""The page's icon as a PNG, for phones that take no SVG: three lines on a plain ground, as a sheet of notes."""

from __future__ import annotations

import struct
import zlib

SIDE = 512
"""Pixels; phones make it smaller themselves."""
GROUND, LINES = (0x8D, 0x86, 0x74), (0xFF, 0xFD, 0xF8)
_DRAWN = ((144, 144, 368, 176), (144, 240, 368, 272), (144, 336, 272, 368))
"""(left, top, right, bottom) of each line; all of them are whole bytes of eight pixels."""


def icon() -> bytes:
    """The picture: two colours, one bit a pixel (W3C's PNG specification, 3rd edition)."""
    head = struct.pack(">IIBBBBB", SIDE, SIDE, 1, 3, 0, 0, 0)
    rows = b"".join(b"\0" + _row(y) for y in range(SIDE))
    parts = ((b"IHDR", head), (b"PLTE", bytes([*GROUND, *LINES])), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(kind, data) for kind, data in parts)


def _row(y: int) -> bytes:
    line = bytearray(SIDE // 8)
    for left, top, right, bottom in _DRAWN:
        if top <= y < bottom:
            line[left // 8 : right // 8] = b"\xff" * ((right - left) // 8)
    return bytes(line)


def _part(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
