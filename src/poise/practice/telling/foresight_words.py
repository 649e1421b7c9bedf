"""The words of looking ahead: what shares, amounts and degrees are called, and what each part is."""

from __future__ import annotations

from collections.abc import Mapping

from ...foresight import offering

LANDED_ON_YOU, NOT_SAID = offering.LANDED_ON_YOU, offering.NOT_SAID
BOUND = "A bound of your rulebook speaks here, and it comes first."
OWN_SLIP = "This one is about something you said yourself. Looking ahead is about words that come from somebody else."
NO_CHOICE = "What is left to do here is all of one kind, so there is nothing to weigh now against later."
TITLE = "Now, or later?"
UNIT = "Counted in good meetings: what one meeting that helps is worth to you two."
WHAT_IT_IS = "This plays through what would follow if people were as is assumed here. It knows nobody."
FIRST = "Before looking ahead, this comes first: who it landed on, and what the bounds of your rulebook depend on."
DANGER_UNKNOWN = "As long as you don't know whether somebody is in danger, that comes before looking ahead."
NOT_A_FORECAST = "It is no forecast of anybody, and no evidence. You decide."
SETTLED_BY_NOBODY = "What was published does not settle it: assumptions that fit it point both ways."
TIED = "These come out exactly the same: {which}."
TOO_CLOSE = "Too close to call, either is fine: {which}."
COMES_OUT = "“{first}” comes out ahead of “{second}” {share}."
IN_FOUR_OF_FIVE = "In four of five sets of assumptions, {ahead}."
NOW_MORE = "speaking to it now is worth from {low} to {high} more than not yet"
NOW_ABOUT = "speaking to it now is worth {amount} more than not yet"
LATER_MORE = "not speaking to it yet is worth from {low} to {high} more than now"
LATER_ABOUT = "not speaking to it yet is worth {amount} more than now"
BETWEEN = "the difference lies between {low} more for not yet and {high} more for now"
SAME = "the two come out nearly the same"
SPEAKS = "Counted as now, as it asks something of them: {which}."
NOT_YET = "Counted as not yet, as it asks little of them: {which}."
COUNTED = "Here, “{now}” counts as now, and “{other}” as not yet."
BOTH_NOW = "Here, both count as now."
BOTH_NOT_YET = "Here, both count as not yet."
FOR_NOW = "Not yet is only for now, and it is not agreeing."
SHARES: Mapping[float, str] = {
    0.0: "in none of the sets of assumptions",
    0.03: "in hardly any of the sets of assumptions",
    0.1: "in about one of ten sets of assumptions",
    0.2: "in about one of five sets of assumptions",
    0.25: "in about one of four sets of assumptions",
    1 / 3: "in about one of three sets of assumptions",
    0.5: "in about half of the sets of assumptions",
    2 / 3: "in about two of three sets of assumptions",
    0.75: "in about three of four sets of assumptions",
    0.8: "in about four of five sets of assumptions",
    0.9: "in about nine of ten sets of assumptions",
    0.97: "in nearly all sets of assumptions",
    1.0: "in all sets of assumptions",
}
AMOUNTS: Mapping[float, str] = {
    0.0: "next to nothing",
    0.1: "about a tenth of one good meeting",
    0.25: "about a quarter of one good meeting",
    0.5: "about half of one good meeting",
    0.75: "about three quarters of one good meeting",
    1.0: "about one good meeting",
    1.5: "about one and a half good meetings",
    2.0: "about two good meetings",
    3.0: "about three good meetings",
    4.0: "about four good meetings",
    5.0: "five good meetings or more",
}
SHORT: Mapping[float, str] = {
    0.0: "next to nothing",
    0.1: "a tenth",
    0.25: "a quarter",
    0.5: "a half",
    0.75: "three quarters",
    1.0: "one",
    1.5: "one and a half",
    2.0: "two",
    3.0: "three",
    4.0: "four",
    5.0: "five or more",
}
LEADS: Mapping[str, str] = {
    "now": "speaking to it now",
    "wait": "not yet, but before long",
    "leave": "not yet, nor soon",
    "either": "either is fine",
}
PARTS: Mapping[str, str] = {
    "help": "the help that is kept",
    "harm": "harm to those it hits",
    "energy": "your energy",
    "growth": "what they learn",
    "leaving": "their leaving in distrust",
    "elsewhere": "harm elsewhere, once they have left",
    "trust": "the trust there is in the end",
    "price": "what your energy would do elsewhere",
}
LABELS: Mapping[str, str] = {
    "strain": "How much confronting strains people",
    "growth": "How fast trust grows by itself",
    "silence": "How much trust silence costs, in front of those it hits",
    "harm": "How much harm to those it hits weighs for you",
    "meetings": "Meetings there are still to come",
    "load": "How scarce your energy is",
}
KNOWN: Mapping[str, str] = {
    "strain": "No study has measured this. In one study, people expected more backlash than came.",
    "growth": "No study has measured this from one meeting to the next.",
    "silence": "One study points this way, from therapy and with the roles reversed. No study has measured this.",
    "harm": "A value of yours. No study can settle it.",
    "meetings": "You say so, as well as you can tell.",
    "load": "No study has measured this. Take it as a question.",
}
DEGREES: Mapping[str, tuple[tuple[float, str], ...]] = {
    "strain": (
        (0.0, "not at all"),
        (0.5, "a little"),
        (0.9, "some"),
        (1.2, "a fair amount"),
        (1.6, "much"),
        (2.0, "very much"),
    ),
    "growth": ((0.0, "not at all"), (0.03, "slowly"), (0.07, "bit by bit"), (0.11, "fairly fast"), (0.15, "fast")),
    "silence": ((0.0, "none"), (0.06, "a little"), (0.12, "some"), (0.18, "much"), (0.25, "very much")),
    "harm": ((0.0, "nothing"), (1.0, "a little"), (2.0, "a fair amount"), (3.5, "much"), (5.0, "very much")),
    "load": (
        (0.0, "there is enough"),
        (2.0, "a little scarce"),
        (4.0, "scarce"),
        (6.0, "very scarce"),
        (8.0, "nearly gone"),
    ),
}
DEGREE_WORDS = tuple(dict.fromkeys(words for each in DEGREES.values() for _, words in each))
"""The words of DEGREES, each once."""
SWITCHED: Mapping[str, str] = {
    "no_strain": "Confronting strains nobody",
    "learning_without_trust": "People learn as much from those they distrust",
    "no_growth_of_trust": "Trust does not grow by itself",
    "silence_erodes_trust": "Silence in front of those it hits costs much trust",
    "harm_ends_when_they_leave": "Who leaves does no harm elsewhere",
    "no_time_ahead": "This is the last time you meet",
}
TAKES: Mapping[str, str] = {
    "trust": "Trust between you",
    "harm": "How bad it is",
    "present": "Whether somebody it hits, or others, are there",
    "receptive": "How open they are",
    "energy": "What you have left",
    "again": "Another chance",
}
WHENCE: Mapping[str, str] = {
    "said": "as you said",
    "journal": "from what you wrote down about you two, taken in its middle",
    "taken": "not said, so taken like this",
}
WORDS: Mapping[str, str] = {"yes": "yes", "no": "no", "in the middle": "in the middle", "guarded": "guarded",
                            "plenty": "plenty", "soon": "yes, soon", "stings": "it stings"}  # fmt: skip
