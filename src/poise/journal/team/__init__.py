"""A team: several people, one PostgreSQL server, and a journal for each of them that nobody else can read.

What a server is handed is sealed in the process of whoever wrote it. See docs/team.md.
"""

from .journal import TeamJournal
from .steward import Member, Steward, set_up
from .vault import Invitation

__all__ = ["Invitation", "Member", "Steward", "TeamJournal", "set_up"]
