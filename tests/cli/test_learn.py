"""Learning, trust and instruments on the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import click
import pytest

from poise.journal.entries import Sign
from poise.journal.trouble import NotAllowed, NotThere, Refused
from poise.practice import Practice
from poise.practice.proposed import TAKEN

from ..made import INSTRUMENT
from ..practice.living import NAME, copied, lived
from .practising import PASSPHRASE, Shell
from .terminal import Terminal

MOMENT = ("place=group_chat", "harm=stings", "who_was_hit=someone_here", "safety=safe")


@pytest.fixture(scope="module")
def ninety(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    weights = {"not_online": 3.0, "tired": 3.0}
    return lived(made, tmp_path_factory.mktemp("lived") / "practice", weights, 90, 2)


@pytest.fixture
def living(ninety: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Runs commands on a practice of somebody who kept ninety moments."""
    with copied(ninety, tmp_path / "living"):
        return Shell(tmp_path / "living", monkeypatch, capsys)


@pytest.fixture
def practice(shell: Shell) -> Iterator[Practice]:
    with Practice.open(shell.folder, PASSPHRASE) as opened:
        yield opened


def weights(shell: Shell) -> dict[str, float]:
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        return {name: each.weight for name, each in practice.books.read(NAME).guidelines.items()}


def place_of(shell: Shell, guideline: str) -> str:
    """The number a proposal is listed under."""
    found = json.loads(shell("learn", "--json"))["proposals"]
    return str(1 + [each["guideline"] for each in found].index(guideline))


def rate(practice: Practice, word: str, times: int = 4) -> None:
    for day in range(times):
        at = practice.journal.now() - timedelta(days=7 * (times - day))
        practice.sign("Sam", "rating", said=word, happened_at=at)


# Proposals


def test_an_empty_journal_says_that_there_is_not_enough_to_tell(shell: Shell) -> None:
    nothing = "Not enough to tell yet, so nothing is proposed. Your book stands as you wrote it."
    assert " ".join(shell("learn").split()) == nothing
    found = json.loads(shell("learn", "--json"))
    assert found == {"enough": False, "proposals": [], "answered": [], "letting_be": None, "forecasts": []}


def test_proposals_are_said_in_words_with_moments_and_the_line_that_would_change(living: Shell) -> None:
    printed = living("learn")
    assert "“Not online”\n  Proposed: let it pull about twice as hard as it is written." in printed
    assert "    +    weight: 2" in printed
    assert "by what you said looking\n    back" in printed
    assert "What you care about is not touched by this." in printed
    words = re.sub(r"\d{1,2} [A-Z][a-z]+ \d{4}|^\d\. |weight: \d", "", printed, flags=re.MULTILINE)
    assert not re.search(r"\d|%", words)
    assert set(weights(living).values()) == {0.0, 1.0}, "without a terminal nothing is asked and nothing is changed"


def test_taking_one_changes_one_weight_and_undoing_changes_it_back(living: Shell) -> None:
    before = weights(living)
    printed = living("learn", "--take", place_of(living, "not_online"))
    assert "Taken into the book: let it pull about twice as hard as it is written." in printed
    assert weights(living) == {**before, "not_online": 2.0}
    assert "What became of earlier ones\n  “Not online”\n" in living("learn")
    assert "It pulls as it did before." in living("learn", "--undo")
    assert weights(living) == before
    assert "There is nothing to undo." in living("learn", "--undo")


def test_keeping_one_private_or_forgetting_it_leaves_the_book(living: Shell) -> None:
    before = weights(living)
    assert "Kept to yourself" in living("learn", "--keep-private", place_of(living, "not_online"))
    assert "Forgotten" in living("learn", "--forget", place_of(living, "tired"))
    found = json.loads(living("learn", "--json"))
    assert [each["what"] for each in found["answered"]] == ["forgotten", "private"]
    assert not {each["guideline"] for each in found["proposals"]} & {"not_online", "tired"}
    assert weights(living) == before


