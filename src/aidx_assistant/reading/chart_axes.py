"""The numbers along the axes of a chart: they measure nothing themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import TypeVar

from aidx_assistant.reading.lone_figures import YEAR
from aidx_assistant.reading.placed_text import PlacedText

Placed = TypeVar("Placed", bound=PlacedText)

_FEWEST = 4
"""Numbers of an axis."""
_MOST = 200
_NUMBER = re.compile(r"([-\u2212\u2013]?)[$€£]?(\d[\d,]*(?:\.\d+)?)\s?[%kKmMbBn]{0,2}")


def is_year(piece: PlacedText) -> bool:
    """Whether it is a bare year: a category of a chart, no figure."""
    return YEAR.fullmatch(piece.text) is not None


def axes_of(figures: Sequence[Placed]) -> list[Placed]:
    """Those that stand in one column or row, of one size, evenly apart in value as in place."""
    if len(figures) > _MOST:
        return []
    in_one_line = [one for one in figures if _is_axis([_values(one.text)])]
    single = [one for one in figures if len(_values(one.text)) == 1 and not is_year(one)]
    columns = _in_line(single, lambda one: one.right, lambda one: one.base)
    rows = _in_line(single, lambda one: one.base, lambda one: (one.left + one.right) / 2)
    on_axes = {id(one) for line in (*columns, *rows) if _is_axis([_values(one.text) for one in line]) for one in line}
    if in_one_line:  # its first number, which no gap divides from the rest in some other charts
        on_axes |= {id(one) for one in single for line in in_one_line if abs(one.base - line.base) < 0.2 * line.size}
    return [one for one in figures if id(one) in on_axes or any(one is line for line in in_one_line)]


def value_of(text: str) -> float | None:
    """The number that a figure shows, without its unit; None where it shows more or none."""
    values = _values(text)
    return values[0] if len(values) == 1 else None


def _values(text: str) -> list[float]:
    """The numbers that stand side by side; empty where there is more than numbers."""
    values = []
    for word in text.split():
        match = _NUMBER.fullmatch(word)
        if match is None:
            return []
        values.append((-1 if match[1] else 1) * float(match[2].replace(",", "")))
    return values


def _in_line(
    figures: Iterable[Placed], across: Callable[[PlacedText], float], along: Callable[[PlacedText], float]
) -> list[list[Placed]]:
    lines: list[list[Placed]] = []
    for figure in sorted(figures, key=lambda one: (across(one), along(one))):
        last = lines[-1][-1] if lines else None
        if last and across(figure) - across(last) <= 0.2 * figure.size and 0.9 <= figure.size / last.size <= 1.1:
            lines[-1].append(figure)
        else:
            lines.append([figure])
    evenly = []
    for line in lines:
        line.sort(key=along)
        gaps = [along(lower) - along(upper) for upper, lower in pairwise(line)]
        if gaps and max(gaps) - min(gaps) <= 0.15 * max(gaps):
            evenly.append(line)
    return evenly


def _is_axis(values: Sequence[Sequence[float]]) -> bool:
    """Whether these go up or down by the same step each."""
    flat = [value for some in values for value in some]
    if len(flat) < _FEWEST:
        return False
    steps = [after - before for before, after in pairwise(flat)]
    return steps[0] != 0 and max(steps) - min(steps) <= 0.01 * abs(steps[0])
