"""Now, or not yet: on which side the responses of a book count, as what they are called does not tell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...rulebook.speech import Say, listed, plain
from .foresight_words import BOTH_NOT_YET, BOTH_NOW, COUNTED, NOT_YET, SPEAKS

if TYPE_CHECKING:
    from ...foresight import Action
    from ..foreseeing.scene import Scene


def kinds_words(scene: Scene, say: Say = plain) -> list[str]:
    """Which responses count as speaking to it, and which as not yet."""
    says = {kind: [scene.say(a.id) for a in scene.asked.actions if a.addresses is kind] for kind in (True, False)}
    which = {kind: listed(say, [quoted(each, say) for each in words]) for kind, words in says.items()}
    return [say(SPEAKS, which=which[True]), say(NOT_YET, which=which[False])]


def counted_words(scene: Scene, named: Sequence[Action], say: Say) -> list[str]:
    """On which side two responses count: what a book calls them does not tell. Nothing for more than two."""
    if len(named) != 2:
        return []
    first, second = named
    if first.addresses is second.addresses:
        return [say(BOTH_NOW if first.addresses else BOTH_NOT_YET)]
    now, other = (first, second) if first.addresses else (second, first)
    return [say(COUNTED, now=scene.say(now.id), other=scene.say(other.id))]


def quoted(words: str, say: Say) -> str:
    """A response between quotation marks."""
    return say("“{words}”", words=words)
