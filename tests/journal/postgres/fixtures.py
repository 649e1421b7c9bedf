"""The throw-away server as fixtures: started when the first test asks for it, once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest

from . import server as servers
from .server import Server
from .team import Team, new_team, template

NOT_TESTED = "POSTGRESQL NOT TESTED: no server is installed (on Debian or Ubuntu: sudo apt-get install postgresql)"


def need_a_server() -> None:
    """Leave a test out where no server is installed, and say so; in CI that is a failure."""
    if servers.programs() is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(NOT_TESTED)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    need_a_server()
    with servers.running() as found:
        template(found)
        yield found


@pytest.fixture(scope="session")
def team(server: Server) -> Iterator[Team]:
    """A team that the tests share: each has a member of its own, and none sees another's rows."""
    found = new_team(server)
    yield found
    found.close()


@pytest.fixture
def another_team(server: Server) -> Iterator[Callable[[], Team]]:
    """Makes teams that a test has for itself."""
    made: list[Team] = []

    def make() -> Team:
        made.append(new_team(server))
        return made[-1]

    yield make
    for found in made:
        found.close()
