"""Charts with bars of several series: the figures at the bars, each with its series, by colour, and its category."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import hypot
from statistics import median

from aidx_assistant.reading.bar_plots import bar_of, fitting_figures, plots_of, turned, turned_back, turned_box
from aidx_assistant.reading.chart_axes import axes_of, is_year, value_of
from aidx_assistant.reading.chart_legends import Legend, in_line, legends_of
from aidx_assistant.reading.document import Block
from aidx_assistant.reading.filled_boxes import FilledBox
from aidx_assistant.reading.labelled_figures import unlabelled
from aidx_assistant.reading.lone_figures import LONE_FIGURE
from aidx_assistant.reading.paragraphs import Paragraph, paragraph, paragraphs_of
from aidx_assistant.reading.placed_text import PlacedText
from aidx_assistant.reading.regions import Region, region

_LONGEST_CATEGORY = 12
"""Words."""
_TO_CATEGORY = 4.0
"""Ems from the base of upright bars to their categories, at most."""
_TO_CATEGORY_BESIDE = 15.0
"""The same of bars that lie: categories may be aligned at their left."""
_OUT_OF_LINE = 0.35
"""Of the distance between two categories: how far the middle of its bars may be from that of a category."""
_CLOSE = 0.5
"""Of its width from a bar to the next one of its category, at most."""
_AS_NEAR = 1.25
"""Times that what is as near may be farther away."""
_MOST_BARS = 1_000
"""Boxes and figures of a page looked at; a page with more of them is a drawing."""


@dataclass(frozen=True, slots=True)
class _Texts:
    """What is written on a page that has a chart: figures that may be of bars, and what may name a category."""

    figures: tuple[PlacedText, ...]
    names: tuple[Paragraph, ...]
    em: float

    def turned(self) -> _Texts:
        return _Texts(tuple(map(turned, self.figures)), tuple(map(turned, self.names)), self.em)


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure of a chart by its position among the texts, with its bar's colour and category where they are sure."""

    figure: int
    colour: Hashable = None
    category: int | None = None


@dataclass(frozen=True, slots=True)
class _Plot:
    """Bars as they stand on the page, and the figures at them."""

    bars: tuple[FilledBox, ...]
    told: tuple[_Told, ...]
    lying: bool
    shows_series: bool
    """Whether it shows by itself that it is a chart of several series: by lengths, and bars side by side."""

    def distance(self, place: PlacedText) -> float:
        """From the bars to a place."""
        return min(_distance(bar, place) for bar in self.bars)

    def without(self, figures: Container[int]) -> _Plot:
        """The plot without these figures, which are of others, and without what it says of its own."""
        return replace(self, told=tuple(_Told(one.figure) for one in self.told if one.figure not in figures))

    def is_like(self, other: _Plot, texts: _Texts) -> bool:
        """Whether one legend may be of both: their bars have one base, and some category alike."""
        if self.lying:
            gap = min(bar.left for bar in self.bars) - min(bar.left for bar in other.bars)
        else:
            gap = max(bar.bottom for bar in self.bars) - max(bar.bottom for bar in other.bars)
        named, others = ({texts.names[n].text for n in plot.categories} for plot in (self, other))
        return self.lying == other.lying and abs(gap) <= 0.5 * texts.em and (self is other or bool(named & others))

    @property
    def categories(self) -> set[int]:
        return {one.category for one in self.told if one.category is not None}

    def is_named_by(self, legend: Legend) -> bool:
        """Whether a legend has all its colours."""
        return all(bar.colour in legend.names for bar in self.bars)


