from __future__ import annotations

import json
import pickle
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poise.journal.entries import Person
from poise.journal.journal import Journal
from poise.journal.sealing.keyfile import NAME, TWIN
from poise.journal.sealing.keys import STRONG, DataKey, Derivation
from poise.journal.sealing.recovery import ALPHABET, GROUPS, RecoveryKit
from poise.journal.trouble import AlreadyThere, Damaged, Locked, NewerFile, NoJournal, Refused, WrongKey

from .conftest import PASSPHRASE, QUICK

KITS = st.builds(lambda _: RecoveryKit.new(), st.none())


def test_the_default_derivation_is_at_least_what_owasp_asks_for() -> None:
    memory, passes = STRONG.memory_kib, STRONG.passes
    assert (memory >= 19 * 1024 and passes >= 2) or (memory >= 46 * 1024 and passes >= 1)
    assert Derivation() == STRONG


def test_a_journal_made_without_saying_so_uses_the_default(tmp_path: Path) -> None:
    Journal.create(tmp_path / "practice", PASSPHRASE).lock()
    said = json.loads((tmp_path / "practice" / NAME).read_text())
    for wrap in (said["passphrase"], said["recovery"]):
        assert (wrap["memory_kib"], wrap["passes"], wrap["lanes"]) == (65536, 3, 4)


def test_the_key_file_holds_neither_passphrase_nor_key_nor_kit(tmp_path: Path) -> None:
    journal = Journal.create(tmp_path / "new", PASSPHRASE, derivation=QUICK)
    text = (tmp_path / "new" / NAME).read_text()
    assert journal.vault.kit is not None
    for secret in (PASSPHRASE, journal.vault.key.secret.hex(), *journal.vault.kit.groups):
        assert secret not in text
    journal.lock()


def test_a_wrong_passphrase_says_so_and_changes_nothing(folder: Path) -> None:
    before = (folder / NAME).read_bytes()
    with pytest.raises(WrongKey) as found:
        Journal.open(folder, "a lantern, five plums")
    assert str(found.value) == (
        "the journal was not opened: this is not its passphrase\n"
        "  try again, or use the recovery kit; nothing was changed"
    )
    assert (folder / NAME).read_bytes() == before
    Journal.open(folder, PASSPHRASE).lock()


def test_a_passphrase_is_the_same_however_a_keyboard_composes_it(tmp_path: Path) -> None:
    Journal.create(tmp_path / "new", "caf\u00e9 caf\u00e9", derivation=QUICK).lock()
    Journal.open(tmp_path / "new", "cafe\u0301 cafe\u0301").lock()


@pytest.mark.parametrize("passphrase", ["", "short", "       a       ", "x" * 1025])
def test_a_passphrase_that_is_none_is_refused_and_nothing_is_made(tmp_path: Path, passphrase: str) -> None:
    with pytest.raises(Refused, match="a passphrase has 8 to 1024 characters"):
        Journal.create(tmp_path / "new", passphrase, derivation=QUICK)
    assert list(tmp_path.iterdir()) == []


def test_the_recovery_kit_opens_the_journal_and_sets_a_new_passphrase(tmp_path: Path) -> None:
    journal = Journal.create(tmp_path / "new", PASSPHRASE, derivation=QUICK)
    journal.keep(Person(nickname="Sam"))
    kit = str(journal.vault.kit)
    journal.lock()
    assert [person.nickname for person in _recovered(tmp_path, kit.lower().replace(" ", "-")).people()] == ["Sam"]
    with pytest.raises(WrongKey):
        Journal.open(tmp_path / "new", PASSPHRASE)
    Journal.open(tmp_path / "new", "another lantern").lock()


def _recovered(tmp_path: Path, kit: str) -> Journal:
    return Journal.recover(tmp_path / "new", kit, "another lantern")


def test_another_kit_does_not_open_it(folder: Path) -> None:
    with pytest.raises(WrongKey, match="this recovery kit belongs to another journal, or was replaced"):
        Journal.recover(folder, str(RecoveryKit.new()), "another lantern")


