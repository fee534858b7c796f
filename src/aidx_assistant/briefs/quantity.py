"""A figure that can be reckoned with: an exact decimal number and its unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from aidx_assistant.figures.bounds import bound_after, bound_before
from aidx_assistant.figures.units import counted_noun
from aidx_assistant.vocabulary.numbers import MAGNITUDES
from aidx_assistant.vocabulary.times import TIME_UNITS

QuantityKind = Literal["percent", "points", "times", "money", "duration", "count"]

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_MAGNITUDES = {"thousand": 3, "k": 3, "million": 6, "mn": 6, "m": 6, "billion": 9, "bn": 9, "b": 9, "trillion": 12}
_QUANTITY = re.compile(
    rf"(?P<sign>[-−])?(?P<currency>US\$|[$€£])?(?<![\w.,])(?P<number>{_NUMBER})(?![\d,.]*\d)"
    rf"(?P<magnitude>\s(?:{MAGNITUDES})\b|\s?(?:mn|bn)\b|[kmb]\b)?"
    r"(?:(?P<points>(?:\s?%|[-\s]percent(?:age)?)?[-\s]points?\b|\s?(?:pp|ppts?)\b)"
    r"|(?P<percent>\s?%|[-\s]percent\b|\sper\scent\b)"
    r"|(?P<times>\s?times\b|\s?[x×](?!\w)|-?fold\b)"
    rf"|(?P<duration>[-\s](?:{TIME_UNITS})s?\b))?",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s?[–-]\s?\d|\s+to\s+\d")
_CURRENCIES = {"$": "$", "US$": "$", "€": "€", "£": "£"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as a text writes it, at offsets of that text, end exclusive."""

    value: Decimal
    """Percent as written (46% is 46), money with its magnitude multiplied out."""
    kind: QuantityKind
    unit: str
    """The noun counted ("jobs"), the duration's unit ("years"), the currency ("$"), or empty."""
    magnitude: int
    """The power of ten that a word of the figure stands for: 6 in "$1.4 million"."""
    start: int
    end: int

    @property
    def written_value(self) -> Decimal:
        """The number as it is written, without its magnitude."""
        return self.value.scaleb(-self.magnitude)


def quantities_in(text: str) -> Iterator[Quantity]:
    """Every exact figure in digits; ranges and figures with a bound ("more than 400") are left out."""
    for match in _QUANTITY.finditer(text):
        if _is_exact(text, match):
            yield _quantity(match, text)


def quantity_at(text: str, start: int) -> Quantity | None:
    """The figure in digits that begins at `start`, whatever bound stands before it; None for none or a range."""
    match = _QUANTITY.match(text, start)
    return _quantity(match, text) if match and not _RANGE.match(text, match.end()) else None


def in_words(value: Fraction, like: Quantity, kind: QuantityKind, places: int | None = None) -> str:
    """A number written as `like` writes its own: `92%`, `16 percentage points`, `1.5 times`, `$1.4 billion`, `59 jobs`.

    `value` must be a whole number of the last of `places`, or a finite decimal where none is given.
    """
    scaled = value / 10**like.magnitude if kind == like.kind else value
    number = _decimal(abs(scaled), places)
    sign = "−" if value < 0 else ""
    match kind:
        case "percent":
            return f"{sign}{number}%"
        case "points":
            return f"{sign}{number} percentage point{'' if abs(scaled) == 1 else 's'}"
        case "times":
            return f"{sign}{number} times"
        case "money":
            return f"{sign}{like.unit}{number}{_magnitude_word(like.magnitude)}"
        case _:
            unit = like.unit[:-1] if kind == "duration" and abs(scaled) == 1 else like.unit
            return f"{sign}{number}{_magnitude_word(like.magnitude)} {unit}".rstrip()


def _is_exact(text: str, match: re.Match[str]) -> bool:
    bounds = bound_before(text, match.start())[0], bound_after(text, match.end())[0]
    return bounds == ("exact", "exact") and not _RANGE.match(text, match.end())


def _quantity(match: re.Match[str], text: str) -> Quantity:
    written = (match["magnitude"] or "").strip().lower()
    magnitude = _MAGNITUDES.get(written, 0)
    value = Decimal(match["number"].replace(",", "")).scaleb(magnitude)
    kind, unit = _kind_and_unit(match, text)
    return Quantity(-value if match["sign"] else value, kind, unit, magnitude, match.start(), match.end())


def _kind_and_unit(match: re.Match[str], text: str) -> tuple[QuantityKind, str]:
    if match["points"]:
        return "points", ""
    if match["percent"]:
        return "percent", ""
    if match["times"]:
        return "times", ""
    if match["currency"]:
        return "money", _CURRENCIES[match["currency"].upper()]
    if match["duration"]:
        return "duration", match["duration"].strip(" -").lower().rstrip("s") + "s"
    return "count", counted_noun(text, match.end())


def _decimal(value: Fraction, places: int | None) -> str:
    """A number with commas and without an exponent, all its digits where `places` is None."""
    if places is None:
        places = next(count for count in range(400) if (value * 10**count).denominator == 1)
    digits = str(int(value * 10**places)).rjust(places + 1, "0")
    whole, part = digits[: len(digits) - places], digits[len(digits) - places :].rstrip("0")
    return f"{int(whole):,}" + (f".{part}" if part else "")


def _magnitude_word(magnitude: int) -> str:
    return {0: "", 3: " thousand", 6: " million", 9: " billion", 12: " trillion"}[magnitude]
