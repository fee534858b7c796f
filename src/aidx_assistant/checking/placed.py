"""Where in its sentence a figure stands, as far as that tells what it is of: from which and to which something went,
which of two figures a year belongs to, and which row of a table."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from aidx_assistant.checking.values import fit
from aidx_assistant.figures import Figure, figures_in
from aidx_assistant.reading.rows import cells_of

_FROM = re.compile(r"\b(?:from|compared\s+(?:with|to)(?:\s+only)?)\s+$", re.IGNORECASE)
_TO = re.compile(r"\bfrom\b.{1,60}\bto\s+$", re.IGNORECASE)
_OF_THE_YEAR = re.compile(r"\s*(?:(?:in|for|by|since)\s+(?:(?:our|the|its|their)\s+)?|\()", re.IGNORECASE)
_MEASURING = ("duration", "money", "count", "percent")


def is_turned_round(claimed: Figure, text: str, stated: Figure, sentence: str) -> bool:
    """Whether a claim makes what something went from what it went to, or the reverse: "from 5 to 7", "from 7 to 5"."""
    one, other = _end_of(claimed, text), _end_of(stated, sentence)
    return one is not None and other is not None and one != other


@lru_cache(maxsize=2048)
def _end_of(figure: Figure, text: str) -> str | None:
    before = text[: figure.start]
    if _FROM.search(before):
        return "from"
    return "to" if _TO.search(before) else None


def is_of_anothers_year(years: Collection[int], stated: Figure, sentence: str) -> bool:
    """Whether the years of a claim are those that stand beside another figure of the source's sentence, which has none
    beside this one: "fell from 4.1 days in 2023 to 2.6 days".
    """
    owners = _years_beside(sentence)
    return bool(years) and all(year in owners and owners[year] != stated.start for year in years)


@lru_cache(maxsize=2048)
def _years_beside(sentence: str) -> dict[int, int]:
    """The years that follow a figure directly, each with the place of that one; only where they are of one figure."""
    figures = figures_in(sentence)
    found: dict[int, set[int]] = {}
    for figure, other in zip(figures, figures[1:], strict=False):
        if other.kind == "year" and figure.kind != "year" and other.low == other.high:
            if _OF_THE_YEAR.fullmatch(sentence, figure.end, other.start):
                found.setdefault(int(other.low), set()).add(figure.start)
    return {year: places.pop() for year, places in found.items() if len(places) == 1}


def is_of_another_row(beside: Iterable[Figure], stated: Figure, sentence: str) -> bool:
    """Whether what a claim says beside its figure is another than the label of the row that has the figure:
    "Payback: 12 to 24 months; Share of insurers: 49%".
    """
    cells = [(start, start + len(cell)) for _, cell, start in cells_of(sentence)]
    if len(cells) != 2 or not cells[1][0] <= stated.start < cells[1][1]:  # noqa: PLR2004
        return False
    label = [one for one in figures_in(sentence) if one.start < cells[0][1] and one.kind in _MEASURING]
    said = [one for one in beside if label and one.kind == label[0].kind]
    return bool(said) and not any(fit(one, other) in ("same", "bound") for one in said for other in label)