def test_a_replaced_kit_no_longer_opens_it(tmp_path: Path) -> None:
    journal = Journal.create(tmp_path / "new", PASSPHRASE, derivation=QUICK)
    old, new = str(journal.vault.kit), str(journal.vault.new_kit())
    journal.lock()
    with pytest.raises(WrongKey):
        _recovered(tmp_path, old)
    _recovered(tmp_path, new).lock()


def test_the_kit_is_proved_by_typing_a_part_of_it_back(tmp_path: Path) -> None:
    vault = (journal := Journal.create(tmp_path / "new", PASSPHRASE, derivation=QUICK)).vault
    kit, now = vault.kit, datetime(2026, 1, 2, tzinfo=UTC)
    assert kit is not None
    assert vault.keys.kit_proved is None
    one, two = kit.to_prove()
    with pytest.raises(WrongKey, match=f"group {one} is not what the recovery kit says"):
        vault.prove_kit({one: kit.groups[one % GROUPS], two: kit.groups[two - 1]}, now)
    with pytest.raises(WrongKey, match="type at least two of its groups back"):
        vault.prove_kit({one: kit.groups[one - 1]}, now)
    vault.prove_kit({one: kit.groups[one - 1].lower(), two: f" {kit.groups[two - 1]} "}, now)
    assert vault.kit is None
    journal.lock()
    journal = Journal.open(tmp_path / "new", PASSPHRASE)
    assert journal.vault.keys.kit_proved == now
    journal.lock()


@given(KITS, st.data())
def test_one_wrong_sign_in_a_kit_is_noticed_and_said_of_its_group(kit: RecoveryKit, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, GROUPS * 5 - 1))
    signs = "".join(kit.groups)
    wrong = data.draw(st.sampled_from([sign for sign in ALPHABET if sign != signs[at]]))
    with pytest.raises(Refused, match=f"group {at // 5 + 1} of the recovery kit has a slip in it"):
        RecoveryKit.read(signs[:at] + wrong + signs[at + 1 :])


@given(KITS, st.integers(0, GROUPS - 1), st.integers(0, 3))
def test_two_swapped_signs_in_a_group_are_noticed(kit: RecoveryKit, group: int, at: int) -> None:
    signs = list("".join(kit.groups))
    here, there = group * 5 + at, group * 5 + at + 1
    if signs[here] != signs[there]:
        signs[here], signs[there] = signs[there], signs[here]
        with pytest.raises(Refused, match=f"group {group + 1} "):
            RecoveryKit.read("".join(signs))


@given(KITS, st.data())
def test_two_swapped_groups_are_noticed(kit: RecoveryKit, data: st.DataObject) -> None:
    one, two = data.draw(st.lists(st.integers(0, GROUPS - 1), min_size=2, max_size=2, unique=True))
    groups = list(kit.groups)
    groups[one], groups[two] = groups[two], groups[one]
    with pytest.raises(Refused, match=f"group {min(one, two) + 1} "):
        RecoveryKit.read(" ".join(groups))


@given(KITS)
def test_a_kit_reads_back_whatever_its_spaces_case_and_lookalikes(kit: RecoveryKit) -> None:
    for typed in (str(kit), str(kit).lower(), "-".join(kit.groups), str(kit).replace("0", "O").replace("1", "l")):
        assert RecoveryKit.read(typed).groups == kit.groups


@given(st.text(max_size=60))
def test_whatever_else_is_typed_for_a_kit_is_refused_in_words(typed: str) -> None:
    with pytest.raises(Refused, match="recovery kit"):
        RecoveryKit.read(typed)


