"""The rulebook pages, met as a browser without JavaScript would: its forms, filled in and sent."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from .site import Answer, Visitor


def the_book(visitor: Visitor) -> str:
    """The path of the book in use."""
    found = re.search(r'href="(/rulebook/[0-9a-f]{12})/text"', visitor.get("/rulebook").text)
    assert found
    return found[1]


def guideline(visitor: Visitor, say: str) -> str:
    """The path of the form of a guideline, by some of its words."""
    page = visitor.get(the_book(visitor) + "?whole=yes").text
    entries = re.findall(r'<li id="g-\w+">.*?</li>', page, re.DOTALL)
    (entry,) = [each for each in entries if say in unescape(each)]
    return str(re.findall(r'href="(/rulebook/\w+/guideline/\w+)"', entry)[0])


def fields(page: Answer) -> dict[str, str]:
    """What the form of a page would send as it stands: the first form with words in it."""
    (form,) = re.findall(r'<form[^>]*class="(?:write|ask)">.*?</form>', page.text, re.DOTALL)[:1]
    found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    found |= dict(re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL))
    found |= dict(re.findall(r'<input type="(?:radio|checkbox)" name="([^"]+)" value="([^"]+)" checked', form))
    for name, options in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', form, re.DOTALL):
        found[name] = re.findall(r'<option value="([^"]*)" selected', options)[0]
    return {name: unescape(value) for name, value in found.items()}


def changed(visitor: Visitor, path: str, **new: str) -> Answer:
    """Send the form of a guideline with some fields changed."""
    return visitor.send(
        path, fields(visitor.get(path)) | {name.replace("__", "-"): value for name, value in new.items()}
    )


def use(visitor: Visitor, review: Answer) -> None:
    """Look at a change, and use it."""
    assert "Nothing is changed yet." in visitor.follow(review).words
    assert visitor.send(f"{review.place}/use").status == 303


def text_of(folder: Path) -> str:
    return (folder / "rulebooks" / "among_friends.yaml").read_text("utf-8")
