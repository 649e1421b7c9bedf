"""The pocket card: what fits on paper, to have with one where no phone is. Nobody in the journal is named on it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice, zip_longest

from ..pocket.card import Card
from ..rulebook.guideline import LISTS, MINE, Guideline
from ..rulebook.rulebook import Rulebook
from ..rulebook.speech import Say, plain
from .help_sheet import ALWAYS, help_sheet
from .own_lines import nicknames, own_lines, unnamed
from .practice import Practice

FIRST, LINES = 3, 5


def card(book: Rulebook, say: Say = plain) -> Card:
    """The card of a rulebook, with general lines of help: nothing on it is from a practice."""
    return Card(
        book.title,
        book.first_duty,
        tuple(guideline.say for guideline in _first(book)),
        book.ask_yourself[:FIRST],
        tuple(islice(_ways_to_begin(book), LINES)),
        tuple(map(say, ALWAYS)),
    )


def made_own(card: Card, practice: Practice, *, lines: bool, say: Say = plain) -> Card:
    """The card with the practice's help sheet, and, with `lines`, one's own opening lines first. Raises Trouble.

    Nobody in the journal is named on it: a line that names somebody is left out, and in the rulebook's words and the
    help sheet `[someone]` stands instead of the name.
    """
    nobody = nicknames(practice)
    title, duty = (nobody.without(words)[0] for words in (card.title, card.first_duty))
    first, asked = (tuple(nobody.without(words)[0] for words in each) for each in (card.guidelines, card.ask_yourself))
    own = [line.words for line in islice(own_lines(practice), LINES)] if lines else []
    without = [line for line in card.lines if not nobody.named_in(line)]
    help = unnamed(practice, help_sheet(practice.journal.vault.folder))
    ways = tuple(islice(dict.fromkeys([*own, *without]), LINES))
    return Card(title, duty, first, asked, ways, tuple(say(line) if line in ALWAYS else line for line in help))


def _first(book: Rulebook) -> list[Guideline]:
    """The first rule, and the guidelines that stand first."""
    cardinal = book.cardinal
    every = [*([cardinal] if cardinal else []), *(each for each in book.guidelines.values() if each is not cardinal)]
    return every[:FIRST]


def _ways_to_begin(book: Rulebook) -> Iterator[str]:
    """The first line of each response, toward and beside by turns: words for both stand on the card."""
    begun = [[each.lines[0] for each in book.listed(name) if each.lines] for name in LISTS if name != MINE]
    return iter(dict.fromkeys(line for line in chain.from_iterable(zip_longest(*begun)) if line))