def test_changing_the_passphrase_wraps_the_same_key_and_touches_no_entry(folder: Path) -> None:
    journal = Journal.open(folder, PASSPHRASE)
    key, kit = journal.vault.key.secret, journal.vault.keys.wraps["recovery"]
    with pytest.raises(WrongKey):
        journal.vault.change_passphrase("not the old one", "a new lantern")
    journal.vault.change_passphrase(PASSPHRASE, "a new lantern")
    journal.lock()
    for name in (NAME, TWIN):
        assert PASSPHRASE not in (folder / name).read_text()
    with pytest.raises(WrongKey):
        Journal.open(folder, PASSPHRASE)
    journal = Journal.open(folder, "a new lantern")
    assert journal.vault.key.secret == key
    assert journal.vault.keys.wraps["recovery"] == kit
    journal.lock()


def test_locking_drops_the_key_and_closes_the_connections(folder: Path) -> None:
    journal = Journal.open(folder, PASSPHRASE)
    journal.people()
    journal.lock()
    assert journal.vault.locked
    with pytest.raises(Locked, match="the journal is locked"):
        journal.people()
    with pytest.raises(Locked):
        journal.keep(Person(nickname="Sam"))
    assert not (folder / "journal.db-wal").exists(), "the last connection takes its log with it"
    assert not set(journal.vault.key._secret) - {0}


def test_a_key_shows_itself_nowhere() -> None:
    key = DataKey.new()
    assert repr(key) == str(key) == "<data key>"
    with pytest.raises(TypeError, match="does not leave the process"):
        pickle.dumps(key)
    assert repr(RecoveryKit.new()) == "<recovery kit>"


@pytest.mark.parametrize("spoil", [b"", b"{}", b"[]", b"not json", b'{"poise_keys": 1, "checksum": ""}'])
def test_a_damaged_key_file_is_not_called_a_wrong_passphrase(folder: Path, spoil: bytes) -> None:
    (folder / NAME).write_bytes(spoil)
    Journal.open(folder, PASSPHRASE).lock()
    (folder / TWIN).write_bytes(spoil)
    with pytest.raises(Damaged, match=r"the key file `keys.json` is damaged; nothing was changed"):
        Journal.open(folder, PASSPHRASE)


def test_every_flipped_byte_of_the_key_file_is_noticed(folder: Path) -> None:
    data = (folder / NAME).read_bytes()
    (folder / TWIN).write_bytes(b"")
    for at in range(0, len(data), 7):
        (folder / NAME).write_bytes(data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :])
        with pytest.raises((Damaged, NewerFile)):
            Journal.open(folder, PASSPHRASE)


def test_a_missing_key_file_comes_back_from_its_twin(folder: Path) -> None:
    (folder / NAME).unlink()
    Journal.open(folder, PASSPHRASE).lock()
    assert (folder / NAME).read_bytes() == (folder / TWIN).read_bytes()


def test_a_key_file_of_a_newer_poise_is_refused_politely(folder: Path) -> None:
    for name in (NAME, TWIN):
        (folder / name).write_text((folder / name).read_text().replace('"poise_keys": 1', '"poise_keys": 2'))
    with pytest.raises(NewerFile, match=r"set up by a newer Poise than this one\n  update Poise"):
        Journal.open(folder, PASSPHRASE)


def test_a_key_file_cannot_ask_for_endless_work() -> None:
    for memory, passes, lanes in ((1 << 40, 3, 4), (65536, 10**9, 4), (65536, 3, 1 << 20), (0, 0, 0)):
        with pytest.raises(Damaged):
            Derivation(memory, passes, lanes)


def test_no_journal_says_how_one_is_set_up(tmp_path: Path) -> None:
    with pytest.raises(NoJournal, match="`poise start` sets one up"):
        Journal.open(tmp_path / "nothing", PASSPHRASE)


def test_a_journal_is_not_made_over_something_else(folder: Path) -> None:
    before = sorted(folder.iterdir())
    with pytest.raises(AlreadyThere, match="name a folder that is new or empty"):
        Journal.create(folder, PASSPHRASE, derivation=QUICK)
    assert sorted(folder.iterdir()) == before
