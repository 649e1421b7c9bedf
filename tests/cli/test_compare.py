"""`poise compare` at a shell."""

import json
from pathlib import Path

from .conftest import Poise

BOOK = """poise: 1
title: Tiny
responses: {toward: {wait: {say: Wait}, speak: {say: Speak}}}
considerations: {harm: {ask: How bad is it?, answers: slip < bad}}
guidelines: {first: {say: Speak up, when: harm == bad, lean: {speak: LEAN}}}
"""


def two(tmp_path: Path, old: str, new: str) -> tuple[str, str]:
    paths = tmp_path / "old.yaml", tmp_path / "new.yaml"
    for path, text in zip(paths, (old, new), strict=True):
        path.write_text(text, encoding="utf-8")
    return str(paths[0]), str(paths[1])


def test_the_same_book_leads_the_same_everywhere(poise: Poise) -> None:
    ran = poise("compare", "among_friends", "among_friends")
    assert (ran.code, ran.err) == (0, "")
    assert "The same leads in every situation." in ran.out


def test_a_change_is_code_1_with_a_moment_and_how_to_see_it(poise: Poise, tmp_path: Path) -> None:
    old, new = two(tmp_path, BOOK.replace("LEAN", "pull"), BOOK.replace("LEAN", "-pull"))
    ran = poise("compare", old, new)
    assert ran.code == 1
    told = " ".join(ran.out.split())
    assert "Of the list `toward` something else leads in half of all invented situations." in told
    assert "“Speak” gives way to “Wait”, in half of all invented situations: for example when “How bad is it?”" in told
    assert f"After: poise weigh {new} harm=bad" in told
    assert "%" not in told


def test_json_has_every_change(poise: Poise, tmp_path: Path) -> None:
    old, new = two(tmp_path, BOOK.replace("LEAN", "pull"), BOOK.replace("LEAN", "-pull"))
    data = json.loads(poise("compare", old, new, "--json").out)
    assert (data["same"], data["shares"], data["unsettled"]) == (False, {"toward": 0.5}, [])
    assert data["changes"] == [
        {
            "list": "toward",
            "from": "speak",
            "to": "wait",
            "before": ["speak"],
            "after": ["wait"],
            "moment": {"harm": "bad"},
            "also": {},
            "whose": "theirs",
            "fewest": True,
            "share": 0.5,
        }
    ]


def test_what_only_one_book_has_is_said(poise: Poise, tmp_path: Path) -> None:
    asked = BOOK.replace("considerations: {", "considerations: {place: {ask: Where, answers: home | work}, ")
    old, new = two(tmp_path, BOOK.replace("LEAN", "pull"), asked.replace("harm == bad", "place == work"))
    new_text = Path(new).read_text(encoding="utf-8").replace("LEAN", "pull")
    Path(new).write_text(new_text, encoding="utf-8")
    told = " ".join(poise("compare", old, new).out.split())
    assert f"Only {new} has the considerations place." in told
    assert "and in the new book when “Where” is “work”" in told


def test_a_bound_of_one_book_is_a_change(poise: Poise, tmp_path: Path) -> None:
    plain = BOOK.replace("LEAN", "pull")
    old, new = two(tmp_path, plain, plain + "bounds: {stop: {when: harm == bad, instead: Get help}}\n")
    told = " ".join(poise("compare", old, new).out.split())
    assert (
        "A bound of the new book takes the place of the weighing: for example when “How bad is it?” is “bad”." in told
    )
    back = " ".join(poise("compare", new, old).out.split())
    assert "No bound takes the place of the weighing any more" in back


def test_a_book_that_cannot_be_understood_is_code_2(poise: Poise, tmp_path: Path) -> None:
    old, new = two(tmp_path, BOOK.replace("LEAN", "pull"), BOOK.replace("LEAN", "plul"))
    ran = poise("compare", old, new)
    assert (ran.code, ran.out) == (2, "")
    assert "Traceback" not in ran.err
