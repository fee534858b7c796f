"""Reads the figures of a text, most telling form first: a span once read is not read again as something plainer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from aidx_assistant.figures.bounds import bound_after, bound_before
from aidx_assistant.figures.dates import dates_in, years_in
from aidx_assistant.figures.figure import Figure
from aidx_assistant.figures.ordinals import ranks_in, slides_in
from aidx_assistant.figures.parts import fractions_in, ratios_in, vague_counts_in
from aidx_assistant.figures.quantities import quantities_in
from aidx_assistant.figures.units import counted_noun
from aidx_assistant.figures.unread import with_unread_masked

_READERS = (
    slides_in,
    dates_in,
    ratios_in,
    fractions_in,
    ranks_in,
    vague_counts_in,
    years_in,
    quantities_in,
)
_FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)} | {ord("％"): "%", ord("．"): "."}
"""The digits and the percent sign of East Asian keyboards, each as wide as one character."""
_BOUNDED = frozenset({"percent", "points", "count", "money", "duration", "ratio"})
_LEFT_OUT = frozenset({"percent", "duration", "money"})
"""Kinds of which the second of two compared is told without its unit."""
_COMPARED = re.compile(
    r"\b(?:from|than|against|versus|vs\.?|instead\s+of|compared\s+(?:with|to))\s+(?:just|only)?\s*$", re.I
)
_BESIDE = re.compile(
    r"\b(?:to|with|in|the|although|but|while)\s+(?:just|only)?\s*$|(?:,|\band)\s+(?:[\w-]+\s+){1,3}$", re.IGNORECASE
)
"""What may also stand before a duration whose unit is left out: "adaptive ones in 13"."""
_ENDS = re.compile(
    r"\s*(?:[,.;:)!?](?!\d)|$|(?:in|for|at|when|where|before|earlier|seen|were|was|is|are|and|but|while)\b)",
    re.IGNORECASE,
)
_SENTENCE_ENDS = re.compile(r"[.!?;]\s")
_WHOLE = 100
_WRITTEN_OUT = 1000
"""From here on a sum is meant as it is written: "$2 million, up from 800,000"."""
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SERIES = re.compile(r"\s*(?:,\s*(?:and|or)?|/|&|\band\b|\bor\b)\s*(?:another\s+)?", re.IGNORECASE)

_SET_AGAINST = re.compile(
    r"\s+(?:against|versus|vs\.?|rather\s+than|instead\s+of|compared\s+(?:with|to))\s+", re.IGNORECASE
)
_FROM, _TO = re.compile(r"\bfrom\s+$", re.IGNORECASE), re.compile(r"\s+(?:(?:up|down)\s+)?to\s+", re.IGNORECASE)
"""“From 31 to 17 minutes”, “31 against 19 months”: the unit of the second is the first's as well."""


@lru_cache(maxsize=4096)
def figures_in(text: str) -> tuple[Figure, ...]:
    """The figures of `text` in order of position, without overlaps. Never raises.

    Citation markers, list and heading numbers, addresses, names such as "GPT-4" and the pronoun "one" are
    not figures. In a series ("22, 19 and 18 jobs") the last figure's kind and unit belong to all.
    """
    masked = with_unread_masked(text.translate(_FULL_WIDTH))
    found: list[Figure] = []
    for reader in _READERS:
        for figure in reader(masked):
            if not figure.text or any(figure.start < one.end and one.start < figure.end for one in found):
                continue
            found.append(_with_bounds(figure, masked) if figure.kind in _BOUNDED else figure)
        for figure in found:
            masked = masked[: figure.start] + "x" * (figure.end - figure.start) + masked[figure.end :]
    found.sort(key=lambda figure: figure.start)
    unified = _with_units_taken_up(tuple(_series_unified(found, text)), text)
    return tuple(replace(figure, text=text[figure.start : figure.end]) for figure in unified)


def _with_bounds(figure: Figure, masked: str) -> Figure:
    before, start = bound_before(masked, figure.start)
    after, end = bound_after(masked, figure.end)
    bound = after if after != "exact" else before if before != "exact" else figure.bound
    if after == "exact":
        end = figure.end
    unit = figure.unit or (counted_noun(masked, end) if figure.kind == "count" else "")
    return replace(figure, start=start, end=end, bound=bound, unit=unit)


def _with_units_taken_up(found: Sequence[Figure], text: str) -> Iterator[Figure]:
    """Bare numbers that are compared with a figure before them have its unit: "two days, down from 19"."""
    last: Figure | None = None
    for figure in found:
        if figure.kind == "count" and not figure.unit and last is not None and _is_taken_up(figure, last, text):
            is_short = last.kind == "money" and figure.high < _WRITTEN_OUT  # "$5 million, up from 3"
            times = _magnitude(last) if is_short else 1.0
            figure = replace(  # noqa: PLW2901
                figure, kind=last.kind, unit=last.unit, low=figure.low * times, high=figure.high * times
            )
        if figure.kind not in ("year", "date", "rank", "slide"):
            last = figure
        yield figure


def _magnitude(figure: Figure) -> float:
    """By what the number that a figure is written with was multiplied: a million of "$5 million"."""
    written = _NUMBER.search(figure.text)
    number = float(written.group().replace(",", "")) if written else 0.0
    return round(figure.low / number) if number else 1.0


def _is_taken_up(figure: Figure, last: Figure, text: str) -> bool:
    if last.kind not in _LEFT_OUT or last.fraction or _SENTENCE_ENDS.search(text, last.end, figure.start):
        return False
    joined = _COMPARED.search(text, last.end, figure.start) or (
        last.kind == "duration" and _BESIDE.search(text, last.end, figure.start)
    )
    if not joined or not _ENDS.match(text, figure.end):
        return False
    return last.kind != "percent" or figure.high <= _WHOLE


def _series_unified(found: list[Figure], text: str) -> Iterator[Figure]:
    """Plain counts take over the kind and unit of the figure that ends their series."""
    kept: list[Figure] = []
    for figure in reversed(found):
        following = kept[-1] if kept else None
        if (
            following is not None
            and figure.kind == "count"
            and not figure.unit
            and following.kind in ("count", "percent", "points", "duration", "money")
            and not following.fraction
            and (
                _SERIES.fullmatch(text, figure.end, following.start)
                or _SET_AGAINST.fullmatch(text, figure.end, following.start)
                or (_TO.fullmatch(text, figure.end, following.start) and _FROM.search(text[: figure.start]))
            )
        ):
            figure = replace(figure, kind=following.kind, unit=following.unit)  # noqa: PLW2901
        kept.append(figure)
    return reversed(kept)
