"""Bars of a chart, put together and told apart by their places: which stand in one plot, and whose a figure is.

Everything is upright here: of bars that lie, and of the text beside them, left is what was their top, and top what was
their right end.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median, median_low
from typing import TypeVar

from aidx_assistant.reading.chart_axes import value_of
from aidx_assistant.reading.filled_boxes import FilledBox
from aidx_assistant.reading.placed_text import PlacedText

Piece = TypeVar("Piece", bound=PlacedText)
_WIDE_GAP = 1.6
"""Times the usual gap between bars from which another plot begins."""
_TO_FIGURE = 1.2
"""Ems from the end of a bar to its figure, at most."""
_OVERLAP = 0.5
"""Ems that a figure may reach into the bar that it stands over: boxes of text are larger than the letters."""
_SAME_PLACE = 0.1
"""Ems that what stands on one line may be out of line."""
_SEAM = 0.25
"""Ems between two bars of a stack, at most."""


def turned(piece: Piece) -> Piece:
    """A text beside a bar that lies, as if the bar stood."""
    return replace(piece, left=piece.top, top=-piece.right, right=piece.bottom, bottom=-piece.left)


def turned_box(box: FilledBox) -> FilledBox:
    """A bar that lies, as if it stood."""
    return FilledBox(box.top, -box.right, box.bottom, -box.left, box.colour)


def turned_back(box: FilledBox) -> FilledBox:
    """A bar that lies where it lies, from `turned_box`."""
    return FilledBox(-box.bottom, box.left, -box.top, box.right, box.colour)


def plots_of(bars: Sequence[FilledBox], named: Container[Hashable], em: float) -> Iterator[list[FilledBox]]:
    """Bars on one base or on each other, from the left, of different lengths where they are several.

    Of two colours or more, or of those that a legend names.
    """
    for group in _standing_together(bars, em):
        for plot in _apart(sorted(group, key=lambda bar: (bar.left, -bar.bottom))):
            colours, lengths = {bar.colour for bar in plot}, [bar.height for bar in plot]
            is_of_series = len(colours) > 1 or all(colour in named for colour in colours)
            if is_of_series and (len(plot) == 1 or max(lengths) - min(lengths) > 0.1 * em):
                yield plot


def is_on(upper: FilledBox, lower: FilledBox, em: float) -> bool:
    """Whether a bar stands on another one, in a stack."""
    aligned = max(abs(upper.left - lower.left), abs(upper.right - lower.right)) <= _SAME_PLACE * em
    return aligned and abs(lower.top - upper.bottom) <= _SEAM * em


def bar_of(figure: PlacedText, plot: Sequence[FilledBox]) -> FilledBox | None:
    """The bar that a figure stands in, or else right over, in its middle; None where that is none, or several."""
    across, down = (figure.left + figure.right) / 2, (figure.top + figure.bottom) / 2
    inside = [bar for bar in plot if bar.left <= across <= bar.right and bar.top <= down <= bar.bottom]
    if inside:
        return inside[0] if len(inside) == 1 else None
    em = figure.size
    over = [
        bar
        for bar in plot
        if abs(across - bar.across) <= max(0.35 * bar.width, 0.3 * em)
        and -_OVERLAP * em <= bar.top - figure.bottom <= _TO_FIGURE * em
    ]
    is_stacked = any(is_on(over[0], other, em) or is_on(other, over[0], em) for other in plot) if over else False
    return over[0] if len(over) == 1 and not is_stacked else None


def fitting_figures(lengths: Mapping[int, tuple[str, float]]) -> set[int]:
    """Those that are to their bars as the others are; of each its text and the length of its bar.

    Empty where most are not, or there are fewer than two: their bars do not show them.
    """
    values = {key: (value, length) for key, (text, length) in lengths.items() if (value := value_of(text)) is not None}
    scales = [length / value for value, length in values.values() if value > 0]
    if len(scales) < 2:
        return set()
    scale = median(scales)
    fitting = {
        key for key, (value, length) in values.items() if abs(length - scale * value) <= max(0.1 * length, 0.6 * scale)
    }
    return fitting if 2 * len(fitting) > len(lengths) and len(fitting) > 1 else set()


def _standing_together(bars: Sequence[FilledBox], em: float) -> Iterator[list[FilledBox]]:
    """Bars whose bases are on one height, and what stands on them."""
    of_bar = list(range(len(bars)))

    def group(number: int) -> int:
        while of_bar[number] != number:
            number = of_bar[number]
        return number

    def join(one: int, other: int) -> None:
        of_bar[group(one)] = group(other)

    by_base = sorted(range(len(bars)), key=lambda number: bars[number].bottom)
    for one, other in pairwise(by_base):
        if bars[other].bottom - bars[one].bottom <= _SAME_PLACE * em:
            join(one, other)
    by_top = sorted(range(len(bars)), key=lambda number: bars[number].top)
    tops = [bars[number].top for number in by_top]
    for number, bar in enumerate(bars):
        first, last = bisect_left(tops, bar.bottom - _SEAM * em), bisect_right(tops, bar.bottom + _SEAM * em)
        for other in by_top[first:last]:
            if other != number and is_on(bar, bars[other], em):
                join(number, other)
    groups: dict[int, list[FilledBox]] = {}
    for number, bar in enumerate(bars):
        groups.setdefault(group(number), []).append(bar)
    yield from groups.values()


def _apart(bars: Sequence[FilledBox]) -> Iterator[list[FilledBox]]:
    """Bars from the left, divided where a gap is clearly wider than the others."""
    gaps = []
    end = bars[0].right
    for bar in bars:
        gaps.append(max(0.0, bar.left - end))
        end = max(end, bar.right)
    between = [gap for gap, (_, bar) in zip(gaps[1:], pairwise(bars), strict=True) if gap > 0.1 * bar.width]
    widest = _WIDE_GAP * median_low(between) if between else float("inf")
    plot: list[FilledBox] = []
    for gap, bar in zip(gaps, bars, strict=True):
        if plot and gap > widest:
            yield plot
            plot = []
        plot.append(bar)
    yield plot
