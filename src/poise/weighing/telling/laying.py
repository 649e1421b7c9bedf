"""The sentences of a weighing in reading order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import words
from .told import Told, told

if TYPE_CHECKING:
    from ..weighing import Weighing


def tell(weighing: Weighing) -> str:
    """The weighing in sentences, ready to print."""
    return "\n\n".join("\n".join(paragraph) for paragraph in paragraphs(told(weighing)) if paragraph)


def paragraphs(said: Told) -> list[list[str]]:
    """The lines of each paragraph, in reading order."""
    at_all = "; ".join(str(cited).rstrip(".") for cited in said.at_all)
    return [
        [said.opening] if said.opening else [],
        list(said.bounds),
        [line for line in (said.leaning, said.meaning, said.so_far) if line],
        [f"{'Because' if i == 0 else 'And'} {cited}" for i, cited in enumerate(said.because)],
        [f"Against: {cited}" for cited in said.against],
        [f"To say something at all: {at_all}."] if at_all else [],
        [f"Alongside, because {cited}" for cited in said.beside],
        [said.differ] if said.differ else [],
        [said.first_rule] if said.first_rule else [],
        list(said.remarks),
        [words.ANY_IS_YOURS, *(f"  {choice}" for choice in said.choices)] if said.choices else [],
        [words.YOUR_OWN_WORDS, *(f"  {cited}" for cited in said.yours)] if said.yours else [],
        list(said.tips),
        [f"Worth saying next: {said.next}"] if said.next else [],
        [f"Ask yourself: {said.ask_yourself}"] if said.ask_yourself else [],
        [words.WAYS_TO_BEGIN, *(f"  “{line}”" for line in said.lines)] if said.lines else [],
        [line for line in (said.write_down, said.danger) if line],
        [said.closing] if said.closing else [],
    ]
