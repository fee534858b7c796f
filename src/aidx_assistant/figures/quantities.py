"""Numbers with what stands around them: percentages, points, money, durations, plain counts, and ranges of these."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aidx_assistant.figures.figure import Bound, Figure
from aidx_assistant.figures.numerals import NUMBER, number_value
from aidx_assistant.figures.units import counted_noun
from aidx_assistant.vocabulary.numbers import MAGNITUDES
from aidx_assistant.vocabulary.times import TIME_UNITS

_PERCENT = r"(?:\s?%|[-\s](?:percent|per[\s-]cent|pct)\b)"
_POINTS = r"(?:(?:\s?%|[-\s](?:percent(?:age)?|per[\s-]cent))[-\s]points?\b|[-\s]points?\b|\s?(?:pp|ppts?)\b|\s?p\.p\.)"
_DURATION = rf"(?:(?P<plus>\+)?[-\s](?P<duration>(?:{TIME_UNITS}|decade|yr)s?)\b)"
_CURRENCY = r"(?:US\$|A\$|C\$|[$€£]|(?:USD|EUR|GBP)\s)"
_CURRENCY_NOUN = r"(?:\s?(?P<noun>[€£](?!\s?\d)|(?<=\s)(?:(?:US\s)?dollars?|euros?|pounds?|USD|EUR|GBP)\b))"
_CURRENCIES = {"$": "USD", "US$": "USD", "USD": "USD", "dollar": "USD", "US dollar": "USD", "€": "EUR", "EUR": "EUR",
               "euro": "EUR", "£": "GBP", "GBP": "GBP", "pound": "GBP", "A$": "AUD", "C$": "CAD"}  # fmt: skip
_JOINT = r"\s?[–—-]\s?|\s+to\s+|-to-"
_QUANTITY = re.compile(
    rf"(?P<between>\bbetween\s+)?(?P<sign>(?<![\w–—-])[-−](?=\d))?(?P<currency>{_CURRENCY})?"
    rf"(?P<low>{NUMBER})(?P<low_percent>{_PERCENT})?"
    rf"(?:(?P<joint>(?(between)\s+and\s+|(?:{_JOINT})))(?:{_CURRENCY})?(?P<high>{NUMBER}))?"
    rf"(?:(?P<points>{_POINTS})|(?P<percent>{_PERCENT})|{_DURATION}|{_CURRENCY_NOUN})?",
    re.IGNORECASE,
)
_DECADE = re.compile(r"(?P<article>(?<![\w-])a\s+(?:whole\s+|full\s+)?)?(?<![\w-])decade(?![\w-])", re.IGNORECASE)
_MAGNITUDE_AT_END = re.compile(rf"(?<=[\d\s])\s?(?:{MAGNITUDES}|mn|bn|tn|[kmb])$")
_COMPOUND = re.compile(r"-(?!to-|plus\b|ish\b)([A-Za-z]+)")
_CHANGE_FROM = re.compile(r"\bfrom\s+$", re.IGNORECASE)
_ORDINAL_ENDING = re.compile(r"(?:st|nd|rd|th)\b")


def quantities_in(masked: str) -> Iterator[Figure]:
    """Every number not read as something else; "one" alone and number words in compounds are left out."""
    for decade in _DECADE.finditer(masked):
        yield Figure(decade.group(), decade.start(), decade.end(), "duration", 10.0, 10.0, unit="years")
    position = 0
    while match := _QUANTITY.search(masked, position):
        position = match.end()
        if match["high"] and not _is_range(match, masked):
            end_of_low = max(match.end("low"), match.end("low_percent"))
            yield from _figure(_QUANTITY.match(masked, match.start("low"), end_of_low), masked)
            position = match.start("high")
            continue
        yield from _figure(match, masked)


def _is_range(match: re.Match[str], masked: str) -> bool:
    low, high = number_value(match["low"]), number_value(match["high"])
    changed = match["low_percent"] and _CHANGE_FROM.search(masked[max(0, match.start() - 6) : match.start()])
    return not changed and low * _missing_magnitude(match) < high


def _missing_magnitude(match: re.Match[str]) -> float:
    """What to multiply the low end with where only the high end names it: "2–3 million"."""
    low, high = match["low"].lower(), match["high"].lower()
    magnitude = _MAGNITUDE_AT_END.search(high)
    if magnitude is None or _MAGNITUDE_AT_END.search(low):
        return 1.0
    return number_value(high) / number_value(high[: magnitude.start()])


def _figure(match: re.Match[str] | None, masked: str) -> Iterator[Figure]:
    if match is None:
        return
    low = high = number_value(match["low"])
    if match["high"]:
        low, high = low * _missing_magnitude(match), number_value(match["high"])
    start, end = match.start(), match.end()
    kind, unit = "count", ""
    if match["points"]:
        kind = "points"
    elif match["percent"] or match["low_percent"]:
        kind = "percent"
    elif match["currency"] or match["noun"]:
        written = (match["currency"] or match["noun"]).strip()
        kind, unit = "money", _currency(written)
    elif match["duration"]:
        kind, unit, low, high = "duration", *_duration(match["duration"].lower(), low, high)
    else:
        if _is_no_count(match, masked):
            return
        compound = _COMPOUND.match(masked, end)
        unit = f"{compound[1].lower()}s" if compound else counted_noun(masked, end, singular=low == high == 1)
    if match["sign"]:
        if kind == "count":
            start = match.start("low")
        else:
            low, high = -high, -low
    bound: Bound = "at least" if match["plus"] else "exact"
    yield Figure(masked[start:end], start, end, kind, low, high, bound, unit)  # type: ignore[arg-type]


def _is_no_count(match: re.Match[str], masked: str) -> bool:
    lone_one = match["low"].lower() == "one" and not match["high"]
    end = match.end()
    in_word = _COMPOUND.match(masked, end) and not match["low"][0].isdigit()
    return bool(lone_one or in_word or _ORDINAL_ENDING.match(masked, end))


def _currency(written: str) -> str:
    upper = written.upper()
    singular = re.sub(r"s$", "", written.lower().replace("us ", ""))
    return _CURRENCIES.get(upper) or _CURRENCIES.get(singular) or "USD"


def _duration(unit: str, low: float, high: float) -> tuple[str, float, float]:
    if unit.startswith("decade"):
        return "years", low * 10, high * 10
    return "years" if unit.startswith("yr") else unit.rstrip("s") + "s", low, high