@pytest.mark.parametrize("words", [("--take", "1", "--forget", "1"), ("--undo", "--take", "1"), ("--take", "3")])
def test_two_things_at_once_or_one_that_is_not_there_change_nothing(living: Shell, words: tuple[str, ...]) -> None:
    before = weights(living)
    with pytest.raises(click.UsageError):
        living("learn", *words)
    assert weights(living) == before


@pytest.mark.parametrize("number", ["0", "-1", "one"])
def test_a_number_that_is_none_is_refused_before_a_passphrase_is_asked_for(shell: Shell, number: str) -> None:
    with pytest.raises(click.BadParameter):
        shell("learn", "--take", number, typed=())


def test_as_json_there_are_the_numbers(living: Shell) -> None:
    found = json.loads(living("learn", "--json"))
    first = next(each for each in found["proposals"] if each["guideline"] == "not_online")
    assert (first["book"], first["old"], first["new"], first["known"]) == (NAME, 1.0, 2.0, "some")
    assert len(first["behind"]) > len(first["against"])
    assert found["letting_be"]["otherwise"] == 4


def test_on_a_terminal_it_asks_what_to_do_with_each(living: Shell) -> None:
    number = int(place_of(living, "not_online"))
    terminal = Terminal(living.folder, "learn")
    terminal.opens()
    for place in (1, 2):
        terminal.types("1" if place == number else "")
    terminal.until("Taken into the book")
    assert terminal.ends() == 0
    assert weights(living)["not_online"] == 2.0
    with Practice.open(living.folder, PASSPHRASE) as practice:
        assert [each.what for each in practice.proposals().answered] == [TAKEN]


# Trust


def test_keeping_a_moment_with_somebody_known_takes_what_is_believed_and_says_so(
    shell: Shell, practice: Practice
) -> None:
    rate(practice, "solid")
    printed = shell("keep", *MOMENT, "--person", "Sam")
    assert "From what you wrote down about you two: solid or deep. `trust=…` says otherwise." in " ".join(
        printed.split()
    )
    (kept,) = practice.moments("Sam")
    assert sum(kept.answers["trust"].values()) == pytest.approx(1.0)


def test_my_own_answer_wins(shell: Shell, practice: Practice) -> None:
    rate(practice, "solid")
    printed = shell("keep", *MOMENT, "trust=none", "--person", "Sam")
    assert "From what you wrote down" not in printed
    assert practice.moments("Sam")[0].answers["trust"] == "none"


def test_for_somebody_new_or_nobody_or_below_three_ratings_nothing_is_taken(shell: Shell, practice: Practice) -> None:
    rate(practice, "solid", 2)
    for person in (("--person", "Sam"), ("--person", "Ola"), ()):
        assert "From what you wrote down" not in shell("keep", *MOMENT, *person)
    assert all("trust" not in each.answers for each in practice.moments())


def test_as_json_the_belief_is_among_the_answers(shell: Shell, practice: Practice) -> None:
    rate(practice, "solid")
    found = json.loads(shell("keep", *MOMENT, "--person", "Sam", "--json"))
    assert found["weighing"]["moment"]["trust"]["solid"] > 0.1


@pytest.mark.parametrize(("said", "answer"), [("solid", "solid"), ("", None)])
def test_the_conversation_says_what_is_believed_and_asks_whether_i_would_say_otherwise(
    shell: Shell, practice: Practice, said: str, answer: str | None
) -> None:
    rate(practice, "solid")
    first = ["", "1", "safe", "someone who is here", "stings", "back me up"]
    printed = shell("keep", "--person", "Sam", typed=(PASSPHRASE, "", *first[1:], said, "."))
    asked = "From what you wrote down about you two: solid or deep. Would you say otherwise?"
    assert asked in " ".join(printed.split())
    kept = practice.moments("Sam")[0].answers["trust"]
    assert kept == answer if answer else isinstance(kept, dict)


