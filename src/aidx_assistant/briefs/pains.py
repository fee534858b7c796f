"""The order of pains: by the ranks and shares that the sources give."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from aidx_assistant.briefs.quotes import Quote
from aidx_assistant.evidence import Finding
from aidx_assistant.terms import keys_of
from aidx_assistant.vocabulary.numbers import ORDINALS

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_HINDERING = "barrier obstacle concern shortage burden"
_RANKED = "Order: the heaviest first, by the rank or share that the sources give; the others as they were found."
_UNRANKED = "Order: as they were found; the sources do not say which of these weighs most."
_ALONE = "Order: none; the sources name only this one."


@dataclass(frozen=True, slots=True)
class Ordered:
    """Pains in an order."""

    quotes: tuple[Quote, ...]
    """The heaviest first, where the sources rank any."""
    ranked: bool
    told: str
    """By what they are ordered."""


def in_order(quotes: Iterable[Quote]) -> Ordered:
    """The quotes in the order that the sources give them; one alone has no rank."""
    ordered = sorted(quotes, key=_weight)
    ranked = len(ordered) > 1 and any(_weight(quote) < _LIGHTEST for quote in ordered)
    return Ordered(tuple(ordered), ranked, _ALONE if len(ordered) == 1 else _RANKED if ranked else _UNRANKED)


_LIGHTEST = (2, 0.0)


def _weight(quote: Quote) -> tuple[int, float]:
    """Ranks before shares of those who name it, and these before what has neither."""
    return min((_weight_of(finding, quote) for finding in quote.values), default=_LIGHTEST)


def _weight_of(finding: Finding, quote: Quote) -> tuple[int, float]:
    value = (finding.value or "").lower()
    number = _NUMBER.search(value)
    if finding.unit == "rank":
        return 0, float(number.group()) if number else float(ORDINALS.index(value)) if value in ORDINALS else 99.0
    hinders = not keys_of(_HINDERING).isdisjoint(keys_of(f"{quote.text} {finding.measure}"))
    return (1, -float(number.group())) if finding.unit == "percent" and number and hinders else _LIGHTEST