def bar_charts(lines: Sequence[PlacedText], boxes: Sequence[FilledBox]) -> list[Region]:
    """The charts on a page that have bars of two series or more, standing or lying.

    Each figure that stands in its bar or right over it is told with the bar's series, by the legend, and its category
    where all three are sure: `Large hospitals, 2025: 44%`. Others are named as figures whose label could not be told.
    """
    if not (lines and boxes):
        return []
    legends = legends_of(lines, boxes)
    keys = {id(key) for legend in legends for key in legend.keys}
    bars = [box for box in boxes if id(box) not in keys][:_MOST_BARS]
    texts = _texts(lines, legends)
    if not texts.figures:
        return []
    named = {colour for legend in legends for colour in legend.names}
    found = [plot for plot in _plots(bars, texts, named) if plot.told]
    sure = [plot for plot in found if plot.shows_series]
    counts = Counter(one.figure for plot in sure for one in plot.told)
    unsure = [plot.without(counts) for plot in found if not plot.shows_series and any(map(plot.is_named_by, legends))]
    counts.update(one.figure for plot in unsure for one in plot.told)
    plots = [plot for plot in (*sure, *unsure) if plot.told]
    near = [_legends_near(plot, legends, bars, texts.em) for plot in plots]
    regions = []
    for plot, own in zip(plots, near, strict=True):
        others = (pair for pair in zip(plots, near, strict=True) if pair[0].shows_series)
        rivals = [theirs for other, theirs in others if not plot.is_like(other, texts)]
        free = [one for one in own if not any(one in theirs for theirs in rivals)]
        told = [one if counts[one.figure] == 1 else _Told(one.figure) for one in plot.told]
        regions.append(_region(told, texts, _names_of(plot, free, texts.em), own))
    left_over = [
        figure
        for number, figure in enumerate(texts.figures)
        if number not in counts and any(_may_be_of(plot, figure, texts.em) for plot in plots)
    ]
    return [*regions, region(unlabelled(figure.text for figure in left_over), left_over)] if left_over else regions


def _may_be_of(plot: _Plot, figure: PlacedText, em: float) -> bool:
    """Whether a figure is near the bars, or may be of a bar without length."""
    return plot.distance(figure) <= 2 * em or value_of(figure.text) == 0


def _texts(lines: Sequence[PlacedText], legends: Sequence[Legend]) -> _Texts:
    in_legend = {id(line) for legend in legends for line in legend.lines}
    figures = [line for line in lines if LONE_FIGURE.fullmatch(line.text) and not is_year(line)]
    on_axes = {id(line) for line in axes_of(figures)}
    figures = [line for line in figures if id(line) not in on_axes]
    known = in_legend | on_axes | {id(line) for line in figures}
    names = paragraphs_of(line for line in lines if id(line) not in known)
    short = _whole_names(name for name in names if name.words <= _LONGEST_CATEGORY)
    return _Texts(tuple(figures[:_MOST_BARS]), tuple(short), median(line.size for line in figures or lines))


def _whole_names(names: Iterable[Paragraph]) -> list[Paragraph]:
    """Names on two lines as one, also where OCR takes the lines to be of different sizes."""
    whole: list[Paragraph] = []
    for name in names:
        for number, above in enumerate(whole):
            gap = name.top - above.bottom
            if above.over(name) and abs(gap) <= 0.5 * name.size and 0.7 <= name.size / above.size <= 1.4:
                whole[number] = paragraph((*above.lines, *name.lines))
                break
        else:
            whole.append(name)
    return whole


def _plots(bars: Sequence[FilledBox], texts: _Texts, named: Container[Hashable]) -> Iterator[_Plot]:
    for plot in plots_of(bars, named, texts.em):
        told, shows_series = _told(plot, texts, _TO_CATEGORY)
        yield _Plot(tuple(plot), told, False, shows_series)
    for plot in plots_of([turned_box(bar) for bar in bars], named, texts.em):
        told, shows_series = _told(plot, texts.turned(), _TO_CATEGORY_BESIDE)
        yield _Plot(tuple(map(turned_back, plot)), told, True, shows_series)


def _told(plot: Sequence[FilledBox], texts: _Texts, reach: float) -> tuple[tuple[_Told, ...], bool]:
    """The figures of a plot whose bars stand upright; and whether it shows by itself that it is of several series."""
    bars = {number: bar for number, figure in enumerate(texts.figures) if (bar := bar_of(figure, plot)) is not None}
    claimed = Counter(id(bar) for bar in bars.values())
    lengths = {n: (texts.figures[n].text, bar.height) for n, bar in bars.items() if claimed[id(bar)] == 1}
    category_of = _categories(plot, texts, reach)
    fitting = fitting_figures(lengths)
    for category in () if fitting else set(category_of.values()):  # bars that are all as long have a scale each
        fitting |= fitting_figures({n: one for n, one in lengths.items() if category_of.get(id(bars[n])) == category})
    told = tuple(
        _Told(number, bar.colour, category_of.get(id(bar))) if number in fitting else _Told(number)
        for number, bar in bars.items()
    )
    in_one_category = max(Counter(category_of.values()).values(), default=2)
    return told, bool(fitting) and in_one_category > 1


