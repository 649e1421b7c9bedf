import re

from poise.foresight import SOURCES, SWITCHES, offer, offering

NOT_OURS = re.compile(r"\b(should|must|appropriate|problematic|incident|optimal|best|score|brave)\b|!|%", re.IGNORECASE)


def test_it_is_offered_where_someone_else_was_hit_and_no_bound_speaks() -> None:
    assert offer(landed_on_me=False) == (True, "")


def test_it_is_not_offered_to_someone_who_was_hit() -> None:
    for met in ([], ["My own safety comes first."]):
        offered, why = offer(landed_on_me=True, met=met)
        assert not offered
        assert "landed on you" in why


def test_unknown_is_not_no() -> None:
    offered, why = offer(landed_on_me=None)
    assert not offered
    assert "Say first who it landed on" in why


def test_it_is_not_offered_under_a_bound_and_says_which() -> None:
    offered, why = offer(landed_on_me=False, met=["My own safety comes first.", "Someone could be badly hurt."])
    assert not offered
    assert "My own safety comes first.; Someone could be badly hurt." in why
    offered, why = offer(landed_on_me=None, met=["My own safety comes first."])
    assert "comes first" in why


def test_nor_while_it_is_open_whether_one_is_met() -> None:
    offered, why = offer(landed_on_me=False, open_bounds=["My own safety comes first."])
    assert not offered
    assert "may speak here" in why
    assert "My own safety comes first." in why


def test_what_may_be_shown_neither_preaches_nor_praises() -> None:
    shown = [offering.LANDED_ON_YOU, offering.NOT_SAID, offering.UNDER_A_BOUND, offering.MAY_BE_BOUND]
    shown += [switch.says for switch in SWITCHES.values()]
    shown += [words for source in SOURCES.values() for words in (source.what, source.source)]
    for words in shown:
        assert not NOT_OURS.search(words), words
