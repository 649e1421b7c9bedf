"""Whole numbers as they are typed behind an option."""

from __future__ import annotations

import click


class Whole(click.IntRange):
    """A whole number from the least to the most; what is none is said in plain words."""

    name = "whole number"

    def _describe_range(self) -> str:  # what click says of it, in the help and of a number that lies outside
        return f"from {self.min} up" if self.max is None else f"from {self.min} to {self.max}"
