"""`poise calendar`: days to come back to, for a calendar."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click
import pytest

from poise.practice import Practice

from .practising import PASSPHRASE, Shell


def test_days_are_written_for_a_calendar(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "reminders.ics"
    assert "no day you wanted to come back to" in shell("calendar", str(path))
    assert not path.exists()
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        practice.come_back(person="Sam", due_on=date(2027, 4, 1), waiting_for="Sam's answer")
    printed = " ".join(shell("calendar", str(path)).split())
    assert "1 day is in" in printed
    assert "each called “Reminder” and nothing more" in printed
    found = json.loads(shell("calendar", str(path), "--title", "Tea, maybe", "--at", "09:00", "--json"))
    assert found == {"path": str(path), "days": 1}
    text = path.read_text("utf-8")
    assert "SUMMARY:Tea\\, maybe" in text
    assert "TRIGGER:PT9H0M" in text
    assert "Sam" not in text


def test_an_hour_is_an_hour(shell: Shell, tmp_path: Path) -> None:
    with pytest.raises(click.UsageError, match="not an hour"):
        shell("calendar", str(tmp_path / "a.ics"), "--at", "nine")