def _categories(plot: Sequence[FilledBox], texts: _Texts, reach: float) -> dict[int, int]:
    """For each bar the position of the name of its category, where it is sure."""
    base = max(bar.bottom for bar in plot)
    left, right = min(bar.left for bar in plot), max(bar.right for bar in plot)
    below = [
        (number, name, name.top - base)
        for number, name in enumerate(texts.names)
        if -0.5 * texts.em <= name.top - base <= reach * texts.em and left <= (name.left + name.right) / 2 <= right
    ]
    if reach == _TO_CATEGORY:  # one row of them
        nearest = min((gap for _, _, gap in below), default=0.0)
        below = [one for one in below if one[2] <= nearest + 1.2 * texts.em]
    bars_of: dict[int, list[FilledBox]] = {}
    for bar in plot:
        if below:
            number, _, _ = min(below, key=lambda one: abs((one[1].left + one[1].right) / 2 - bar.across))
            bars_of.setdefault(number, []).append(bar)
    middles = sorted((name.left + name.right) / 2 for _, name, _ in below)
    pitch = min((after - before for before, after in pairwise(middles)), default=right - left)
    return {
        id(bar): number
        for number, bars in bars_of.items()
        if _is_one_category(bars, texts.names[number], _OUT_OF_LINE * pitch)
        for bar in bars
    }


def _is_one_category(bars: Sequence[FilledBox], name: Paragraph, out_of_line: float) -> bool:
    """Whether these are bars of different series, close together, with the name in their middle."""
    middle = (min(bar.left for bar in bars) + max(bar.right for bar in bars)) / 2
    is_each_once = len({bar.colour for bar in bars}) == len(bars)
    in_order = sorted(bars, key=lambda bar: bar.left)
    if any(after.left - before.right > _CLOSE * before.width for before, after in pairwise(in_order)):
        return False
    return is_each_once and abs(middle - (name.left + name.right) / 2) <= out_of_line


def _distance(bar: FilledBox, place: PlacedText) -> float:
    across = max(bar.left - place.right, place.left - bar.right, 0.0)
    return hypot(across, max(bar.top - place.bottom, place.top - bar.bottom, 0.0))


def _legends_near(plot: _Plot, legends: Sequence[Legend], bars: Sequence[FilledBox], em: float) -> list[Legend]:
    """The legends that a plot is not clearly farther from than the nearest bars of their colours."""
    near = []
    for legend in legends:
        nearest = min((_distance(bar, legend.place) for bar in bars if bar.colour in legend.names), default=0.0)
        if plot.distance(legend.place) <= _AS_NEAR * nearest + em:
            near.append(legend)
    return near


def _names_of(plot: _Plot, legends: Sequence[Legend], em: float) -> dict[Hashable, str]:
    """The series of a plot by colour; empty where no legend has all its colours, or two as near name them otherwise."""
    colours = {bar.colour for bar in plot.bars}
    having = sorted(
        (plot.distance(legend.place), number) for number, legend in enumerate(legends) if colours <= legend.names.keys()
    )
    if not having:
        return {}
    nearest, first = having[0]
    names = {colour: legends[first].names[colour] for colour in colours}
    others = (legends[number].names for gap, number in having[1:] if gap <= _AS_NEAR * max(nearest, em))
    return names if all(names == {colour: other[colour] for colour in colours} for other in others) else {}


def _region(told: Sequence[_Told], texts: _Texts, names: dict[Hashable, str], legends: Sequence[Legend]) -> Region:
    series = list(dict.fromkeys(name for legend in legends for name in legend.names.values()))
    sure = [
        (series.index(names[one.colour]), one.category, one.figure)
        for one in told
        if one.category is not None and one.colour in names
    ]
    categories = in_line({category: texts.names[category] for _, category, _ in sure})
    blocks = [
        Block(f"{series[name]}, {texts.names[category].text}: {texts.figures[figure].text}", "value")
        for name, category, figure in sorted(sure, key=lambda one: (one[0], categories.index(one[1])))
    ]
    known = {figure for _, _, figure in sure}
    used = {name for name, _, _ in sure}
    untold = [texts.figures[one.figure].text for one in told if one.figure not in known]
    unused = [Block(name) for number, name in enumerate(series) if number not in used]
    lines = [texts.figures[one.figure] for one in told]
    lines += [line for category in categories for line in texts.names[category].lines]
    lines += [line for legend in legends for line in legend.lines]
    return region([*blocks, *unused, *unlabelled(untold)], lines)
