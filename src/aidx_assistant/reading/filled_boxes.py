"""Boxes filled with one colour on a page or picture: bars of charts, and the keys of their legends."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FilledBox:
    """A rectangle filled with one colour. Points or pixels from the top left, as `PlacedText`."""

    left: float
    top: float
    right: float
    bottom: float
    colour: Hashable
    """Of the same kind for all boxes of a page; equal for boxes of one colour."""

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def across(self) -> float:
        """Its middle from left to right."""
        return (self.left + self.right) / 2

    @property
    def down(self) -> float:
        """Its middle from top to bottom."""
        return (self.top + self.bottom) / 2
