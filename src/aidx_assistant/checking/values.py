"""Whether a source's figure says what a figure of an answer says, as numbers: value, kind, unit and bound."""

from __future__ import annotations

import re
from typing import Literal

from aidx_assistant.checking.segments import named
from aidx_assistant.checking.words import concepts
from aidx_assistant.figures import Bound, Figure

Fit = Literal["same", "bound", "unit", "other"]
"""same; same number under another bound; same number of something else; another number."""

_POINTS = re.compile(r"\d+(?:\.\d+)?")
_FLOORS: frozenset[Bound] = frozenset({"at least", "more than"})
_CEILINGS: frozenset[Bound] = frozenset({"at most", "less than"})
_IN_MONTHS = {"years": 12.0, "months": 1.0}
_EMPHATIC = ("no more than", "not more than", "no fewer than", "no less than", "not fewer than")
"""These often only stress an exact number: "no more than 32% agree"."""
A_YEAR = 10_000
"""What a year counts in a date, yyyymmdd."""
_ROUNDED = frozenset({"percent", "count", "money", "duration"})
_SEVERAL = 5
"""From so many on the next one is near."""
_COARSE = 0.5
"""Percentage points by which a fraction may miss the percentage it stands for: a third is 33% or 33.3%."""
_COARSER = 0.7
"""The same for a fraction of an answer that is no whole percentage: "a third" is also 34%."""


def fit(claimed: Figure, stated: Figure) -> Fit:
    """How the figure of the answer compares with one of a cited sentence."""
    if _is_one_score(claimed, stated) or _is_one_score(stated, claimed):
        return "same"
    if not _same_kind(claimed, stated):
        return "unit" if claimed.low == stated.low and claimed.high == stated.high else "other"
    if not same_number(claimed, stated):
        return "same" if _true_of(claimed, stated) else "other"
    if claimed.kind == "count" and not same_unit(claimed.unit, stated.unit):
        return "unit"
    emphatic = stated.bound == "exact" and claimed.text.lower().startswith(_EMPHATIC)
    during = claimed.kind == "duration" and stated.bound == "exact" and claimed.text.lower().startswith("over ")
    return "same" if emphatic or during or _same_bound(claimed.bound, stated.bound) else "bound"


def _is_one_score(one: Figure, score: Figure) -> bool:
    """Whether a bare number is the points of a score: "7.4" and "7.4 out of 10"."""
    is_bare = one.kind == "points" or (one.kind == "count" and one.unit in ("", "points"))
    if score.unit != "score" or not is_bare:
        return False
    points = _POINTS.match(score.text)
    return points is not None and float(points.group()) == one.low == one.high


def same_unit(one: str, other: str) -> bool:
    """Whether two counted nouns may be the same; an unnamed one, or the name of a segment, may be any."""
    if not one or not other or one == other:
        return True
    return bool(concepts(one) & concepts(other) or named(one) or named(other))


def _same_kind(claimed: Figure, stated: Figure) -> bool:
    if {claimed.kind, stated.kind} == {"year", "date"}:
        return True
    if claimed.kind == "money":
        return stated.kind == "money" and claimed.unit == stated.unit
    if claimed.kind == "slide":
        return stated.kind == "slide" and claimed.unit == stated.unit
    if "score" in (claimed.unit, stated.unit):  # 9 of 10 points are no 90% of anybody
        return claimed.kind == stated.kind and claimed.fraction and stated.fraction
    return claimed.kind == stated.kind


def same_number(claimed: Figure, stated: Figure) -> bool:
    """Whether two figures of a kind have the same number, whatever bounds they put on it."""
    if claimed.kind in ("year", "date") and stated.kind == "date":
        return _covers(claimed, stated)
    if claimed.kind == "duration" and claimed.unit != stated.unit:
        factor, other = _IN_MONTHS.get(claimed.unit, 0.0), _IN_MONTHS.get(stated.unit, 0.0)
        return (
            bool(factor and other)
            and claimed.low * factor == stated.low * other
            and claimed.high * factor == stated.high * other
        )
    if claimed.kind == "slide" and claimed.low == claimed.high:
        return stated.low <= claimed.low <= stated.high
    if claimed.kind == "year" and claimed.low == claimed.high and not _is_decade(stated):
        return claimed.low in (stated.low, stated.high)
    if _is_decade(claimed):
        return claimed.low <= stated.low and stated.high <= claimed.high
    slack = _COARSE if claimed.fraction != stated.fraction else 0.0
    if claimed.fraction and not stated.fraction and claimed.low % 1:
        slack = _COARSER
    return abs(claimed.low - stated.low) <= slack and abs(claimed.high - stated.high) <= slack


