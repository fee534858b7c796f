"""Dates as references write them, of which a source may give the year alone or the month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from aidx_assistant.vocabulary.times import MONTHS

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month of it, or a day."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def from_iso(cls, text: str) -> PartialDate | None:
        """From `2025`, `2025-04` or `2025-04-15`; None for anything else."""
        match = _ISO.fullmatch(text.strip())
        if match is None:
            return None
        year, month, day = (int(part) if part else None for part in match.groups())
        try:
            date(year or 0, month or 1, day or 1)
        except ValueError:
            return None
        return cls(year or 0, month, day)

    @classmethod
    def of(cls, day: date) -> PartialDate:
        return cls(day.year, day.month, day.day)

    @property
    def begins(self) -> date:
        """The first day that it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def __str__(self) -> str:
        """`2025`, `April 2025` or `15 April 2025`."""
        month = MONTHS[self.month - 1] if self.month else None
        return " ".join(str(part) for part in (self.day, month, self.year) if part)
