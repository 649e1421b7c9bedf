from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from poise.foresight import (
    FIVE_ACTIONS,
    Asked,
    Costs,
    Moment,
    Setting,
    Values,
    World,
    centre_line,
    costs,
    curve,
    sets_of,
    solve,
    switched,
)
from poise.foresight.bands import TRUSTS

ALONE, IN_FRONT = Moment(0.55, present=False), Moment(0.55, present=True)
WORLDS = sets_of(np.random.default_rng(11), Setting(), 24)


def test_a_curve_has_its_centre_and_bands_one_within_the_other() -> None:
    made = curve(World(), WORLDS, Asked(ALONE))
    (low80, high80), (low50, high50) = made.band(0.8), made.band(0.5)
    assert (low80 <= low50).all()
    assert (low50 <= high50).all()
    assert (high50 <= high80).all()
    assert ((made.now >= 0) & (made.now <= 1)).all()
    assert made.advantage.shape == (24, len(TRUSTS))
    inside = (made.advantage >= low50) & (made.advantage <= high50)
    assert abs(inside.mean() - 0.5) < 0.03
    assert (made.centre == centre_line(World(), Asked(ALONE))).all()


def test_the_centre_is_what_speaking_is_worth_over_not_speaking() -> None:
    line, q = centre_line(World(), Asked(ALONE)), solve([World()])
    for place in (0.25, 0.7):
        at = q.at(place)[0, 1]
        assert line[TRUSTS.index(place)] == pytest.approx(max(at[2:]) - max(at[:2]), abs=1e-12)


def test_with_no_strain_it_is_now_from_the_start_in_front_of_those_it_hits() -> None:
    made = curve(World(), [switched(w, ["no_strain"]) for w in WORLDS], Asked(IN_FRONT))
    assert (made.now == 1).all()


def test_several_at_once_give_the_same_numbers() -> None:
    one = costs(WORLDS, Asked(ALONE), 0.4)
    with ThreadPoolExecutor(2) as pool:
        assert (costs(WORLDS, Asked(ALONE), 0.4, pool.map).worth == one.worth).all()


def test_when_nothing_matters_everything_ties_and_it_is_too_close_to_call() -> None:
    nothing = Values(help=0, harm=0, energy=0, growth=0, distrust=0, trust=0, elsewhere=0)
    tied = costs(sets_of(np.random.default_rng(1), Setting(), 6, values=nothing), Asked(ALONE), 0.5)
    assert tied.ties() == FIVE_ACTIONS
    assert tied.too_close
    assert (tied.cost == 0).all()


def told(*worths: tuple[float, float]) -> Costs:
    return Costs(FIVE_ACTIONS[:2], np.array(worths, float))


def test_too_close_to_call_is_as_the_rule_says() -> None:
    assert not told(*[(1.0, 0.5)] * 4).too_close
    assert told(*[(1.0, 0.95)] * 4).too_close  # nearer than a tenth of a session
    assert told((5.0, 0.0), (5.0, 0.0), (0.0, 0.1), (0.0, 0.1)).too_close  # only half of the sets agree
    assert not told((5.0, 0.0), (5.0, 0.0), (5.0, 0.0), (0.0, 0.1)).too_close  # three in four do
    assert told((1.0, 1.0)).ties() == FIVE_ACTIONS[:2]
    assert told((1.0, 0.5)).ties() == FIVE_ACTIONS[:1]
    assert told((0.5, 1.0)).two == (1, 0)


def test_blunt_words_at_thin_trust_are_never_too_close_to_what_leads() -> None:
    found = costs(WORLDS, Asked(ALONE), 0.25)
    assert FIVE_ACTIONS[found.two[0]].id != "call_out"
    assert found.cost[:, 4].mean() > 0.8


def test_a_unit_is_one_good_session_of_help() -> None:
    doubled = [World(w.assumptions, Values(*(2 * v for v in vars(w.values).values())), w.setting) for w in WORLDS[:4]]
    doubled = [World(w.assumptions, Values(**{**vars(w.values), "elsewhere": w.values.elsewhere / 2}), w.setting)
               for w in doubled]  # fmt: skip
    ours, theirs = (costs(some, Asked(ALONE), 0.5).worth for some in (WORLDS[:4], doubled))
    assert np.allclose(ours, theirs, atol=1e-9)


def test_with_my_values_given_only_what_nobody_knows_differs() -> None:
    mine = Values(harm=3)
    assert {w.values for w in sets_of(np.random.default_rng(2), Setting(), 5, values=mine)} == {mine}
    assert len({w.assumptions for w in WORLDS}) == 24


def test_what_can_be_done_holds_both_speaking_and_not() -> None:
    for actions in (FIVE_ACTIONS[:2], FIVE_ACTIONS[2:]):
        with pytest.raises(ValueError, match="to compare now with later"):
            Asked(ALONE, actions=actions)
