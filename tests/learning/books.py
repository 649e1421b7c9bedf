"""A small book for the learner: two lists, an anchored guideline, a bound, one guideline set aside."""

from __future__ import annotations

from poise.rulebook.reading import read
from poise.rulebook.rulebook import Rulebook

TEXT = """\
poise: 1
title: A small book
responses:
  toward:
    speak: {say: Say something}
    ask: {say: Ask what they meant}
    later: {say: Take it up later}
    let_be: {say: "Let it be, for now"}
  beside:
    with_them: {say: Be with them}
    nothing_more: {say: Nothing more for now}
considerations:
  who_was_hit: {ask: Who?, answers: me | someone_here | nobody_here}
  harm: {ask: How bad?, answers: slip < stings < serious, first: true}
  place: {ask: Where?, answers: one_to_one | group | online, first: true}
  energy: {ask: How are you?, answers: empty < low < fine}
  trust: {ask: How much trust?, answers: new < some < deep}
  safety: {ask: Safe?, answers: not_safe < safe}
start: {let_be: nudge}
guidelines:
  cardinal:
    say: Address it
    when: "harm >= stings"
    lean: {speak: nudge, let_be: -nudge}
    anchored: true
  not_online:
    say: Not online
    when: "place == online"
    lean: {speak: -pull, later: pull}
  tired:
    say: When I have nothing left, it can wait
    when: "energy == empty"
    lean: {let_be: pull, nothing_more: nudge}
  between_us:
    say: Among us two I can ask
    when: "place == one_to_one and trust >= some"
    lean: {ask: pull}
    grip: loose
  serious:
    say: Serious things are said at once
    leans:
      - {when: "harm == serious", lean: {speak: pull}}
      - {when: "harm == serious and place == group", lean: {speak: nudge, with_them: pull}}
    grip: firm
  set_aside:
    say: Strangers get a question
    when: "trust == new"
    lean: {ask: nudge}
    weight: 0
bounds:
  my_safety: {when: "safety == not_safe", never: [speak], say: Not while it is not safe}
  stop: {when: "safety == not_safe and harm == serious", instead: Get help first}
"""


def small() -> Rulebook:
    """The book, read."""
    return read("small", TEXT)
