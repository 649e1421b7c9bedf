from __future__ import annotations

import json

import pytest

from poise.journal.entries import KeptMoment, Person
from poise.journal.sealing.recovery import RecoveryKit
from poise.journal.team import Invitation, TeamJournal
from poise.journal.trouble import AlreadyThere, Damaged, Locked, NewerFile, NoJournal, Refused, WrongKey

from ..postgres.team import PASSPHRASE, QUICK, Team


def test_an_invitation_is_good_once_and_for_its_own_name(team: Team) -> None:
    one, other = team.invited(), team.invited()
    for wrong in (Invitation(one.name, other.words), Invitation(one.name, one.words.lower()), Invitation("nobody", "")):
        with pytest.raises(WrongKey, match="there is no such invitation, or it was used, or it is older than 14 days"):
            TeamJournal.join(team.url(), wrong, PASSPHRASE, derivation=QUICK)
    TeamJournal.join(team.url(), one, PASSPHRASE, derivation=QUICK).lock()
    with pytest.raises(WrongKey):
        TeamJournal.join(team.url(), one, "somebody else's", derivation=QUICK)
    TeamJournal.open(team.url(), one.name, PASSPHRASE).lock()


def test_an_invitation_ends_after_fourteen_days(team: Team) -> None:
    invitation = team.invited()
    team.ask("UPDATE members SET invited_at = now() - interval '15 days' WHERE name = %s", invitation.name)
    with pytest.raises(WrongKey):
        TeamJournal.join(team.url(), invitation, PASSPHRASE, derivation=QUICK)


def test_the_server_keeps_no_invitation_and_no_proof_but_what_knows_them_again(team: Team) -> None:
    invitation = team.invited()
    with TeamJournal.join(team.url(), invitation, PASSPHRASE, derivation=QUICK) as journal:
        proof, kit, key = journal.vault.seal.proof, journal.vault.kit, journal.vault.key.secret
    waiting = team.invited()
    rows = str(team.ask("SELECT t::text FROM members AS t"))
    assert kit is not None
    for secret in (proof.hex(), key.hex(), *kit.groups, waiting.words, waiting.words.encode().hex(), PASSPHRASE):
        assert secret not in rows


def test_two_members_of_one_name_are_refused_and_so_is_a_name_that_is_none(team: Team) -> None:
    name = team.member()
    with pytest.raises(AlreadyThere, match="there is a member called"):
        team.steward.invite(name)
    for none in ("", "  ", "x" * 81, "a\nb", "a\x00b"):
        with pytest.raises(Refused, match="a member's name is 1 to 80 signs on one line"):
            team.steward.invite(none)


def test_a_wrong_passphrase_says_so(team: Team) -> None:
    name = team.member()
    with pytest.raises(WrongKey, match="this is not its passphrase"):
        TeamJournal.open(team.url(), name, "a lantern, five plums")


def test_somebody_who_has_not_joined_is_told_so(team: Team) -> None:
    for name in ("nobody of that name", team.invited().name):
        with pytest.raises(NoJournal, match=r"nobody of that name has joined the team\n  look at the name"):
            TeamJournal.open(team.url(), name, PASSPHRASE)


def test_a_passphrase_is_changed_and_the_recovery_kit_still_opens(team: Team) -> None:
    invitation = team.invited()
    with TeamJournal.join(team.url(), invitation, PASSPHRASE, derivation=QUICK) as journal:
        kit = journal.vault.kit
        assert kit is not None
        journal.vault.prove_kit({number: kit.groups[number - 1] for number in kit.to_prove()}, journal.now())
        moment = journal.keep(KeptMoment(remark="words"))
        with pytest.raises(WrongKey):
            journal.vault.change_passphrase("not this one", "another lantern")
        journal.vault.change_passphrase(PASSPHRASE, "another lantern")
    with pytest.raises(WrongKey):
        TeamJournal.open(team.url(), invitation.name, PASSPHRASE)
    with TeamJournal.open(team.url(), invitation.name, "another lantern") as journal:
        assert journal.moments() == [moment]
        assert journal.vault.keys.kit_proved
    with TeamJournal.recover(team.url(), invitation.name, str(kit), "a third lantern") as journal:
        assert journal.moments() == [moment]
    with pytest.raises(WrongKey, match="this recovery kit belongs to another journal"):
        TeamJournal.recover(team.url(), invitation.name, str(RecoveryKit.new()), "a fourth lantern")
    with TeamJournal.open(team.url(), invitation.name, "a third lantern") as journal:
        kit = journal.vault.new_kit()
    with TeamJournal.recover(team.url(), invitation.name, str(kit), PASSPHRASE) as journal:
        assert journal.moments() == [moment]


def test_a_locked_journal_does_nothing_and_keeps_nothing_in_memory(team: Team) -> None:
    journal = team.joined()
    journal.keep(Person(nickname="Sam"))
    assert len(journal.search("Sam")) == 1
    journal.lock()
    assert journal.vault.locked
    for use in (journal.people, lambda: journal.search("Sam"), lambda: journal.keep(Person(nickname="x"))):
        with pytest.raises(Locked):
            use()
    with pytest.raises(Locked):
        _ = journal.vault.seal.proof


def test_damaged_keys_are_no_wrong_passphrase(team: Team) -> None:
    name = team.member()
    keys = team.ask("SELECT keys FROM members WHERE name = %s", name)[0][0]
    for spoiled, trouble in (
        (keys.replace('"salt": "', '"salt": "0', 1), Damaged),
        (json.dumps({**json.loads(keys), "poise_keys": 99}), NewerFile),
        ("", Damaged),
    ):
        team.ask("UPDATE members SET keys = %s WHERE name = %s", spoiled, name)
        with pytest.raises(trouble):
            TeamJournal.open(team.url(), name, PASSPHRASE)
