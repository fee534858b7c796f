"""Years and dates that are borders: “before 2026”, “since 2023”, “by the end of 2027”."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Literal

from aidx_assistant.checking.values import A_YEAR
from aidx_assistant.figures import Figure

Border = Literal["after", "since", "until", "by", "before"]

_PART = (
    r"(?:\s+(?:the\s+)?(?:end|close|start|beginning|middle)\s+of|\s+(?:early|late|mid))?"
    r"(?:[\s-]+the)?(?:\s+year)?[\s-]+$"
)
_BORDERS: tuple[tuple[Border, re.Pattern[str]], ...] = (
    ("by", re.compile(rf"\b(?:by|no\s+later\s+than|before\s+the\s+end\s+of){_PART}", re.IGNORECASE)),
    ("until", re.compile(rf"\b(?:until|till|up\s+to|through){_PART}", re.IGNORECASE)),
    ("before", re.compile(rf"\b(?:before|prior\s+to|earlier\s+than|ahead\s+of){_PART}", re.IGNORECASE)),
    ("since", re.compile(rf"\b(?:since|from|starting\s+in){_PART}", re.IGNORECASE)),
    ("after", re.compile(rf"\b(?:after|later\s+than|beyond|past|following){_PART}", re.IGNORECASE)),
)
_REACH = 40
_NAMES_A_THING = re.compile(
    r"['’]s\b|\s+(?:report|survey|index|edition|study|guidance|rule|act|crisis)\b", re.IGNORECASE
)
"""Behind a year that only names something: “after 2024's slump”, “before the 2023 rule”."""
_CLASHING: frozenset[tuple[Border | None, Border | None]] = frozenset(
    {
        ("after", "by"), ("after", "before"), ("after", "until"), ("after", None), ("since", "by"), ("since", "before"),
        ("since", "until"), ("before", None),
    }
)  # fmt: skip
_EXACT: dict[Border | None, frozenset[Border | None]] = {
    "after": frozenset({None, "since"}),
    "before": frozenset({None, "until"}),
}
"""What a source has to say of a time that lies there: the very time, no border that would be moved."""
_ANY_YEAR = 2000
_FAIR_DAYS = 3 * 366
"""How far a date may lie beyond a border: what lies farther off it names truly, but not fairly."""


def border_of(text: str, figure: Figure, start: int) -> Border | None:
    """The border that a year or date, which begins at `start`, is; None where it is the time itself, or a span."""
    is_span = figure.kind == "year" and figure.low != figure.high and not figure.text.endswith("s")
    if is_span or _NAMES_A_THING.match(text, start + len(figure.text)):
        return None
    before = text[max(0, start - _REACH) : start]
    return next((border for border, pattern in _BORDERS if pattern.search(before)), None)


def borders_clash(claimed: Border | None, stated: Border | None) -> bool:
    """Whether a text puts something on another side of a time than a source that names the same time."""
    return (claimed, stated) in _CLASHING or (stated, claimed) in _CLASHING


def lies_beyond(claimed: Figure, border: Border | None, stated: Figure, there: Border | None) -> bool:
    """Whether the time that a source gives (`there`: as what border) is on the claimed side of another one, nearby."""
    if there not in _EXACT.get(border, ()):
        return False
    if stated.lacks_year != claimed.lacks_year and (stated.lacks_year or stated.kind == "year"):
        return False
    year = 0 if not claimed.lacks_year else _ANY_YEAR if stated.lacks_year else int(stated.low) // A_YEAR
    first, last = _days(claimed, year)
    begun, ended = _days(stated, year)
    if border == "after":
        return last < begun <= last + _FAIR_DAYS
    return first - _FAIR_DAYS <= ended < first


def _days(figure: Figure, year: int) -> tuple[int, int]:
    """The first and the last day of a year, a month, a day or a span of them; `year`: that of a day that has none."""
    if figure.kind == "year":
        return date(int(figure.low), 1, 1).toordinal(), date(int(figure.high), 12, 31).toordinal()
    return _day(int(figure.low), year), _day(int(figure.high), year)


def _day(yyyymmdd: int, otherwise: int) -> int:
    """Its ordinal; what is counted to the 31st ends with its month."""
    year, month, day = yyyymmdd // A_YEAR or otherwise, yyyymmdd // 100 % 100, yyyymmdd % 100
    return date(year, month, min(day, monthrange(year, month)[1])).toordinal()
