"""A weighing in words: what it leans to, why, what speaks the other way, what would tip it, what to say next.

`Told` holds the sentences apart, for pages and screens to lay out; `tell` joins them. It speaks differently to
the person who was hit, to someone who saw it, to the one responsible for the room, and to the one who slipped.
"""

from .citing import Cited, apart
from .laying import paragraphs, tell
from .leaning import leaning_words
from .naming import label, quoted
from .told import Told, told

__all__ = ["Cited", "Told", "apart", "label", "leaning_words", "paragraphs", "quoted", "tell", "told"]
