"""Three minutes afterwards, from the command line."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import click
import pytest

from poise.cli.when import day_to_come
from poise.journal.entries import FollowUp, KeptMoment, Line, Reflection, Sign
from poise.journal.trouble import NotThere
from poise.practice import Practice, reflecting
from poise.practice.asking import SOMETHING_ELSE
from poise.rulebook.mistake import Mistakes
from poise.weighing.moment import Answer

from ..made import INSTRUMENT
from .practising import PASSPHRASE, Shell

HERE: dict[str, Answer] = {"harm": "stings", "who_was_hit": "someone_here"}


def _kept(shell: Shell, answers: dict[str, Answer] | None = None, **more: str) -> KeptMoment:
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        return practice.keep(answers=answers or HERE, person="Sam", **more)  # type: ignore[arg-type]


def _asked(printed: str) -> str:
    return " ".join(printed.split())


def test_it_asks_what_was_expected_before_how_it_went(shell: Shell) -> None:
    _kept(shell, did="ask")
    printed = _asked(shell("reflect", typed=(PASSPHRASE, *[""] * 20)))
    order = ["what did you expect", "How was it for the person it hit?", "Between you and Sam, now?"]
    order += [
        "Did something feel off between you two?",
        "And you, now?",
        "which would it have been?",
        "come back to it?",
    ]
    places = [printed.index(words) for words in order]
    assert places == sorted(places)
    assert printed.endswith("Nothing was said, and nothing was kept.")


def test_every_question_can_be_passed_over(shell: Shell) -> None:
    _kept(shell)
    shell("reflect", typed=(PASSPHRASE, *[""] * 20))
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        assert practice.journal.entries(Reflection) == []


def test_nothing_shows_what_it_leaned_to(shell: Shell) -> None:
    kept = _kept(shell)
    printed = shell("reflect", typed=(PASSPHRASE, *[""] * 20))
    assert "lean" not in printed
    assert kept.told not in printed


def test_what_was_said_is_not_shown_again(shell: Shell) -> None:
    _kept(shell, remark="about a lantern")
    assert "lantern" not in shell("reflect", typed=(PASSPHRASE, *[""] * 20))


def test_a_whole_reflection_is_kept_with_its_signs_and_what_comes_after(shell: Shell) -> None:
    kept = _kept(shell, did="ask")
    lines = ["sore", "helped", "asked", "closer", "a little", "partly", "solid", "tired, and glad"]
    lines += ["tell them", "something else", "rang a friend", "on a day", "in a week", "a quiet walk"]
    lines += ["Can I say how that landed?"]
    printed = shell("reflect", typed=(PASSPHRASE, *lines))
    assert "You expected “sore”; you say “closer” now." in printed
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        (reflection,) = practice.journal.entries(Reflection, moment_id=kept.id)
        assert (reflection.for_them, reflection.for_us) == ("helped, asked", "closer")
        assert reflection.for_me == "tired, and glad"
        assert reflection.hindsight == {"toward": "gentle_now", "else": "rang a friend"}
        signs = {sign.sign: sign.said for sign in practice.journal.entries(Sign, moment_id=kept.id)}
        assert signs == {"rupture": "a_little", "repair": "partly", "rating": "solid"}
        (back,) = practice.journal.entries(FollowUp)
        assert back.due_on == (practice.journal.now() + timedelta(days=7)).date()
        (line,) = practice.journal.entries(Line)
        assert (line.words, line.response, line.person_id) == ("Can I say how that landed?", "ask", kept.person_id)
        assert practice.moments()[0].forecast == "sore"


def test_what_was_expected_is_not_asked_again_where_it_was_kept(shell: Shell) -> None:
    _kept(shell, forecast="sore")
    assert "what did you expect" not in shell("reflect", typed=(PASSPHRASE, "."))


def test_somebody_it_landed_on_is_asked_what_they_need_and_not_how_it_was_for_others(shell: Shell) -> None:
    _kept(shell, {"who_was_hit": "me", "harm": "serious"})
    printed = _asked(shell("reflect", typed=(PASSPHRASE, *[""] * 20)))
    assert "What do you need now?" in printed
    assert "Any of these was yours." in printed
    assert "Reach for your people" in printed
    for words in ("did you expect", "the person it hit?", "feel off", "could it hold", "mend"):
        assert words not in printed


def test_a_slip_of_my_own_asks_for_the_person_it_hit_and_has_its_own_list(shell: Shell) -> None:
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        practice.keep(whose="mine", did="own_it_now", person="Ola")
    printed = _asked(shell("reflect", typed=(PASSPHRASE, *[""] * 20)))
    assert "How was it for the person it hit?" in printed
    assert "Go back and own it" in printed
    assert "And beside it" not in printed


def test_what_is_sore_is_asked_about_until_it_is_mended(shell: Shell) -> None:
    _kept(shell)
    shell("reflect", "off=yes", "talked=no")
    _kept(shell)
    printed = _asked(shell("reflect", typed=(PASSPHRASE, *[""] * 20)))
    assert "Did you get to talk about it?" in printed
    assert "Do you want to mend it, or come back to it?" in printed
    shell("reflect", "talked=yes")
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        assert not practice.is_sore(practice.person("Sam").id)


def test_a_note_is_asked_for_only_where_remarks_are_on(shell: Shell) -> None:
    _kept(shell)
    assert "Anything else to keep?" not in shell("reflect", typed=(PASSPHRASE, *[""] * 20))
    shell("settings", "remarks", "on")
    assert "Anything else to keep?" in shell("reflect", typed=(PASSPHRASE, *[""] * 20))


def test_enough_keeps_what_was_said_so_far(shell: Shell) -> None:
    _kept(shell, forecast="sore")
    shell("reflect", typed=(PASSPHRASE, "harder", "."))
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        assert practice.journal.entries(Reflection)[0].for_them == "harder"


def test_danger_shows_the_help_sheet(shell: Shell) -> None:
    _kept(shell)
    printed = shell("reflect", typed=(PASSPHRASE, "sore", "!"))
    assert "someone near you" in printed
    assert "kept as a draft; `poise reflect` goes on with it." in _asked(printed)


# Which moment


def test_the_last_moment_without_a_reflection_is_taken(shell: Shell) -> None:
    first, second = _kept(shell), _kept(shell)
    for expected in (second, first):
        found = json.loads(shell("reflect", "for_us=closer", "--json"))
        assert [entry["moment_id"] for entry in found] == [expected.id]
    assert json.loads(shell("reflect", "for_us=closer", "--json")) == []
    assert "You have looked back on all of the last moments." in shell("reflect")


def test_a_moment_is_chosen_from_a_list_or_by_its_uid(shell: Shell) -> None:
    first = _kept(shell, did="ask")
    _kept(shell)
    printed = shell("reflect", "--choose", "for_us=sore", typed=(PASSPHRASE, "2"))
    assert re.search(r"2 .* · with Sam; what I did: Ask, and listen", printed)
    shell("reflect", "--moment", first.uid, "for_us=closer")
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        assert [each.for_us for each in practice.journal.entries(Reflection, moment_id=first.id)] == ["closer", "sore"]
    assert "Nothing was chosen." in shell("reflect", "--choose", typed=(PASSPHRASE, ""))


def test_an_empty_journal_says_how_a_moment_comes_in(shell: Shell) -> None:
    assert "`poise keep` keeps one." in shell("reflect")
    assert json.loads(shell("reflect", "--json")) == []
    assert "Nothing was chosen." in shell("reflect", "--choose")


@pytest.mark.parametrize("uid", ["none", "0" * 32])
def test_a_moment_that_is_not_there_is_said(shell: Shell, uid: str) -> None:
    with pytest.raises(NotThere, match="there is no entry"):
        shell("reflect", "--moment", uid)


def test_as_json_it_does_not_ask(shell: Shell) -> None:
    with pytest.raises(click.UsageError):
        shell("reflect", "--json", "--choose")


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (("for_you=closer",), "did you mean `for_us`?"),
        (("off=perhaps",), "it can be no, a_little, yes"),
        (("hindsight_toward=gentle_noww",), "did you mean `gentle_now`?"),
        (("closer",), "answers are written `name=answer`"),
        (("off=yes", "off=no"), "`off` is answered twice"),
        (("note=x",), "`note` is not asked here"),
        (("how_known=told",), "`how_known` is not asked here"),
    ],
)
def test_what_is_not_asked_keeps_nothing(shell: Shell, words: tuple[str, ...], near: str) -> None:
    _kept(shell)
    with pytest.raises(Mistakes) as found:
        shell("reflect", *words)
    assert near in str(found.value)
    assert str(found.value).endswith("Nothing was kept.")


def test_days_to_come_as_they_are_typed(shell: Shell) -> None:
    _kept(shell)
    found = json.loads(shell("reflect", "due_on=tomorrow", "waiting_for=the walk", "--json"))
    assert [entry["kind"] for entry in found] == ["follow_ups", "reflections"]
    assert found[0]["waiting_for"] == "the walk"
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        today = practice.journal.now().date()
    assert found[0]["due_on"] == (today + timedelta(days=1)).isoformat()
    wednesday = today - timedelta(days=(today.weekday() - 2) % 7)
    for typed, days in (("friday", 2), ("next wednesday", 7), ("on Monday", 5), ("in 2 weeks", 14), ("in a day", 1)):
        assert day_to_come(typed, wednesday) == wednesday + timedelta(days=days), typed
    assert day_to_come("2026-03-10", wednesday)
    assert day_to_come("some day", wednesday) is None


# What is asked, whatever the screen


def test_a_moment_from_elsewhere_is_looked_back_on_without_a_book(shell: Shell) -> None:
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        kept = practice.journal.keep(KeptMoment(remark="from an older diary"))
        names = [question.name for question in reflecting.questions(reflecting.about(practice, kept))({})]
        assert not [name for name in names if name.startswith("hindsight")]
        practice.reflected(kept, {"for_us": "closer"})


def test_something_else_without_words_is_kept_as_something_else(shell: Shell) -> None:
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        kept = practice.keep(answers=HERE)
        *_, reflection = practice.reflected(kept, {"hindsight_toward": SOMETHING_ELSE})
        assert isinstance(reflection, Reflection)
        assert reflection.hindsight == {"else": "something else"}
        said = reflecting.in_words("for_them", "helped, asked"), reflecting.in_words("for_them", "tired, asked around")
        assert said == ("it helped them (I asked)", "tired, asked around")


def test_a_reflection_that_cannot_be_kept_whole_keeps_nothing_of_it(shell: Shell) -> None:
    from poise.journal.trouble import Refused  # noqa: PLC0415

    with Practice.open(shell.folder, PASSPHRASE) as practice:
        kept = practice.keep(answers=HERE, person="Sam")
        with pytest.raises(Refused):
            practice.reflected(kept, {"off": "yes", "line": "x", "for_me": "a\0b"})
        assert practice.journal.entries(Sign) == []
        assert practice.journal.entries(Line) == []


def test_a_rating_can_be_a_number_on_ones_own_instrument(shell: Shell) -> None:
    kept = _kept(shell)
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        practice.use_instrument(INSTRUMENT)
    lines = ["same", "helped", "told", "same", "no", "11", "7"]
    printed = _asked(shell("reflect", typed=(PASSPHRASE, *lines, ".")))
    assert "it barely held; it was shaky; it held; it was solid; it was very solid; or a number." in printed
    assert "“11” was not understood." in printed
    assert "Or a number on “A scale of one's own”, from 0 to 10 in steps of 1." in printed
    shell("reflect", "rating=3", "--moment", kept.uid)
    shell("reflect", "rating=solid", "--moment", kept.uid)
    with pytest.raises(Mistakes, match="a number: `mine` runs from 0 to 10"):
        shell("reflect", "rating=11", "--moment", kept.uid)
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        assert [each.said for each in practice.every(Sign) if each.sign == "rating"] == ["solid", "mine 3", "mine 7"]
