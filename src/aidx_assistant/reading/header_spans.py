"""Which columns of a table each header over several of them stands over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from aidx_assistant.reading.placed_text import PlacedText

Extent = tuple[float, float]
"""From left to right."""
_Way = tuple["Share", ...]
_FIT = 0.3
"""Of the distance between two columns: how far a header may stand from where it would."""
_FIT_OF_ONLY = 0.5
"""The same, where headers and columns go together in one way only."""
_CLEARLY = 0.05
"""Of that distance: how much farther, in the next best way, some header must stand, and three times as far."""
_MOST_WAYS = 10_000


@dataclass(frozen=True, slots=True)
class Share:
    """The columns of one header of the upper row."""

    columns: range
    alone: bool
    """Whether it is the only header of its column."""


def shares_of(
    upper: Sequence[PlacedText], lower: Sequence[PlacedText], columns: Sequence[Extent], in_the_middle: bool = False
) -> tuple[Share, ...] | None:
    """What of the columns each header of the upper row has, those of the lower row under them, all from the left.

    `columns` are the extents of the figures below, two or more. The headers of the upper row are aligned alike over
    their columns: left, right or in the middle, or else only in the middle. None where no way fits, or several do.
    """
    alone = len(columns) - len(lower)
    if not 0 <= alone <= len(upper) <= len(columns) or not lower:
        return None
    pitch = min(right[0] - left[0] for left, right in pairwise(columns))
    ways: list[tuple[float, float, _Way]] = []
    for number, way in enumerate(_ways(len(upper), len(columns), alone)):
        if number >= _MOST_WAYS:
            return None
        heads = _heads(way, upper, lower)
        if all(_from_column(head, column, columns) <= _FIT * pitch for column, head in enumerate(heads)):
            ways.append((*_misfits(way, upper, heads, columns), way))
    ways.sort(key=lambda one: one[0])
    if not ways or (in_the_middle and ways[0][1] > ways[0][0]):
        return None
    best, _, shares = ways[0]
    if len(ways) == 1:
        return shares if best <= _FIT_OF_ONLY * pitch else None
    is_clear = best <= _FIT * pitch and ways[1][0] >= max(best + _CLEARLY * pitch, 3 * best)
    return shares if is_clear else None


def _ways(headers: int, columns: int, alone: int) -> Iterator[_Way]:
    """Every way to share out columns among headers in order, so many of them to headers that stand alone."""
    for cuts in combinations(range(1, columns), headers - 1):
        parts = [range(start, end) for start, end in pairwise((0, *cuts, columns))]
        single = [number for number, part in enumerate(parts) if len(part) == 1]
        for own in combinations(single, alone):
            yield tuple(Share(part, number in own) for number, part in enumerate(parts))


def _heads(way: _Way, upper: Sequence[PlacedText], lower: Sequence[PlacedText]) -> list[PlacedText]:
    """The lowest header over each column."""
    below = iter(lower)
    shared = zip(upper, way, strict=True)
    return [header if share.alone else next(below) for header, share in shared for _ in share.columns]


def _misfits(
    way: _Way, upper: Sequence[PlacedText], heads: Sequence[PlacedText], columns: Sequence[Extent]
) -> tuple[float, float]:
    """How far the header that fits worst stands from where it would, in the alignment that fits best, in the middle."""
    groups = [(header, share.columns) for header, share in zip(upper, way, strict=True) if not share.alone]
    left, middle, right = (
        max((fit(one, part, heads, columns) for one, part in groups), default=0.0)
        for fit in (_from_left, _from_middle, _from_right)
    )
    return min(left, middle, right), middle


def _from_column(head: PlacedText, number: int, columns: Sequence[Extent]) -> float:
    """How far a header stands from a column, whose figures may be aligned otherwise than it is."""
    left, right = columns[number]
    following = columns[number + 1][0] if number + 1 < len(columns) else 2 * left - columns[number - 1][0]
    middles = ((left + right) / 2, (left + following) / 2)
    return min(abs(head.left - left), abs(head.right - right), *(abs(_middle(head) - middle) for middle in middles))


def _from_left(one: PlacedText, part: range, heads: Sequence[PlacedText], columns: Sequence[Extent]) -> float:
    first = part[0]
    return min(abs(one.left - heads[first].left), abs(one.left - columns[first][0]))


def _from_right(one: PlacedText, part: range, heads: Sequence[PlacedText], columns: Sequence[Extent]) -> float:
    last = part[-1]
    return min(abs(one.right - heads[last].right), abs(one.right - columns[last][1]))


def _from_middle(one: PlacedText, part: range, heads: Sequence[PlacedText], columns: Sequence[Extent]) -> float:
    first, last = part[0], part[-1]
    middles = ((_middle(heads[first]) + _middle(heads[last])) / 2, (heads[first].left + heads[last].right) / 2)
    return min(abs(_middle(one) - middle) for middle in middles)


def _middle(piece: PlacedText) -> float:
    return (piece.left + piece.right) / 2
