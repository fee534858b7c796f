"""The date by which a decision is to be taken: dates as they are written, and occasions in words.

`2027-03-31`, `31 March 2027`, `March 31, 2027`, `31.3.2027`, `March 2027`, `Q1 2027`, `FY 2027`, `end of 2027`,
`next board meeting`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date

from aidx_assistant.errors import UsageError
from aidx_assistant.vocabulary.times import ANY_MONTH, MONTHS

_MONTH = rf"(?P<month>{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in MONTHS)}|Sept)\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d-]\d)"
_FORMS = tuple(
    re.compile(rf"(?<![\w./]){form}(?![\w/])", re.IGNORECASE)
    for form in (
        rf"{_YEAR}[\s/-]*Q(?P<quarter>\d)",
        r"(?:Q\d\s*)?FY\s?(?:\d{4}|\d\d)",
        r"(?P<year>[12]\d{3})-(?P<number>\d{1,2})(?:-(?P<day>\d{1,2}))?",
        r"(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>[12]\d{3})",
        rf"{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?",
        rf"{_MONTH}\s+{_DAY}(?:,?\s+{_YEAR})?",
        rf"{_MONTH},?\s+{_YEAR}",
        rf"(?:Q(?P<quarter>\d)|H[12])(?:[\s/-]*{_YEAR})?",
        _YEAR,
    )
)
_OCCASION = re.compile(
    r"\b(?:today|tomorrow|tonight|asap|immediately|now|soon|week|month|quarter|year|spring|summer|autumn|fall|winter"
    r"|mon|tues|wednes|thurs|fri|satur|sun)(?:s|days?|ly|-end|end)?\b"
    r"|\b(?:meetings?|board|committee|council|session|review|budget|round|audit|conference|retreat|go-live|launch"
    r"|renewal|contract|pilot|deadline|end|before|after|until|by|next|this|once|when|if)\b"
    rf"|\b(?:{ANY_MONTH})\b",
    re.IGNORECASE,
)
_SLASHES = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}")
_LEAP_YEAR = 2028
_QUARTERS = 4
_HINT = "Write it as 2027-03-31, “31 March 2027”, “Q1 2027” or “next board meeting”, or leave the option out."


def checked_decide_by(text: str, today: date) -> str:
    """The text as it is. Raises UsageError where it is neither a date nor an occasion, or a date that is past."""
    rest, last_days = text, list[date]()
    for form in _FORMS:
        last_days += (_last_day(match, text) for match in form.finditer(rest))
        rest = form.sub(" ", rest)
    if _SLASHES.search(rest):
        raise UsageError(f"--decide-by: {text} can mean two days, as day and month are read in either order.", _HINT)
    if any(char.isdigit() for char in rest) or not (last_days or _OCCASION.search(rest)):
        raise UsageError(f"--decide-by: “{text}” is no date.", _HINT)
    if last_days and max(last_days) < today:
        raise UsageError(f"--decide-by: {text} is past.", "Name a day to come, or leave the option out.")
    return text


def _last_day(match: re.Match[str], text: str) -> date:
    """The last day that a date can mean; one without a year is always to come."""
    parts = {name: part for name, part in match.groupdict().items() if part}
    year = int(parts["year"]) if "year" in parts else date.max.year
    quarter = int(parts.get("quarter", _QUARTERS))
    if not 1 <= quarter <= _QUARTERS:
        raise _not_in_the_calendar(text, f"there is no quarter {quarter}")
    month = _month(parts, quarter)
    if not 1 <= month <= len(MONTHS):
        raise _not_in_the_calendar(text, f"there is no month {month}")
    longest = monthrange(year if "year" in parts else _LEAP_YEAR, month)[1]
    day = int(parts.get("day", longest))
    if not 1 <= day <= longest:
        raise _not_in_the_calendar(text, f"{MONTHS[month - 1]} has no day {day}")
    return date(year, month, min(day, monthrange(year, month)[1]))


def _month(parts: Mapping[str, str], quarter: int) -> int:
    """By number, by name, or the last one of the quarter."""
    if "number" in parts:
        return int(parts["number"])
    named = parts.get("month", "")[:3].lower()
    return next((n for n, month in enumerate(MONTHS, 1) if month[:3].lower() == named), 3 * quarter)


def _not_in_the_calendar(text: str, reason: str) -> UsageError:
    return UsageError(f"--decide-by: {text} is no date, as {reason}.", _HINT)
