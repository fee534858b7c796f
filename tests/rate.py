"""How many of how many, with what chance leaves open."""

from __future__ import annotations

import math
from dataclasses import dataclass

_Z = 1.959964
"""The normal deviate of a two-sided interval of 95%."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many."""

    part: int
    whole: int

    @property
    def share(self) -> float:
        return self.part / self.whole if self.whole else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval of 95% (Wilson, 1927)."""
        if not self.whole:
            return 0.0, 1.0
        spread = _Z * math.sqrt(self.share * (1 - self.share) / self.whole + _Z**2 / (4 * self.whole**2))
        middle, scale = self.share + _Z**2 / (2 * self.whole), 1 + _Z**2 / self.whole
        return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.part} of {self.whole} ({self.share:.1%}; {low:.1%} to {high:.1%})"
