"""What the library is at, in words for a sentence and for a corner."""

from __future__ import annotations

from dataclasses import dataclass

_COUNTED = 10_000
"""From so many things on a corner has room for a share only."""


@dataclass(frozen=True, slots=True)
class Doing:
    """One phase, and how far it is."""

    phase: str
    """Begins with the verb: `indexing passages`."""
    done: int
    total: int

    @property
    def in_full(self) -> str:
        return f"{self.phase}: {self.done:,} of {self.total:,}"

    @property
    def in_short(self) -> str:
        """In at most 23 cells: `indexing 120 of 4,000`, `indexing 42%`."""
        how_far = f"{self.done:,} of {self.total:,}" if self.total < _COUNTED else f"{self.done / self.total:.0%}"
        return f"{self.phase.partition(' ')[0]} {how_far}"
