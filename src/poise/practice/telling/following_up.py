"""What I wanted to come back to, in words."""

from __future__ import annotations

from collections.abc import Mapping

from ...journal.entries import FollowUp
from ...rulebook.speech import Say, plain
from .days import day_words


def come_back_words(each: FollowUp, people: Mapping[int, str], say: Say = plain) -> str:
    """`13 March 2026 · with Sam · waiting for: a walk together`."""
    whom = people.get(each.person_id or 0)
    parts = [day_words(each.due_on, say)] if each.due_on else []
    parts += [say("with {person}", person=whom)] if whom else []
    if each.waiting_for:
        parts += [each.waiting_for if each.due_on else say("waiting for: {what}", what=each.waiting_for)]
    parts += [say("came back to on {day}", day=day_words(each.done_at, say))] if each.done_at else []
    return " · ".join(parts) or say("no day and no words")
