"""Arranges a slide in the largest letters that have room: a table above two columns, a chart in the right one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from aidx_assistant.briefs.brief import BarChart, Options
from aidx_assistant.briefs.exports.chart_picture import WIDTH as CHART_WIDTH
from aidx_assistant.briefs.exports.chart_picture import chart_height
from aidx_assistant.briefs.exports.marked import Run, Words, one_line, runs_of
from aidx_assistant.briefs.exports.reading_order import SOURCE, Part, source_of_chart
from aidx_assistant.briefs.exports.slide_text import Line, cut, height_of, joined, lines_of, rows_needed, shortened

COLUMN_GAP = 32
TABLE_GAP = 10
CELL_PADDING = 3
_SMALLEST = 12
_SIZES, _SIZES_WITHOUT_SOURCES = range(20, 12, -1), range(16, _SMALLEST - 1, -1)
"""Of letters: the lines of sources give way before these become too small; the notes have them."""
_MOST_OF_TABLE = 0.62
"""Share of the body that a table takes at most where not all has room."""
_MOST_OF_CHART = 0.42
"""Share of the body that a chart's picture takes at most."""
_MOST_ROWS_OF_CELL, _ANY_ROWS = 4, 10_000
_LEADING = 1.2
_NAMES = 0.47
"""Width of a table's first column, as part of another's."""
_EVEN = 1.15
"""How much taller than need be a column may get, so that what belongs together stands in it."""

Groups = list[list[Line]]
"""Lines that belong together: a heading and what stands below it."""


@dataclass(frozen=True, slots=True)
class Room:
    """Where the body of a slide is, in points."""

    left: float
    top: float
    width: float
    height: float

    @property
    def column(self) -> float:
        """How wide each of two columns is."""
        return (self.width - COLUMN_GAP) / 2


@dataclass(frozen=True, slots=True)
class SlideTable:
    """A table as it is shown."""

    rows: tuple[tuple[tuple[Run, ...], ...], ...]
    """The header is the first."""
    size: float
    row_heights: tuple[float, ...]

    @property
    def height(self) -> float:
        return sum(self.row_heights)


@dataclass(frozen=True, slots=True)
class Arranged:
    """What stands where."""

    size: float
    """Of the text's letters, in points."""
    table: SlideTable | None
    left: tuple[Line, ...]
    right: tuple[Line, ...]
    chart: BarChart | None = None
    chart_title: tuple[Line, ...] = ()
    chart_width: float = 0.0

    @property
    def columns_top(self) -> float:
        """From the top of the body."""
        return self.table.height + TABLE_GAP if self.table else 0.0

    @property
    def chart_height(self) -> float:
        return chart_height(self.chart) * self.chart_width / CHART_WIDTH if self.chart else 0.0


def arranged(parts: Sequence[Part], numbers: Sequence[int], room: Room) -> Arranged:
    """The parts of a slide in its body; what is boxed is only pointed to."""
    content = _Content(parts, numbers, room)
    for sizes, with_sources in ((_SIZES, True), (_SIZES_WITHOUT_SOURCES, False)):
        for size in sizes:
            for found in content.at(size, with_sources=with_sources):
                if content.fits(found):
                    return found
    return content.cut_to_fit()


