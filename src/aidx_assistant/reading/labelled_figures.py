"""Figures that stand alone on a slide, put together with the label that tells what they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from aidx_assistant.reading.chart_axes import axes_of, is_year
from aidx_assistant.reading.document import Block
from aidx_assistant.reading.lone_figures import LONE_FIGURE
from aidx_assistant.reading.paragraphs import Paragraph
from aidx_assistant.reading.placed_text import PlacedText, without_bullet
from aidx_assistant.reading.rows import UNLABELLED

_LONGEST_LABEL = 25
"""Words; what is longer is prose."""
_FARTHEST = 5.0
"""Ems of the figure between it and its label."""
_CLEARLY_NEARER = 1.5
"""Times that the next label is farther away, where figures do not show by a common direction whose label is whose."""
_FEWEST_OF_CHART = 4
"""Figures of one size without labels in one direction from which they may be a chart's, whose labels are elsewhere."""
_MOST = 200
"""Figures of one page looked at; a page with more of them is a drawing."""

Distance = Callable[[PlacedText, PlacedText], float | None]
"""From a figure to a label; None where the label does not stand in that direction."""


def labelled(items: Sequence[Paragraph | Block], heading: Paragraph | None = None) -> list[Block]:
    """Blocks of these items, lone figures with their labels as `value` blocks: `Payers: 39%`, `46% of providers`.

    The heading labels none.

    All figures of one size have their labels in the same direction, each its own; else, where neither an axis nor
    their number shows that they may be a chart's, each has the one that is clearly nearest, if all have one. Figures
    without one are named together in a caption that says so: no sentence may state them. The numbers along an axis are
    left out.
    """
    paragraphs = [item for item in items if isinstance(item, Paragraph)]
    axis = axes_of([one for one in paragraphs if LONE_FIGURE.fullmatch(one.text)])
    items = [item for item in items if id(item) not in {id(number) for number in axis}]
    figures = [
        item for item in items if isinstance(item, Paragraph) and LONE_FIGURE.fullmatch(item.text) and not is_year(item)
    ]
    alone = {id(figure) for figure in figures}
    labels = [
        item
        for item in items
        if isinstance(item, Paragraph) and id(item) not in alone and item is not heading and _may_be_label(item)
    ]
    label_of = _labels_of(figures[:_MOST], labels, is_chart=bool(axis)) if len(labels) <= _MOST else {}
    used = {id(label) for label in label_of.values()}
    blocks = []
    untold: list[str] = []
    for item in items:
        if isinstance(item, Block):
            blocks.append(item)
        elif id(item) in label_of:
            blocks.append(Block(with_label(item.text, label_of[id(item)].text), "value"))
        elif several_figures(item.text):
            untold += several_figures(item.text)
        elif id(item) not in used and id(item) not in alone:
            blocks.append(Block(without_bullet(item.text)))
    return [*blocks, *unlabelled([*untold, *(figure.text for figure in figures if id(figure) not in label_of)])]


def several_figures(text: str) -> list[str]:
    """The figures of a line that is nothing but figures side by side; none where it is one, or says more."""
    words = text.split()
    is_several = len(words) > 1 and all(map(LONE_FIGURE.fullmatch, words)) and not LONE_FIGURE.fullmatch(text)
    return words if is_several else []


def _may_be_label(item: Paragraph) -> bool:
    """A few words, and no sentence of its own: `of providers have a budget.` goes on from its figure."""
    is_sentence = item.text.endswith((".", "!", "?")) and not item.text[:1].islower()
    return item.words <= _LONGEST_LABEL and not is_sentence and not several_figures(item.text)


def unlabelled(figures: Iterable[str]) -> list[Block]:
    """The caption that names figures without a label; none where there are none."""
    named = ", ".join(figures)
    return [Block(f"{UNLABELLED}: {named}.", "caption")] if named else []


