"""Where a job stands: opportunity high or low, adoption high or low."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Quadrant = Literal["look first", "under way", "can wait", "well served"]
QUADRANTS: tuple[Quadrant, ...] = ("look first", "under way", "can wait", "well served")
"""In the order in which they are listed: where there is most to gain stands first."""

IN_WORDS: dict[Quadrant, str] = {
    "look first": "high opportunity, low adoption",
    "under way": "high opportunity, high adoption",
    "can wait": "low opportunity, low adoption",
    "well served": "low opportunity, high adoption",
}


@dataclass(frozen=True, slots=True)
class Split:
    """From where on a score is high; each from 1 to 99.

    The default is the middle of the scale: unlike the median it does not move when a job is added, and it does not
    call half of the jobs high whatever their scores.
    """

    opportunity: Decimal = Decimal(50)
    adoption: Decimal = Decimal(50)


def quadrant_of(opportunity: Decimal, adoption: Decimal, split: Split) -> Quadrant:
    """The quadrant of two scores; a score at the split is high."""
    if opportunity >= split.opportunity:
        return "under way" if adoption >= split.adoption else "look first"
    return "well served" if adoption >= split.adoption else "can wait"