HINGES: Mapping[str, str] = {
    "trust_today": "the trust there is between you today",
    "strain": "how much confronting strains people",
    "softness": "how sharp the edge is of what a relationship holds",
    "exposure": "how much more it strains in front of others",
    "ordinary": "how often something feels off anyway",
    "thin": "how much more often where trust is thin",
    "growth": "how fast trust grows by itself",
    "mended": "what mending adds to trust",
    "torn": "what it takes where something is not mended",
    "torn_directness": "what it takes on top, the more direct it was",
    "silence": "how much trust silence costs, in front of those it hits",
    "repair": "how readily things are mended between people",
    "leaving": "how easily people leave",
    "leaving_trust": "how much thin trust adds to that",
    "leaving_torn": "how much it adds where something feels off",
    "learning": "how much people learn from what is said",
    "untrusted": "how much they learn without trust",
    "through_rupture": "how much they hear while something feels off",
    "recovery": "how fast energy comes back",
    "letting_go": "energy that swallowing it costs",
    "harm": "how much harm to those it hits weighs for you",
    "energy": "how much your energy weighs for you",
    "growth_value": "how much what they learn weighs for you",
    "distrust": "how much their leaving in distrust weighs for you",
    "trust": "how much trust in the end weighs for you",
    "elsewhere": "how much harm elsewhere weighs for you",
    "receptive": "how open they are",
}
OF_VALUE = frozenset({"harm", "energy", "growth_value", "distrust", "trust", "elsewhere"})
STATED = frozenset({"trust_today", "receptive"})
HOW_FAR: Mapping[float, str] = {
    0.4: "very much", 0.2: "much", 0.1: "some", 0.03: "a little", 0.0: "hardly at all",
}  # fmt: skip
MOST_HINGES = 6
ALREADY = "By the middle set of assumptions, where you are: {lead}. Nothing on this map changes that."
BOTH_AT_ONCE = (
    "By the middle set of assumptions, where you are: {lead}. One of the two sides does not change that; both may."
)
BORDERS = (
    "By the middle set of assumptions, where you are: {here}. Nearest border: with {change}, it would be “{there}”."
)
CHANGES: Mapping[tuple[str, bool], str] = {
    ("trust", True): "{far} more trust",
    ("trust", False): "{far} less trust",
    ("strain", True): "{far} more strain from confronting",
    ("strain", False): "{far} less strain from confronting",
    ("growth", True): "trust that grows {far} faster",
    ("growth", False): "trust that grows {far} more slowly",
    ("silence", True): "silence that costs {far} more trust",
    ("silence", False): "silence that costs {far} less trust",
    ("harm", True): "{far} more weight on harm",
    ("harm", False): "{far} less weight on harm",
    ("meetings", True): "{far} more meetings to come",
    ("meetings", False): "{far} fewer meetings to come",
    ("load", True): "energy that is {far} scarcer",
    ("load", False): "energy that is {far} less scarce",
}
FAR: Mapping[float, str] = {0.08: "a touch", 0.2: "somewhat", 0.45: "a good deal", 2.0: "far"}
PLACES = (0.1, 0.3, 0.5, 0.7, 0.9)
"""The middles of the five answers about trust."""
KINDS: Mapping[str, str] = {
    "fact": "how people are; nobody knows for sure",
    "value": "what matters to you; no study can settle it",
    "stated": "you may know this, or find out",
}
POLICIES: Mapping[str, str] = {
    "book": "your rulebook",
    "out_loud": "always out loud",
    "never": "never a word",
    "kindly": "always kindly",
    "threshold": "kindly, once there is trust",
    "optimum": "what is worth most in this model",
}
DOTS: Mapping[str, str] = {
    "left": "People who left, of twelve",
    "eased": "Harm that was eased",
    "growth": "What they learned",
    "help": "Help there was",
    "energy": "Energy you had",
}
COMPARED: Mapping[str, str] = {
    "much less": "much less",
    "less": "less",
    "alike": "about as much",
    "more": "more",
    "much more": "much more",
}
MINE = "as it is there"
NOT_PLAYED = "Your rulebook cannot be played through here."
YEAR = "Forty imagined years with twelve invented people each, and the same luck for every way."
NOBODY = "Nobody you know is in them."
ABOUT_ALIKE, FAR_APART = 0.5, 1.5
"""Nearer than half the spread of the years: about as much. Further than one and a half times: much."""
