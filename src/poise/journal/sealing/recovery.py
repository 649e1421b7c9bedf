"""The recovery kit: a key to print and keep on paper, for the day the passphrase is gone.

Eight groups of five signs: four of Crockford's base 32 (20 random bits) and a check sign, the remainder of the
group's number and its four signs as a polynomial over GF(32), x^5 + x^2 + 1. One wrong sign, two swapped neighbours
or two swapped groups are always noticed, and said of the group they are in. 160 random bits in all.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping

from ..trouble import Refused, WrongKey

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, so that no two signs look alike."""
GROUPS = 8
_LOOKALIKES = str.maketrans("OIL", "011")


class RecoveryKit:
    """The kit's groups. `str` is what to print; it is never stored."""

    def __init__(self, groups: tuple[str, ...]) -> None:
        self.groups = groups

    @classmethod
    def new(cls) -> RecoveryKit:
        """A random kit."""
        return cls(tuple(_group(n, "".join(secrets.choice(ALPHABET) for _ in range(4))) for n in range(GROUPS)))

    @classmethod
    def read(cls, typed: str) -> RecoveryKit:
        """The kit somebody typed: case, spaces and dashes do not matter, nor O for 0. Raises Refused."""
        signs = _plain(typed)
        if len(signs) != GROUPS * 5:
            message = "a recovery kit has {groups} letters and digits; {signs} were typed"
            raise Refused(
                message,
                "it is the sheet printed when the journal was set up, in groups of five",
                groups=GROUPS * 5,
                signs=len(signs),
            )
        groups = tuple(signs[at : at + 5] for at in range(0, len(signs), 5))
        for number, group in enumerate(groups):
            if set(group) - set(ALPHABET) or _group(number, group[:4]) != group:
                raise Refused(
                    "group {number} of the recovery kit has a slip in it", "look at that group again", number=number + 1
                )
        return cls(groups)

    def to_prove(self, count: int = 2) -> tuple[int, ...]:
        """The numbers of a few groups to type back, so that it is sure the kit was written down."""
        return tuple(sorted(secrets.SystemRandom().sample(range(1, GROUPS + 1), count)))

    def prove(self, typed: Mapping[int, str]) -> None:
        """Compare groups typed back, by number. Raises WrongKey for the first that differs."""
        if len(typed) < 2:
            raise WrongKey("the recovery kit is not proved yet", "type at least two of its groups back")
        for number, group in typed.items():
            if not 1 <= number <= GROUPS or _plain(group) != self.groups[number - 1]:
                raise WrongKey(
                    "group {number} is not what the recovery kit says", "look at the sheet again", number=number
                )

    @property
    def secret(self) -> bytes:
        """What the key is derived from."""
        return "".join(self.groups).encode("ascii")

    def __str__(self) -> str:
        half = GROUPS // 2
        return " ".join(self.groups[:half]) + "\n" + " ".join(self.groups[half:])

    def __repr__(self) -> str:
        return "<recovery kit>"


def _plain(typed: str) -> str:
    return re.sub(r"[\s‐-―-]+", "", typed).upper().translate(_LOOKALIKES)


def _group(number: int, signs: str) -> str:
    """Four signs and their check sign."""
    remainder = number + 1
    for sign in signs:
        remainder = _times_x(remainder) ^ ALPHABET.index(sign)
    return signs + ALPHABET[_times_x(remainder)]


def _times_x(value: int) -> int:
    return (value << 1) ^ (0b100101 if value & 16 else 0)
