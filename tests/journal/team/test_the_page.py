"""What docs/team.md shows does what it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from ..postgres.server import Server
from ..postgres.team import PASSPHRASE, PASSWORDS, Team

PAGE = Path(__file__).parents[3] / "docs" / "team.md"


def test_the_steps_of_the_page_set_a_team_up(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    (steps,) = re.findall(r"```py\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    server.ask("CREATE DATABASE of_the_page TEMPLATE template0 ENCODING 'UTF8'")
    team = Team(server, "of_the_page")
    one, another, a_third = (PASSWORDS[role] for role in ("poise_app", "poise_steward", "poise_backup"))
    names: dict[str, Any] = {
        "owner_url": server.url("of_the_page"),
        "steward_url": team.url("poise_steward"),
        "app_url": team.url(),
        "passphrase": PASSPHRASE,
        "one": one,
        "another": another,
        "a_third": a_third,
    }
    exec(compile(steps, PAGE, "exec"), names)
    assert len(capsys.readouterr().out.split()) == 8, "the groups of a recovery kit"
    assert [member.name for member in team.steward.members()] == ["Kim"]
    team.close()
