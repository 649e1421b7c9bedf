"""A practice moves: its words, its rulebooks, its days to come back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from poise.journal.sealing.keys import Derivation
from poise.practice import Practice

PASSPHRASE = "a lantern, four plums"
QUICK = Derivation(memory_kib=64, passes=1, lanes=1)


def test_a_moment_is_replayed_after_it_moved(tmp_path: Path) -> None:
    with Practice.create(tmp_path / "old", PASSPHRASE, derivation=QUICK) as old:
        moment = old.keep(answers={"harm": "stings", "place": "group_chat"}, person="Sam", did="gentle_now")
        old.come_back(moment, due_on=date(2030, 1, 1))
        told = str(old.replay(moment))
        whole = old.export(tmp_path)
        part = old.export(tmp_path, person="Sam")
        assert old.write_calendar(tmp_path / "days.ics") == 1
    with Practice.create(tmp_path / "new", PASSPHRASE, derivation=QUICK) as new:
        assert new.bring_in(part.path, look=True, mine=True).journal.counts["moments"].new == 1
        assert new.moments() == []
        new.bring_in(whole.path, mine=True)
        (moved,) = new.moments("Sam")
        assert str(new.replay(moved)) == told
        assert new.bring_in(part.path, mine=True).journal.new == 0
        assert new.write_calendar(tmp_path / "days.ics") == 1
