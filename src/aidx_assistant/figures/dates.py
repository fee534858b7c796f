"""Dates and years; 4/15/25 is read month first, as in the US, unless only the other way makes a date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aidx_assistant.figures.figure import Figure
from aidx_assistant.figures.units import counted_noun
from aidx_assistant.vocabulary.numbers import ROUGHLY
from aidx_assistant.vocabulary.times import ANY_MONTH, MONTHS, SHORT_MONTHS

_MONTH = rf"(?P<month>(?:{SHORT_MONTHS})\.?(?![a-z])|{ANY_MONTH})"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d%])"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-2]\d|3[01])(?![\d-])",
        rf"(?<![\w.,]){_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}",
        rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"\b{_MONTH},?\s+(?:of\s+)?{_YEAR}",
        r"(?<![\w/.])(?P<month>0?[1-9]|1[0-2])/(?P<day>0?[1-9]|[12]\d|3[01])/(?P<year>(?:20)?\d\d)(?![\d/])",
        r"(?<![\w/.])(?P<day>1[3-9]|2\d|3[01])/(?P<month>0?[1-9]|1[0-2])/(?P<year>(?:20)?\d\d)(?![\d/])",
    )
)
_NO_YEAR = r"(?!,?\s+(?:19|20)\d\d\b|\w|[.,/:-]\d|\s?(?:%|percent|per\s+cent|million|billion|thousand|to\s+\d))"
_NAMED_MONTH = rf"(?P<month>(?-i:(?:{SHORT_MONTHS.title()})\.(?=\s)|{ANY_MONTH}))"
_DAYS_OF_NO_YEAR = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\w.,$€£-]){_DAY}\s+(?:of\s+)?{_NAMED_MONTH}{_NO_YEAR}",
        rf"\b(?:(?-i:(?!May\b))|(?<=\b[Oo]n\s)|(?<=\b[Bb]y\s)){_NAMED_MONTH}\s+{_DAY}{_NO_YEAR}",
    )
)
_YEARS = re.compile(
    r"(?P<between>\b[Bb]etween\s+)?(?:(?<=[Mm]id-)|(?<=[Ee]arly-)|(?<=[Ll]ate-)|(?<![\w.,$€£-]))(?P<low>(?:19|20)\d\d)"
    r"(?:(?:\s?[–/-]\s?|\s+(?:to|until|through)\s+(?=\d{4})|(?(between)\s+and\s+(?=\d{4})|(?!)))"
    r"(?P<high>(?:(?:19|20)\d\d|\d\d)))?(?:s\b)?(?![\w%]|[.,]\d|\s?(?:%|percent|per\s+cent))"
)
_DATING = re.compile(
    r"(?:\b(?:in|for|since|by|until|of|from|during|before|after|early|late|mid|through|to|the|and)|[(–-])[\s-]*$",
    re.IGNORECASE,
)
_EDITION = re.compile(r"\b(?:an?|this|our|its|their)\s+$", re.IGNORECASE)
"""Before a year that names an edition ("a 2024 health systems survey"), unless what is counted follows at once."""
_YEARS_OF_A_DECADE = 10
_BOUNDING = re.compile(rf"(?:{ROUGHLY}|over|than|least|most)\s*$", re.IGNORECASE)


def dates_in(masked: str) -> Iterator[Figure]:
    """Days as yyyymmdd, of no year as mmdd; a month with a year as the span of its days."""
    for pattern in _DATES:
        for match in pattern.finditer(masked):
            month = _month_number(match["month"])
            year = int(match["year"])
            base = (year if year > 99 else 2000 + year) * 10000 + month * 100
            day = int(match["day"]) if "day" in pattern.groupindex else None
            if day is not None and not 1 <= day <= 31:
                continue
            low, high = (base + 1, base + 31) if day is None else (base + day, base + day)
            yield Figure(match.group(), match.start(), match.end(), "date", float(low), float(high))
    for pattern in _DAYS_OF_NO_YEAR:
        for match in pattern.finditer(masked):
            low = _month_number(match["month"]) * 100 + int(match["day"])
            if 1 <= int(match["day"]) <= 31:
                yield Figure(match.group(), match.start(), match.end(), "date", float(low), float(low))


def years_in(masked: str) -> Iterator[Figure]:
    """Years from 1900 to 2099, decades and other spans of them; "over 2000 leaders" is a count and left out."""
    for match in _YEARS.finditer(masked):
        before = masked[max(0, match.start() - 12) : match.start()]
        if _BOUNDING.search(before) or not (
            match["high"]
            or _DATING.search(before)
            or _is_edition(masked, match)
            or not counted_noun(masked, match.end())
        ):
            continue
        low = int(match["low"])
        high = int(match["high"] or low)
        high = high if high > 99 else low // 100 * 100 + high
        if low == high and match.group().endswith("s"):
            high += _YEARS_OF_A_DECADE - 1
        if high < low:
            continue
        start = match.start("low")
        yield Figure(masked[start : match.end()], start, match.end(), "year", float(low), float(high))


def _is_edition(masked: str, year: re.Match[str]) -> bool:
    """Whether an article leads to a year, and not to a number of what follows: "their 2000 clinicians"."""
    if not _EDITION.search(masked[: year.start("low")]):
        return False
    counted = counted_noun(masked, year.end())
    return not masked[year.end() :].lstrip().lower().startswith(counted)


def _month_number(written: str) -> int:
    if written.isdigit():
        return int(written)
    return next(number for number, name in enumerate(MONTHS, start=1) if name[:3].lower() == written[:3].lower())
