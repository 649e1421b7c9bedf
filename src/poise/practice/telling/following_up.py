"""What I wanted to come back to, in words."""

from __future__ import annotations

from collections.abc import Mapping

from ...journal.entries import FollowUp
from .days import day_words


def come_back_words(each: FollowUp, people: Mapping[int, str]) -> str:
    """`13 March 2026 · with Sam · waiting for: a walk together`."""
    whom = people.get(each.person_id or 0)
    parts = [day_words(each.due_on)] if each.due_on else []
    parts += [f"with {whom}"] if whom else []
    parts += [f"waiting for: {each.waiting_for}" if not each.due_on else each.waiting_for] if each.waiting_for else []
    parts += [f"came back to on {day_words(each.done_at)}"] if each.done_at else []
    return " · ".join(parts) or "no day and no words"
