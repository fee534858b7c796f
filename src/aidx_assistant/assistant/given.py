"""What the user says of a source; it goes before what the file says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from aidx_assistant.evidence import SEGMENTS, Segment

_ISO_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of a source before it is read."""

    title: str = ""
    publisher: str = ""
    date: str = ""
    """ISO date, or a part of one."""
    segment: Segment | None = None
    """What figures are about that name no segment themselves."""
    password: str | None = None
    """Of an encrypted file; never kept."""

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """What is remembered for the next reading."""
        told = {"title": self.title, "publisher": self.publisher, "date": self.date, "segment": self.segment or ""}
        return tuple((name, value) for name, value in told.items() if value)

    @classmethod
    def of(cls, kept: tuple[tuple[str, str], ...]) -> Self:
        """What was remembered."""
        told = dict(kept)
        segment = next((segment for segment in SEGMENTS if segment == told.get("segment")), None)
        return cls(told.get("title", ""), told.get("publisher", ""), told.get("date", ""), segment)


def date_problem(text: str) -> str | None:
    """Why a text is neither a day nor a month nor a year, in one sentence; None where it is, and for nothing."""
    try:
        if text and not _ISO_DATE.fullmatch(text):
            raise ValueError(text)
        date.fromisoformat(f"{text or '2000'}-01-01"[:10])
    except ValueError:
        return f"“{text}” is no date like 2026-03-01, 2026-03 or 2026."
    return None
