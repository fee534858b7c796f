"""Legends of charts: small boxes of one colour, each beside the name of a series."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from aidx_assistant.reading.chart_axes import is_year
from aidx_assistant.reading.filled_boxes import FilledBox
from aidx_assistant.reading.lone_figures import LONE_FIGURE
from aidx_assistant.reading.placed_text import PlacedText, around

_SMALLEST = 0.2
_HIGHEST = 1.6
_WIDEST = 3.5
"""Ems of a key."""
_TO_LABEL = 1.5
"""Ems from a key to its label, at most."""
_TO_NEXT = 3.5
"""Ems from one key to the one below it, at most."""
_TO_NEXT_BESIDE = 6.0
"""Ems from a label to the next key in its row, at most."""
_ALIKE = 0.25
"""Share of its size that a key may differ from the next one's."""
_LONGEST = 10
"""Words of a label."""
_MOST_KEYS = 500
"""Small boxes of a page looked at; a page with more of them is a drawing."""


@dataclass(frozen=True, slots=True)
class _Key:
    box: FilledBox
    label: PlacedText


@dataclass(frozen=True, slots=True)
class Legend:
    """Series by colour."""

    names: dict[Hashable, str]
    keys: tuple[FilledBox, ...]
    lines: tuple[PlacedText, ...]

    @property
    def place(self) -> PlacedText:
        return around("", self.lines)


def legends_of(lines: Sequence[PlacedText], boxes: Sequence[FilledBox]) -> list[Legend]:
    """The legends of a page, each of two keys or more of different colours, in one row or column."""
    keys = sorted(_keys(lines, boxes), key=lambda key: (key.box.down, key.box.left))
    groups: list[list[_Key]] = []
    for key in keys:
        group = next((group for group in groups if any(_goes_with(key, other, group) for other in group)), None)
        if group is None:
            groups.append([key])
        else:
            group.append(key)
    return [_legend(group, lines) for group in groups if len({key.label.text for key in group}) == len(group) > 1]


def in_line(pieces: Mapping[int, PlacedText]) -> list[int]:
    """The numbers of pieces that stand in one row or column, in the order in which they are read."""
    across = [piece.left for piece in pieces.values()]
    down = [piece.top for piece in pieces.values()]
    in_row = bool(pieces) and max(across) - min(across) >= max(down) - min(down)
    return sorted(pieces, key=lambda number: pieces[number].left if in_row else pieces[number].top)


def _keys(lines: Sequence[PlacedText], boxes: Sequence[FilledBox]) -> Iterator[_Key]:
    labels = [line for line in lines if line.words <= _LONGEST and _may_be_series(line)]
    em = max((line.size for line in labels), default=0.0)
    small = [box for box in boxes if box.height <= _HIGHEST * em and box.width <= _WIDEST * em]
    for box in small if len(small) <= _MOST_KEYS else ():
        beside = [line for line in labels if _stands_before(box, line)]
        if beside:
            yield _Key(box, min(beside, key=lambda line: line.left))


def _may_be_series(line: PlacedText) -> bool:
    """Words, or a year: figures name no series."""
    return is_year(line) or (any(map(str.isalpha, line.text)) and not LONE_FIGURE.fullmatch(line.text))


def _stands_before(box: FilledBox, line: PlacedText) -> bool:
    em = line.size
    is_key = _SMALLEST * em <= box.height <= _HIGHEST * em and _SMALLEST * em <= box.width <= _WIDEST * em
    return is_key and line.top <= box.down <= line.bottom and -0.3 * em <= line.left - box.right <= _TO_LABEL * em


def _goes_with(key: _Key, other: _Key, group: Sequence[_Key]) -> bool:
    if key.box.colour in {one.box.colour for one in group} or not _is_alike(key.box, other.box):
        return False
    em = key.label.size
    apart = max(key.box.left - other.label.right, other.box.left - key.label.right)
    in_row = abs(key.box.down - other.box.down) <= 0.5 * em and apart <= _TO_NEXT_BESIDE * em
    in_column = abs(key.box.left - other.box.left) <= 0.5 * em and abs(key.box.down - other.box.down) <= _TO_NEXT * em
    return in_row or in_column


def _is_alike(one: FilledBox, other: FilledBox) -> bool:
    return (
        abs(one.width - other.width) <= _ALIKE * other.width and abs(one.height - other.height) <= _ALIKE * other.height
    )


def _legend(group: Sequence[_Key], lines: Sequence[PlacedText]) -> Legend:
    labels = [key.label for key in group]
    names: dict[Hashable, str] = {}
    used: list[PlacedText] = []
    for number in in_line({number: key.label for number, key in enumerate(group)}):
        key = group[number]
        own = [key.label]
        while (more := _next_line(own[-1], lines, labels)) is not None and len(own) < 3:
            own.append(more)
        names[key.box.colour] = " ".join(line.text for line in own)
        used += own
    return Legend(names, tuple(key.box for key in group), tuple(used))


def _next_line(label: PlacedText, lines: Sequence[PlacedText], labels: Sequence[PlacedText]) -> PlacedText | None:
    """The line that a label goes on with: right below, beginning where it begins, and no label itself."""
    for line in lines:
        gap = line.top - label.bottom
        is_below = abs(line.left - label.left) <= 0.3 * label.size and -0.4 * label.size <= gap <= 0.35 * label.size
        if is_below and line.base > label.base and line not in labels and 0.9 <= line.size / label.size <= 1.1:
            return line
    return None
