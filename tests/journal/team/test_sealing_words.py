"""No word and no key is readable on the server, in its dumps or on the way; words that were changed are noticed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poise.journal.entries import KeptMoment, Person
from poise.journal.sealing.keys import DataKey
from poise.journal.tables import changes, moments, people, settings
from poise.journal.team import TeamJournal
from poise.journal.team.sealing import Seal, padded
from poise.journal.trouble import Damaged, Locked

from ..postgres.team import PASSPHRASE, PASSWORDS, Team

MARKER = "quixotic_marker_zyzzyva"
SEAL = Seal(DataKey(bytes(range(32))), "journal")
ANSWERS = st.recursive(st.none() | st.booleans() | st.text(max_size=9), lambda more: st.lists(more, max_size=4))


@pytest.fixture
def kim(team: Team) -> Iterator[TeamJournal]:
    with team.joined() as journal:
        yield journal


@given(st.text(st.characters(codec="utf-8"), max_size=300), st.text(max_size=20))
def test_words_come_back_as_they_were_and_from_their_own_place_alone(words: str, row: str) -> None:
    sealed = SEAL.close(moments.c.remark, row, words)
    assert sealed is not None
    assert SEAL.open(moments.c.remark, row, sealed) == words
    assert len(sealed) == 1 + 12 + len(padded(words.encode())) + 16
    other = Seal(DataKey(bytes(range(1, 33))), "journal")
    elsewhere = Seal(DataKey(bytes(range(32))), "another journal")
    for seal, column, name in (
        (SEAL, moments.c.forecast, row),
        (SEAL, people.c.nickname, row),
        (SEAL, moments.c.remark, row + "x"),
        (other, moments.c.remark, row),
        (elsewhere, moments.c.remark, row),
    ):
        with pytest.raises(Damaged, match="do not match their seal: they were changed on the server"):
            seal.open(column, name, sealed)


@given(ANSWERS)
def test_answers_come_back_as_they_were(answers: object) -> None:
    assert SEAL.open(settings.c.value, "x", SEAL.close(settings.c.value, "x", answers)) in (answers, None)


@given(st.binary(max_size=200), st.integers(0, 10_000), st.integers(1, 255))
def test_one_changed_byte_is_noticed(words: bytes, at: int, by: int) -> None:
    sealed = bytearray(SEAL.close(changes.c.before, "row", words.hex()) or b"")
    sealed[at % len(sealed)] ^= by
    with pytest.raises(Damaged):
        SEAL.open(changes.c.before, "row", bytes(sealed))
    with pytest.raises(Damaged):
        SEAL.open(changes.c.before, "row", bytes(sealed[: at % len(sealed)]))


@given(st.integers(0, 200_000))
def test_lengths_are_rounded_up_by_an_eighth_at_most(length: int) -> None:
    found = len(padded(b"x" * length))
    assert found > length
    assert found == 64 if length < 64 else found <= (length + 1) * 1.125
    assert len({len(padded(b"x" * short)) for short in range(64)}) == 1


def test_very_many_lengths_look_alike() -> None:
    assert len({len(padded(b"x" * length)) for length in range(0, 100_000, 13)}) < 200


def test_a_dropped_seal_neither_seals_nor_proves_and_shows_nothing_when_printed() -> None:
    seal = Seal(DataKey(bytes(range(32))), "journal")
    proof = seal.proof
    assert repr(seal) == "<seal>"
    seal.drop()
    for use in (
        lambda: seal.proof,
        lambda: seal.close(moments.c.remark, "x", "y"),
        lambda: seal.open(moments.c.remark, "x", proof),
    ):
        with pytest.raises(Locked):
            use()


def test_which_short_answer_was_given_does_not_show_in_its_length(team: Team, kim: TeamJournal) -> None:
    for whose, gut in (("mine", ""), ("theirs", "say_it_now")):
        kim.keep(KeptMoment(whose=whose, gut=gut))
    query = "SELECT DISTINCT length(whose), length(gut), length(remark), length(answers) FROM moments WHERE member = %s"
    assert team.ask(query, kim.vault.member) == [(93, 93, 93, 93)]


def test_the_same_words_are_never_sealed_alike(team: Team, kim: TeamJournal) -> None:
    for _ in range(20):
        kim.keep(KeptMoment(remark="the same", forecast="the same"))
    rows = team.ask("SELECT remark FROM moments UNION ALL SELECT forecast FROM moments")
    assert len(set(rows)) == len(rows) >= 40


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE moments AS m SET remark = o.remark FROM moments AS o WHERE m.id = {one} AND o.id = {other}",
        "UPDATE moments SET remark = forecast WHERE id = {one}",
        "UPDATE moments SET remark = '' WHERE id = {one}",
        r"UPDATE moments SET remark = '\x01' WHERE id = {one}",
        "UPDATE moments SET remark = set_byte(remark, 30, get_byte(remark, 30) # 1) WHERE id = {one}",
        "UPDATE moments SET uid = reverse(uid) WHERE id = {one}",
    ],
)
def test_words_that_were_changed_or_moved_on_the_server_are_noticed(
    team: Team, kim: TeamJournal, tampering: str
) -> None:
    one, other = (kim.keep(KeptMoment(remark=f"words {n}", forecast="others")) for n in range(2))
    assert kim.faults() == []
    team.ask(tampering.format(one=one.id, other=other.id))
    with pytest.raises(Damaged, match="words in `moments` do not match their seal"):
        kim.moments()
    (fault,) = kim.faults()
    assert "words in `moments`" in fault


def test_no_word_and_no_key_is_in_the_database_its_files_its_log_its_dumps_or_the_programs_output(
    team: Team,
) -> None:
    name = team.member()
    command = [sys.executable, "-m", "tests.journal.writer", "words", f"{name}@{team.url()}"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdin
    assert process.stdout
    process.stdin.write(f"{PASSPHRASE}\n{MARKER}\n".encode())
    process.stdin.flush()
    assert process.stdout.readline() == b"ready\n"
    team.server.ask("CHECKPOINT", team.database)
    seen = {str(path): path.read_bytes() for path in team.server.folder.rglob("*") if path.is_file()}
    assert any("pg_wal" in path for path in seen)
    assert b"set_config" in seen[str(team.server.folder / "log")], "the server was made to log what it was asked"
    seen["dump"] = team.server.dump(team.url("poise_backup"), "--enable-row-security")
    seen["environment"] = Path(f"/proc/{process.pid}/environ").read_bytes() if Path("/proc").exists() else b""
    seen["output"], seen["log and crash reports"] = process.communicate(timeout=60)
    assert seen["log and crash reports"].count(b"Traceback") >= 5
    with TeamJournal.open(team.url(), name, PASSPHRASE) as journal:
        assert len(journal.search(MARKER)) == 2, "it was kept"
        key, proof = journal.vault.key.secret, journal.vault.seal.proof
    secrets = (MARKER.encode(), MARKER.encode("utf-16-le"), MARKER.encode().hex().encode(), PASSPHRASE.encode())
    for where, data in seen.items():
        for secret in (*secrets, key, key.hex().encode(), proof, proof.hex().encode()):
            assert secret not in data, where
    assert PASSWORDS["poise_app"].encode() not in seen["log and crash reports"]


def test_a_marker_that_was_not_sealed_would_be_found(team: Team) -> None:
    marker = b"another_marker_zyzzyva"
    team.ask("UPDATE members SET name = %s WHERE name = %s", marker.decode(), team.member())
    team.server.ask("CHECKPOINT", team.database)
    assert any(marker in path.read_bytes() for path in team.server.folder.rglob("*") if path.is_file())
    assert marker in team.server.dump(team.url("poise_backup"), "--enable-row-security")


def test_an_error_shows_no_words(kim: TeamJournal) -> None:
    sam = kim.keep(Person(nickname=MARKER))
    with pytest.raises(Exception, match=r".") as found:
        kim.keep(Person(nickname=MARKER, uid=sam.uid))
    assert MARKER not in repr(found.value) + str(found.value)