def test_where_it_landed_on_me_it_is_not_said(shell: Shell, practice: Practice) -> None:
    rate(practice, "solid")
    printed = shell("keep", "--person", "Sam", typed=(PASSPHRASE, "", "1", "safe", "me", "."))
    assert "From what you wrote down" not in printed


def test_people_say_what_it_could_hold_as_a_band_of_answers(shell: Shell, practice: Practice) -> None:
    practice.keep_person("Sam")
    for _ in range(3):  # of one day, and about no moment: that is one encounter
        practice.sign("Sam", "rating", said="solid", happened_at=practice.journal.now())
    printed = " ".join(shell("people", "Sam").split())
    assert "that takes saying how much it held three times, on different days or about different moments." in printed
    assert json.loads(shell("people", "Sam", "--json"))[0]["trust"] is None
    rate(practice, "solid")
    printed = shell("people", "Sam")
    assert "What it could hold between you, from what you wrote down: solid or deep." in printed
    (found,) = json.loads(shell("people", "Sam", "--json"))
    assert sum(found["trust"].values()) == pytest.approx(1.0)
    assert found["rated"] == 4 + 1
    assert "trust" not in json.loads(shell("people", "--json"))[0]


def test_what_i_carry_is_said_on_the_look_back(shell: Shell, practice: Practice) -> None:
    practice.keep(answers={"harm": "stings"}, did="ask")
    printed = " ".join(shell("look-back").split())
    assert "By what you kept, little of this has come your way lately." in printed
    assert "What it costs you lately is not written down" in printed


# An instrument of one's own


def test_an_instrument_is_set_shown_and_taken_out(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(INSTRUMENT, encoding="utf-8")
    assert "Five words" in shell("instrument")
    assert "`mine` runs from 0 to 10 in steps of 1." in shell("instrument", str(file))
    file.unlink()
    found = json.loads(shell("instrument", "--json"))
    assert (found["own"], found["id"], found["reliability"]) == (True, "mine", 0.8)
    assert found["items"] == [{"id": "one", "from": 0.0, "to": 10.0, "step": 1.0, "reversed": False}]
    assert "Five words" in shell("instrument", "--unset")
    assert json.loads(shell("instrument", "--json"))["own"] is False


def test_one_that_cannot_be_understood_changes_nothing(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("instrument: 1\nid: mine\n", encoding="utf-8")
    with pytest.raises(Refused, match="nothing was changed"):
        shell("instrument", str(file))
    for other, why in ((tmp_path / "nowhere.yaml", "no such file"), (tmp_path, "is a directory")):
        with pytest.raises(NotAllowed, match=why):
            shell("instrument", str(other), typed=())
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(Refused):
        shell("instrument", str(file), typed=())
    with pytest.raises(click.UsageError):
        shell("instrument", str(file), "--unset", typed=())
    assert json.loads(shell("instrument", "--json"))["own"] is False


def test_a_rating_is_one_of_five_words_or_a_number_on_my_instrument(
    shell: Shell, practice: Practice, tmp_path: Path
) -> None:
    practice.keep_person("Sam")
    with pytest.raises(Refused, match="is no rating"):
        shell("people", "Sam", "--rating", "7")
    shell("people", "Sam", "--rating", "held")
    file = tmp_path / "mine.yaml"
    file.write_text(INSTRUMENT, encoding="utf-8")
    shell("instrument", str(file))
    shell("people", "Sam", "--rating", "7")
    with pytest.raises(Refused, match="runs from 0 to 10"):
        shell("people", "Sam", "--rating", "11")
    assert [each.said for each in practice.journal.entries(Sign)] == ["mine 7", "held"]
    with pytest.raises(NotThere):
        shell("people", "Ola", "--rating", "held")
    with pytest.raises(click.UsageError):
        shell("people", "--rating", "held", typed=())
