"""What a page for supervision asks, and in which order: one's own, or that of ETHICS→A.

ETHICS→A is a tool of the Ontario College of Social Workers and Social Service Workers (2019): examine, think,
hypothesise, identify, consult, select, advocate. The order is theirs; every heading here is in our own words.
"""

from __future__ import annotations

from typing import NamedTuple


class Field(NamedTuple):
    """One field of the page: its heading, what may help to fill it, and how many lines it has on paper."""

    name: str
    heading: str
    hint: str = ""
    lines: int = 3


class Part(NamedTuple):
    """A heading, and the fields under it."""

    heading: str
    fields: tuple[Field, ...]


FIELDS = {
    field.name: field
    for field in (
        Field("dilemma", "The dilemma, in two lines", "What pulls which way.", 2),
        Field("role", "My role, and my first duty", "", 2),
        Field("this_person", "What is good for this person", "", 3),
        Field("wider", "What is good for others, and for justice", "", 3),
        Field("weighed", "What I weighed, and what outweighed what", "In the words of my guidelines.", 5),
        Field("did", "What I did", "", 2),
        Field("between", "Where it stands between us", "", 3),
        Field("unsure", "What I am unsure of", "", 3),
        Field("ask_1", "The first question I want to ask", "", 2),
        Field("ask_2", "The second", "", 2),
        Field("ask_3", "The third", "", 2),
        Field("bounds", "Bounds it touched", "", 2),
        Field("codes", "Codes that bear on it", "Named, not quoted: only which code, and where in it.", 2),
        Field("speak_up", "What I want to speak up for", "Here, where I work, or wider.", 2),
    )
}
ASKED = ("ask_1", "ask_2", "ask_3")
MINE, ETHICS_A = "mine", "ethics_a"
_IN_MY_ORDER = tuple(name for name in FIELDS if name not in (*ASKED, "this_person", "wider", "speak_up"))
_IN_ETHICS_A = (
    ("Examine what happened, and what is held dear in it", ("dilemma", "role", "between")),
    ("Think of the codes and the bounds that bear on it", ("codes", "bounds")),
    ("Hypothesise: the ways there were, and what spoke for each", ("weighed",)),
    ("Identify who gains and who is hurt", ("this_person", "wider")),
    ("Consult: what to take to somebody else", ("unsure", *ASKED)),
    ("Select: what was done", ("did",)),
    ("→ Advocate: what to speak up for", ("speak_up",)),
)


def _mine() -> tuple[Part, ...]:
    parts = [Part(FIELDS[name].heading, (FIELDS[name],)) for name in _IN_MY_ORDER]
    both = Part("Both goods", (FIELDS["this_person"], FIELDS["wider"]))
    asked = Part("Three questions I want to ask", tuple(FIELDS[name] for name in ASKED))
    return (*parts[:2], both, *parts[2:6], asked, *parts[6:])


ORDERS = {
    MINE: _mine(),
    ETHICS_A: tuple(Part(heading, tuple(FIELDS[name] for name in names)) for heading, names in _IN_ETHICS_A),
}
"""{order: the parts of the page}."""


def parts_of(order: str) -> tuple[Part, ...]:
    """The parts of the page in an order; in one's own where there is no such order."""
    return ORDERS.get(order, ORDERS[MINE])
