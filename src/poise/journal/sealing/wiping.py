"""Overwrites memory that was freed: what was read from a sealed file stays in it until something else is put there.

SQLCipher can lock and wipe each piece of memory as it goes (`cipher_memory_security`), at the cost of a system call for
each. Measured, that made pages 2 to 5 times slower and a search for a beginning 40 times, and of the words of a journal
it left three times as many in memory as this does: it does not reach what Python had read. The key it guards either
way. What this does not do is keep memory out of a swap file while the journal is open; only an encrypted disk does.
"""

from __future__ import annotations

import ctypes
from contextlib import suppress

_SMALL = range(16, 513, 16)
"""What Python keeps pools of."""
_LARGE = (600, 800, 1200, 2000, 3000, 4000, 4400, 8000, 16_000, 64_000)
"""What the system's library gives out, a page of the file (4,096 bytes and its header) among it."""
_BYTES_OF_EACH = 250_000


def wipe_freed() -> None:
    """Give what is free back to the system, and overwrite what is free in between. It takes some ten milliseconds.

    It reaches most, not all: what is still in use, or lies in a gap of an odd size, stays.
    """
    _give_back()
    pools = [bytearray(size - 1) for size in _SMALL for _ in range(_BYTES_OF_EACH // 5 // size)]
    blocks = [bytearray(size) for size in _LARGE for _ in range(_BYTES_OF_EACH // size)]
    del pools, blocks
    _give_back()


def _give_back() -> None:
    with suppress(OSError, AttributeError, TypeError):  # the GNU library only
        ctypes.CDLL(None).malloc_trim(0)
