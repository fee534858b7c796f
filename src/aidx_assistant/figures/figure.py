"""The figure as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["percent", "points", "count", "money", "year", "date", "duration", "rank", "slide", "ratio"]
"""What a figure is: fractions such as "half" and "one in five" are percent, pages are slides with unit "page"."""

Bound = Literal["exact", "at least", "more than", "at most", "less than", "about", "nearly", "just over"]

_WITH_YEAR = 10_000
"""The lowest yyyymmdd has more digits."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as a text writes it; `text == source[start:end]`, bound words included ("more than 400")."""

    text: str
    start: int
    end: int
    kind: Kind
    low: float
    """Percent and points as written (46% is 46.0), money with its magnitude multiplied out, dates as yyyymmdd, or mmdd
    where the text gives no year."""
    high: float
    """Equal to `low` unless the text gives a range (three to five years) or a span of days (April 2025)."""
    bound: Bound = "exact"
    unit: str = ""
    """Lower case: the noun counted ("jobs"), the duration's unit ("years"), the currency ("USD"), "score" for 9/10, or
    empty."""
    fraction: bool = False
    """Whether it is written as a fraction ("half", "one in five"): coarser than the percentage it stands for."""

    @property
    def lacks_year(self) -> bool:
        """Whether it is a day of no year: "March 7"."""
        return self.kind == "date" and self.low < _WITH_YEAR
