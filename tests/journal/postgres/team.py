"""A team on the throw-away server, and who is in it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import psycopg

from poise.journal.opening import Clock, clock
from poise.journal.team import Invitation, Steward, TeamJournal, set_up

from ...made import PASSPHRASE, QUICK
from .server import Server

__all__ = ["PASSPHRASE", "QUICK"]
ROLES = ("poise_app", "poise_steward", "poise_backup")
PASSWORDS = {role: f"{role}-{secrets.token_hex(8)}" for role in ROLES}
"""The same for each team: roles belong to a server, not to a database."""
TEMPLATE = "team_template"


@dataclass
class Team:
    """A database that was set up for a team."""

    server: Server
    database: str
    stewards: list[Steward] = field(default_factory=list)

    def url(self, role: str = "poise_app", password: str | None = None) -> str:
        """How a role reaches it."""
        return self.server.url(self.database, role, PASSWORDS[role] if password is None else password)

    @cached_property
    def steward(self) -> Steward:
        """Who runs it."""
        self.stewards.append(Steward.open(self.url("poise_steward")))
        return self.stewards[-1]

    def joined(self, name: str = "", now: Clock = clock) -> TeamJournal:
        """The journal of somebody who has just joined."""
        invitation = self.invited(name)
        return TeamJournal.join(self.url(), invitation, PASSPHRASE, now=now, derivation=QUICK)

    def invited(self, name: str = "") -> Invitation:
        """An invitation."""
        return self.steward.invite(name or f"member {secrets.token_hex(6)}")

    def member(self) -> str:
        """The name of somebody who has joined, and has closed their journal again."""
        invitation = self.invited()
        TeamJournal.join(self.url(), invitation, PASSPHRASE, derivation=QUICK).lock()
        return invitation.name

    def ask(self, statement: str, *given: Any, role: str = "", becoming: str = "") -> list[tuple[Any, ...]]:
        """What a statement comes to, asked by a role, or by the superuser: without Poise."""
        url = self.url(role) if role else self.server.url(self.database)
        with psycopg.connect(url, options="-c search_path=poise") as connection:
            if becoming:
                connection.execute(f"SET ROLE {becoming}".encode())
            found = connection.execute(statement.encode(), given or None)
            return found.fetchall() if found.description else [(found.rowcount,)]

    def close(self) -> None:
        """Let go of it."""
        for steward in self.stewards:
            steward.close()


def template(server: Server) -> None:
    """A database that was set up, to copy."""
    server.ask(f"CREATE DATABASE {TEMPLATE} TEMPLATE template0 ENCODING 'UTF8'")
    set_up(server.url(TEMPLATE), PASSWORDS)


def new_team(server: Server) -> Team:
    """A team of its own."""
    name = f"team_{secrets.token_hex(6)}"
    server.ask(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    return Team(server, name)
