"""A practice to try things with: three invented months, thrown away afterwards. Nobody in it is anybody."""

from __future__ import annotations

import json
import secrets
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from ..journal.entries import KeptMoment
from ..journal.sealing.keys import Derivation
from .practice import Practice

QUICK = Derivation(memory_kib=64, passes=1, lanes=1)
"""Nothing in it is worth guessing a passphrase for."""


def make_demo(folder: Path, now: datetime) -> str:
    """A practice full of invented moments, in a new folder. Returns its passphrase, which nobody has to know."""
    passphrase = secrets.token_urlsafe(24)
    invented = json.loads((files("poise.practice") / "demo.json").read_text("utf-8"))
    with Practice.create(folder, passphrase, book="among_friends", derivation=QUICK) as practice:
        practice.journal.set("remarks", True)
        for nickname, words in invented["people"].items():
            practice.edit_person(practice.keep_person(nickname), **words)
        kept = [_keep(practice, each, now) for each in invented["moments"]]
        _around(practice, kept, now)
    return passphrase


def _keep(practice: Practice, invented: dict[str, Any], now: datetime) -> KeptMoment:
    """A moment, what came of it afterwards, and the signs beside it."""
    at = now - timedelta(days=invented["days_ago"], hours=3)
    moment = practice.keep(
        answers=invented["answers"],
        person=invented.get("with"),
        did=invented.get("did"),
        forecast=invented.get("expected", ""),
        remark=invented.get("remark", ""),
        happened_at=at,
    )
    if "afterwards" in invented:
        practice.reflect(moment, **invented["afterwards"])
    for kind, said in invented.get("signs", {}).items():
        practice.sign(invented["with"], kind, said=said, moment=moment, happened_at=at)
    return moment


def _around(practice: Practice, kept: list[KeptMoment], now: datetime) -> None:
    """What lies around the moments: a day to come back to, rest, check-ins, a line that worked."""
    practice.come_back(kept[-2], person="Uncle", due_on=(now + timedelta(days=2)).date())
    practice.come_back(kept[4], waiting_for="word from somebody who was there")
    practice.rest(now - timedelta(days=31), now - timedelta(days=30), note="a day without other people's news")
    for days, energy, toll in ((60, "enough", "some"), (30, "low", "heavy"), (5, "enough", "light")):
        practice.check_in(energy=energy, toll=toll, happened_at=now - timedelta(days=days))
    practice.line("I laughed last time. I don't want to do that again.", kept[10], "gentle_now")