class _Content:
    """The parts as lines of two columns, and a table."""

    def __init__(self, parts: Sequence[Part], numbers: Sequence[int], room: Room) -> None:
        self._room = room
        self._numbers = numbers
        self._chart = next((part.chart for part in parts if part.chart), None)
        self._options = next(
            (block for part in parts for block in part.section.blocks if isinstance(block, Options)), None
        )
        shown = [(part, lines_of(part, numbers)) for part in parts if not part.section.boxed]
        self._groups = [lines for _, lines in shown if len(lines) > 1]
        self._beside_chart = [lines for part, lines in shown if part.section.key == "differences"]
        self._pointers = [
            [Line("caption", (Words(f"{one_line(part.section.heading)}: in the notes."),))]
            for part in parts
            if part.section.boxed
        ]

    def at(self, size: float, *, with_sources: bool) -> Iterator[Arranged]:
        """All of it in letters of that size, in every way to fill two columns, the best first."""
        table = self._table(size, _ANY_ROWS)
        for sides in self._sides(size):
            left, right = sides if with_sources else map(_without_sources, sides)
            yield self._columns(size, table, joined(left), joined(right))

    def fits(self, found: Arranged) -> bool:
        column = self._room.column
        rooms = self._rooms(found)
        heights = (height_of(lines, column, found.size) for lines in (found.left, found.right))
        return all(height <= room for height, room in zip(heights, rooms, strict=True))

    def cut_to_fit(self) -> Arranged:
        """In the smallest letters, without the lines of sources, each column as far as it goes."""
        empty = self._columns(_SMALLEST, next(self._tables_cut(), None), [], [])
        sides = map(_without_sources, self._sides(_SMALLEST)[0])
        left, right = (
            cut(side, self._room.column, _SMALLEST, room) for side, room in zip(sides, self._rooms(empty), strict=True)
        )
        return replace(empty, left=tuple(left), right=tuple(right))

    def _tables_cut(self) -> Iterator[SlideTable | None]:
        """Tables of ever fewer rows of text in a cell, from the first that leaves room for the columns."""
        for rows in range(_MOST_ROWS_OF_CELL, 0, -1):
            table = self._table(_SMALLEST, rows)
            if table is None or rows == 1 or table.height <= _MOST_OF_TABLE * self._room.height:
                yield table

    def _rooms(self, found: Arranged) -> tuple[float, float]:
        """Heights that are left for the lines of either column."""
        room = self._room.height - found.columns_top
        above = height_of(found.chart_title, self._room.column, found.size) + found.chart_height
        return room, room - above

    def _columns(self, size: float, table: SlideTable | None, left: Sequence[Line], right: Sequence[Line]) -> Arranged:
        if self._chart is None:
            return Arranged(size, table, tuple(left), tuple(right))
        title = Line("heading", (Words(one_line(self._chart.title), strong=True),))
        width = min(self._room.column, _MOST_OF_CHART * self._room.height * CHART_WIDTH / chart_height(self._chart))
        return Arranged(size, table, tuple(left), tuple(right), self._chart, (title,), width)

    def _sides(self, size: float) -> list[tuple[Groups, Groups]]:
        """The groups of either column, in every way to fill two."""
        if self._chart:
            left = [lines for lines in self._groups if lines not in self._beside_chart]
            return [(left, [self._below_chart(self._chart), *self._beside_chart, *self._pointers])]
        return [(left, [*right, *self._pointers]) for left, right in self._splits(size)]

    def _below_chart(self, chart: BarChart) -> list[Line]:
        base = (Words(f"Base: {one_line(chart.base)}"),)
        return [Line("caption", base), Line("caption", runs_of(f"{SOURCE} {source_of_chart(chart)}", self._numbers))]

    def _splits(self, size: float) -> list[tuple[Groups, Groups]]:
        """First those of about even columns, the left one rather the longer, then the others; a group is not torn.

        Only where there is a single one, its lines are parted.
        """
        groups = self._groups if len(self._groups) > 1 else [[line] for line in joined(self._groups)]
        splits = [(groups[:place], groups[place:]) for place in range(len(groups) - 1, 0, -1)] or [(groups, [])]

        def taller(split: tuple[Groups, Groups]) -> float:
            return max(height_of(joined(side), self._room.column, size) for side in split)

        even = _EVEN * min(map(taller, splits))
        return sorted(splits, key=lambda split: max(taller(split), even))

    def _table(self, size: float, most_rows: int) -> SlideTable | None:
        if self._options is None:
            return None
        letters = max(size * 0.8, 11.0)
        widths = column_widths(len(self._options.header), self._room.width)
        rows = tuple(
            tuple(
                shortened(runs_of(cell, self._numbers), width - 12, letters, most_rows)
                for cell, width in zip(row, widths, strict=True)
            )
            for row in (self._options.header, *self._options.rows)
        )
        heights = tuple(
            max(rows_needed(cell, width - 12, letters, bold=True) for cell, width in zip(row, widths, strict=True))
            * letters
            * _LEADING
            + 2 * CELL_PADDING
            for row in rows
        )
        return SlideTable(rows, letters, heights)


def column_widths(count: int, width: float) -> tuple[float, ...]:
    """The first column, of names, is narrower than the others."""
    share = width / (_NAMES + count - 1)
    return (_NAMES * share, *(share for _ in range(count - 1)))


def _without_sources(groups: Groups) -> Groups:
    return [[line for line in group if line.kind != "source"] for group in groups]