def with_label(figure: str, label: str) -> str:
    """`Payers: 39%`, `46% of providers`."""
    return f"{figure} {label}" if label[:1].islower() else f"{label.rstrip(':')}: {figure}"


def _labels_of(figures: Sequence[Paragraph], labels: Sequence[Paragraph], is_chart: bool) -> dict[int, Paragraph]:
    label_of: dict[int, Paragraph] = {}
    for group in _by_size(figures):
        free = [label for label in labels if all(label is not used for used in label_of.values())]
        found = _in_one_direction(group, free)
        alike = sum(0.7 <= figure.size / group[0].size <= 1.4 for figure in figures)
        if not found and not is_chart and alike < _FEWEST_OF_CHART:
            found = _clearly_nearest(group, [label for label in free if not is_year(label)])
            if len(found) < len(group):  # as of a pie: what stands nearest to one slice is the legend of all
                found = {}
        label_of.update(found)
    return label_of


def _by_size(figures: Sequence[Paragraph]) -> list[list[Paragraph]]:
    groups: list[list[Paragraph]] = []
    for figure in sorted(figures, key=lambda figure: -figure.size):
        if groups and figure.size >= 0.75 * groups[-1][0].size:
            groups[-1].append(figure)
        else:
            groups.append([figure])
    return groups


def _below(figure: PlacedText, label: PlacedText) -> float | None:
    return label.top - figure.bottom if figure.over(label) and label.base > figure.base else None


def _above(figure: PlacedText, label: PlacedText) -> float | None:
    return figure.top - label.bottom if figure.over(label) and label.base < figure.base else None


def _right(figure: PlacedText, label: PlacedText) -> float | None:
    return label.left - figure.right if figure.beside(label) and label.left >= figure.left else None


def _left(figure: PlacedText, label: PlacedText) -> float | None:
    return figure.left - label.right if figure.beside(label) and label.left < figure.left else None


_DIRECTIONS: tuple[Distance, ...] = (_below, _right, _left, _above)


def _in_one_direction(figures: Sequence[Paragraph], labels: Sequence[Paragraph]) -> dict[int, Paragraph]:
    """The labels in the direction in which every figure has its own, the nearest such; none for a figure alone."""
    if len(figures) < 2:
        return {}
    best: dict[int, Paragraph] = {}
    least = float("inf")
    for distance in _DIRECTIONS:
        nearest = {id(figure): _nearest(figure, labels, distance) for figure in figures}
        found = {key: label for key, (label, _) in nearest.items() if label is not None}
        if len(found) == len(figures) and len({id(label) for label in found.values()}) == len(figures):
            total = sum(gap for _, gap in nearest.values())
            if total < least:
                best, least = found, total
    return best


def _nearest(figure: Paragraph, labels: Iterable[Paragraph], distance: Distance) -> tuple[Paragraph | None, float]:
    gaps = [
        (gap, position, label) for position, label in enumerate(labels) if (gap := distance(figure, label)) is not None
    ]
    if not gaps:
        return None, 0.0
    gap, _, label = min(gaps)
    return label, max(gap, 0.0)


def _clearly_nearest(figures: Sequence[Paragraph], labels: Sequence[Paragraph]) -> dict[int, Paragraph]:
    chosen: dict[int, Paragraph] = {}
    for figure in figures:
        gaps = []
        for position, label in enumerate(labels):
            found = [gap for distance in _DIRECTIONS if (gap := distance(figure, label)) is not None]
            if found:
                gaps.append((max(min(found), 0.0), position))
        gaps.sort()
        is_clear = len(gaps) == 1 or (len(gaps) > 1 and gaps[1][0] >= _CLEARLY_NEARER * max(gaps[0][0], 1.0))
        if gaps and gaps[0][0] <= _FARTHEST * figure.size and is_clear:
            chosen[id(figure)] = labels[gaps[0][1]]
    claimed = [id(label) for label in chosen.values()]
    return {key: label for key, label in chosen.items() if claimed.count(id(label)) == 1}
