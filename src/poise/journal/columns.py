"""What a column can hold: words, answers, times, numbers; and words as they lie on a server."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, LargeBinary, Text, TypeDecorator

Id = BigInteger().with_variant(Integer, "sqlite")


class Sealed(TypeDecorator[bytes]):
    """Words as they lie on a server: sealed before they get there, and never otherwise."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, _: Dialect) -> bytes | None:
        """What was sealed. Raises TypeError for anything that was not."""
        if value is None or isinstance(value, bytes):
            return value
        raise TypeError("words go to a server sealed, or not at all")


class Words(TypeDecorator[str]):
    """What somebody wrote, at most `most` characters."""

    impl = Text
    cache_ok = True

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most


class Answers(TypeDecorator[Any]):
    """Answers by the name of their question, as JSON in an order that does not depend on chance."""

    impl = Text
    cache_ok = True
    most = 50_000

    def process_bind_param(self, value: Any, _: Dialect) -> str | None:
        """To text."""
        return None if value is None else self.to_text(value)

    def process_result_value(self, value: str | None, _: Dialect) -> Any:
        """From text."""
        return None if value is None else json.loads(value)

    @staticmethod
    def to_text(value: Any) -> str:
        """Answers as JSON."""
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


class Instant(TypeDecorator[datetime]):
    """A moment in time. Stored in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _: Dialect) -> datetime | None:
        """To UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _: Dialect) -> datetime | None:
        """From UTC, or from the clock of a server that says where it stands."""
        if value is None or value.tzinfo is not None:
            return value and value.astimezone(UTC)
        return value.replace(tzinfo=UTC)


OfWords = TypeVar("OfWords", Words, Answers)


def kept(kind: OfWords) -> OfWords:
    """A type of words as it is in a sealed file; on a server each of them is sealed by itself."""
    return kind.with_variant(Sealed(), "postgresql")
