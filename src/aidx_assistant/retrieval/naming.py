"""What a query names outright: slides and pages by their numbers, and percentages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aidx_assistant.evidence import Passage

_PLACE = re.compile(r"\b(?P<kind>slide|page)s?\s+(?:no\.?\s*|number\s+)?(?P<number>\d{1,4})\b(?!\s*%)", re.IGNORECASE)
_PERCENT = re.compile(r"(?<![\w.,])(\d+(?:[.,]\d+)?)\s?(?:%|per\s?cent\b)", re.IGNORECASE)
_OF_PLACE, _OF_PERCENTAGES = 0.5, 0.25
"""Of what a score lacks to 1, the part that is given to a passage that a query names, or that has all its figures."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a query names."""

    places: frozenset[tuple[str, int]]
    """Kinds of locators with numbers."""
    percentages: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.places or self.percentages)

    def raised(self, score: float, passage: Passage) -> float:
        """A score from 0 to 1, higher where the passage is what is named or has the figures that are named."""
        locator = passage.locator
        if (locator.kind, locator.number) in self.places:
            score += _OF_PLACE * (1 - score)
        if self.percentages:
            held = self.percentages & frozenset(_PERCENT.findall(passage.text))
            score += _OF_PERCENTAGES * len(held) / len(self.percentages) * (1 - score)
        return score


def named_in(query: str) -> Named:
    """Reads a query."""
    places = {(match["kind"].lower(), int(match["number"])) for match in _PLACE.finditer(query)}
    return Named(frozenset(places), frozenset(_PERCENT.findall(query)))
