"""Conditions: what has to be so for a guideline to apply.

Answers are finite, so a comparison is a set of answers, held as a bit mask over answer codes; conditions are built of
comparisons with `not`, `and` and `or`. `reading.conditions` reads them from text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

Codes = Sequence[int]
"""One answer code per consideration of a book, in its order; UNANSWERED where nobody said."""


@dataclass(frozen=True)
class Among:
    """One consideration's answer is among these (bit mask over its codes)."""

    position: int
    mask: int

    def under(self, codes: Codes) -> bool | None:
        """True or False where the answers given settle it, None where they do not (Kleene's strong logic)."""
        code = codes[self.position]
        return None if code < 0 else bool(self.mask >> code & 1)

    def parts(self) -> Iterator[Among]:
        """Every comparison inside."""
        yield self


@dataclass(frozen=True)
class Not:
    """The inner condition does not hold."""

    inner: Condition

    def under(self, codes: Codes) -> bool | None:
        """See `Among.under`."""
        value = self.inner.under(codes)
        return None if value is None else not value

    def parts(self) -> Iterator[Among]:
        """Every comparison inside."""
        return self.inner.parts()


@dataclass(frozen=True)
class Several:
    """Conditions taken together. One whose value is `decides` settles them all."""

    inner: tuple[Condition, ...]
    decides: ClassVar[bool]

    def under(self, codes: Codes) -> bool | None:
        """See `Among.under`."""
        found: bool | None = not self.decides
        for condition in self.inner:
            value = condition.under(codes)
            if value is self.decides:
                return value
            if value is None:
                found = None
        return found

    def parts(self) -> Iterator[Among]:
        """Every comparison inside."""
        for condition in self.inner:
            yield from condition.parts()


@dataclass(frozen=True)
class All(Several):
    """Every one of these holds; with none inside, it always holds."""

    decides = False


@dataclass(frozen=True)
class Any(Several):
    """At least one of these holds; with none inside, it never holds."""

    decides = True


Condition = Among | Not | All | Any
ALWAYS: Condition = All(())
NEVER: Condition = Any(())


def scope(condition: Condition) -> frozenset[int]:
    """Positions of the considerations a condition looks at."""
    return frozenset(part.position for part in condition.parts())


def when_unless(when: Condition, unless: Condition) -> Condition:
    """`when and not unless`."""
    if unless == NEVER:
        return when
    return All((when, Not(unless)))