def _covers(claimed: Figure, stated: Figure) -> bool:
    """Whether a date lies in the year, month or day claimed."""
    if stated.lacks_year or claimed.lacks_year:
        return claimed.lacks_year and claimed.low == stated.low % A_YEAR == stated.high % A_YEAR
    if claimed.kind == "year":
        year = stated.low // A_YEAR
        return claimed.low <= year <= claimed.high if _is_decade(claimed) else claimed.low == claimed.high == year
    return claimed.low <= stated.low and stated.high <= claimed.high


def _is_decade(figure: Figure) -> bool:
    return figure.kind == "year" and figure.text.endswith("s")


def _same_bound(claimed: Bound, stated: Bound) -> bool:
    """A bound may not be added, dropped or turned; only "about" may be added, which claims less."""
    if claimed == stated or {claimed, stated} <= _FLOORS or {claimed, stated} <= _CEILINGS:
        return True
    return claimed == "about" and stated in ("exact", "nearly", "just over")


def _true_of(claimed: Figure, stated: Figure) -> bool:
    """Whether a rounded claim ("nearly half", "over 80%") is a fair name for another number: an exact one, or one
    with more digits that is bound the same way ("over 83%").
    """
    is_rounded = _digits(claimed.low) < _digits(stated.low)
    follows = any({stated.bound, claimed.bound} <= one_way for one_way in (_FLOORS, _CEILINGS)) and is_rounded
    if (
        not (follows or stated.bound == "exact")
        or stated.low != stated.high
        or claimed.low != claimed.high
        or claimed.kind not in _ROUNDED
    ):
        return False
    if claimed.kind == "duration" and claimed.unit != stated.unit:
        return False
    if claimed.kind == "count" and not same_unit(claimed.unit, stated.unit):
        return False
    low, high = _rounding(claimed)
    return low <= stated.low <= high and stated.low != claimed.low


def _digits(number: float) -> int:
    """How many it is written with, zeros at the end apart."""
    return len(f"{number:.12g}".replace(".", "").strip("0"))


def is_round(figure: Figure) -> bool:
    """Whether it is a number by which many are named: a ten, or a fraction such as a third."""
    return figure.low % 10 == 0 or (figure.fraction and _is_plain(figure.low))


def _is_plain(share: float) -> bool:
    """Whether a fraction is one by which people round: halves to tenths, not three in eleven."""
    return any(abs(share * whole / 100 - round(share * whole / 100)) < 0.01 for whole in range(2, 11))


def _rounding(claimed: Figure) -> tuple[float, float]:
    """The exact numbers that a rounded claim may stand for, both ends included; (1, 0) for none.

    "Nearly" reaches 6% down (12% for a fraction), "just over" 6% up (16%), "about" 2 percentage points (3) or 5%
    of a count, for a round number or a fraction; "more than" and "less than" reach to the next ten percentage points
    (from 65 or the like 5, from what is not round 1), 10% of a count, a sum or a duration (from five on at least 1), or
    30% of a fraction: what lies farther off they name truly, but not fairly.
    """
    value, part = claimed.low, claimed.fraction and _is_plain(claimed.low)
    if claimed.bound == "nearly":
        return value * (0.88 if part else 0.94), value
    if claimed.bound == "just over":
        return value, value * (1.16 if part else 1.06)
    if claimed.bound == "about" and (part or value % 5 == 0):
        reach = 3.0 if part else 2.0 if claimed.kind == "percent" else 0.05 * value
        return value - reach, value + reach
    reach = 0.3 * value if part else _reach(claimed)
    if claimed.bound in _FLOORS:
        return value, value + reach
    if claimed.bound in _CEILINGS:
        return value - reach, value
    return 1.0, 0.0


def _reach(claimed: Figure) -> float:
    if claimed.low % 10 and claimed.text.lower().startswith(_EMPHATIC):
        return 0.0
    if claimed.kind == "percent":
        return 9.99 if claimed.low % 10 == 0 else 5.0 if claimed.low % 5 == 0 else 1.0
    return max(0.1 * claimed.low, 1.0 if claimed.kind != "money" and claimed.low >= _SEVERAL else 0.0)
