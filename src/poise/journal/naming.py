"""What kinds of entry and their words are called, where a person reads them."""

from __future__ import annotations

KINDS = {
    "people": "person",
    "moments": "moment",
    "reflections": "reflection",
    "signs": "sign",
    "check_ins": "check-in",
    "follow_ups": "to come back to",
    "rests": "rest",
    "lines": "line that worked",
}
FIELDS = {
    "relation": "who we are to each other",
    "trust_for": "what trust is for",
    "gut": "gut feeling",
    "did_else": "what I did",
    "forecast": "what I expected",
    "remark": "what was said",
    "for_them": "for the person it hit",
    "for_us": "with us two",
    "for_me": "for me",
    "sign": "sign",
    "said": "asked and said",
    "energy": "energy",
    "toll": "what it costs me",
    "elsewhere": "what I give elsewhere",
    "waiting_for": "waiting for",
    "words": "the line",
    "note": "note",
}
"""Columns of words that are shown, and what they are called."""
