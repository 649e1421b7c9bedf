"""The page on a host of the test's own; and commands, run in this process on a practice."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ..cli.conftest import shell
from .phone import Host, hosted, pocket_of

__all__ = ["shell"]


@pytest.fixture
def host(folder: Path, tmp_path: Path) -> Iterator[Host]:
    """The page of a practice, served from a path of its own."""
    with hosted(tmp_path / "host", pocket_of(folder)) as found:
        yield found
