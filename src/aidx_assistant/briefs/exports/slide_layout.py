"""Arranges a slide in the largest letters that have room: a table above two columns, a picture in the right one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from aidx_assistant.briefs.brief import Options
from aidx_assistant.briefs.exports.marked import Run, runs_of
from aidx_assistant.briefs.exports.pictures import Picture, pictures_of
from aidx_assistant.briefs.exports.reading_order import Part
from aidx_assistant.briefs.exports.slide_text import (
    SMALLEST,
    Line,
    cut,
    heading_of,
    height_of,
    joined,
    lines_of,
    rows_needed,
    shortened,
)

COLUMN_GAP = 32
TABLE_GAP = 10
CELL_PADDING = 3
_SIZES, _SMALLER_SIZES = range(20, 12, -1), range(15, int(SMALLEST) - 1, -1)
"""Of letters: before these become the smallest, jobs further down their list give way, and then the key figures."""
_MOST_JOBS, _FEWER_JOBS, _FEWEST_JOBS = 8, 5, 3
_MOST_OF_TABLE = 0.62
"""Share of the body that a table takes at most where not all has room."""
_MOST_OF_PICTURE = 0.42
"""Share of the body that a picture takes at most."""
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
    picture: Picture | None = None
    picture_title: tuple[Line, ...] = ()
    picture_width: float = 0.0

    @property
    def columns_top(self) -> float:
        """From the top of the body."""
        return self.table.height + TABLE_GAP if self.table else 0.0

    @property
    def picture_height(self) -> float:
        return self.picture.height * self.picture_width / self.picture.width if self.picture else 0.0


def arranged(parts: Sequence[Part], figures: Sequence[Line], numbers: Sequence[int], room: Room) -> Arranged:
    """The parts of a slide in its body; `figures`: what stands at the top of the right column where there is room."""
    for shown, most_jobs, sizes in (
        (figures, _MOST_JOBS, _SIZES),
        (figures, _FEWER_JOBS, _SMALLER_SIZES),
        (figures, _FEWEST_JOBS, _SMALLER_SIZES),
        ((), _FEWEST_JOBS, _SMALLER_SIZES),
    ):
        content = _Content(parts, shown, most_jobs, numbers, room)
        for size in sizes:
            for found in content.at(size):
                if content.fits(found):
                    return found
    return content.cut_to_fit()


class _Content:
    """The parts as lines of two columns, and a table. A picture, or figures, and what belongs to it begin the right."""

    def __init__(
        self, parts: Sequence[Part], figures: Sequence[Line], most_jobs: int, numbers: Sequence[int], room: Room
    ) -> None:
        self._room = room
        self._numbers = numbers
        self._picture = next((picture for part in parts for picture in pictures_of(part)), None)
        self._options = next(
            (block for part in parts if not part.jobs for block in part.section.blocks if isinstance(block, Options)),
            None,
        )
        self._groups: Groups = []
        self._begins_right: Groups = [list(figures)] if figures else []
        for part in parts:
            lines = lines_of(part, numbers, most_jobs)
            if part.jobs:
                self._begins_right.append(lines)
            elif part.chart and not part.section.blocks:
                below = [Line("caption", runs_of(line, numbers)) for p in pictures_of(part) for line in p.lines]
                self._begins_right.append(below)
            elif len(lines) > 1:
                self._groups.append(lines)

    def at(self, size: float) -> Iterator[Arranged]:
        """All of it in letters of that size, in every way to fill two columns, the best first."""
        table = self._table(size, _ANY_ROWS)
        for left, right in self._splits(size):
            yield self._columns(size, table, joined(left), joined(right))

    def fits(self, found: Arranged) -> bool:
        column = self._room.column
        rooms = self._rooms(found)
        heights = (height_of(lines, column, found.size) for lines in (found.left, found.right))
        return all(height <= room for height, room in zip(heights, rooms, strict=True))

    def cut_to_fit(self) -> Arranged:
        """In the smallest letters, each column as far as it goes."""
        empty = self._columns(SMALLEST, next(self._tables_cut(), None), [], [])
        sides = self._splits(SMALLEST)[0]
        left, right = (
            cut(side, self._room.column, SMALLEST, room) for side, room in zip(sides, self._rooms(empty), strict=True)
        )
        return replace(empty, left=tuple(left), right=tuple(right))

    def _tables_cut(self) -> Iterator[SlideTable | None]:
        """Tables of ever fewer rows of text in a cell, from the first that leaves room for the columns."""
        for rows in range(_MOST_ROWS_OF_CELL, 0, -1):
            table = self._table(SMALLEST, rows)
            if table is None or rows == 1 or table.height <= _MOST_OF_TABLE * self._room.height:
                yield table

    def _rooms(self, found: Arranged) -> tuple[float, float]:
        """Heights that are left for the lines of either column."""
        room = self._room.height - found.columns_top
        above = height_of(found.picture_title, self._room.column, found.size) + found.picture_height
        return room, room - above

    def _columns(self, size: float, table: SlideTable | None, left: Sequence[Line], right: Sequence[Line]) -> Arranged:
        picture = self._picture
        if picture is None:
            return Arranged(size, table, tuple(left), tuple(right))
        title = (heading_of(picture.title),) if picture.title else ()
        return Arranged(size, table, tuple(left), tuple(right), picture, title, self._picture_width(picture))

    def _picture_width(self, picture: Picture) -> float:
        return min(self._room.column, _MOST_OF_PICTURE * self._room.height * picture.width / picture.height)

    def _splits(self, size: float) -> list[tuple[Groups, Groups]]:
        """First those of about even columns, the left one rather the longer, then the others; a group is not torn.

        Only where there is a single one, and nothing begins the right column, its lines are parted.
        """
        begins, groups = self._begins_right, self._groups
        is_begun = bool(begins) or self._picture is not None
        if len(groups) <= 1 and not is_begun:
            groups = [[line] for line in joined(groups)]
        places = range(len(groups) - (0 if is_begun else 1), 0, -1)
        splits = [(groups[:place], [*begins, *groups[place:]]) for place in places] or [(groups, begins)]
        picture = self._picture
        drawn = picture.height * self._picture_width(picture) / picture.width if picture else 0.0

        def taller(split: tuple[Groups, Groups]) -> float:
            left, right = (height_of(joined(side), self._room.column, size) for side in split)
            return max(left, right + drawn)

        even = _EVEN * min(map(taller, splits))
        return sorted(splits, key=lambda split: max(taller(split), even))

    def _table(self, size: float, most_rows: int) -> SlideTable | None:
        if self._options is None:
            return None
        letters = max(size * 0.8, SMALLEST)
        widths = column_widths(len(self._options.header), self._room.width)
        rows = tuple(
            tuple(
                shortened(runs_of(cell, self._numbers), width - 12, letters, most_rows)
                for cell, width in zip(row, widths, strict=True)
            )
            for row in (self._options.header, *self._options.rows)
        )
        heights = tuple(
            max(
                rows_needed(cell, width - 12, letters, bold=number == 0 or place == 0)
                for place, (cell, width) in enumerate(zip(row, widths, strict=True))
            )
            * letters
            * _LEADING
            + 2 * CELL_PADDING
            for number, row in enumerate(rows)
        )
        return SlideTable(rows, letters, heights)


def column_widths(count: int, width: float) -> tuple[float, ...]:
    """The first column, of names, is narrower than the others."""
    share = width / (_NAMES + count - 1)
    return (_NAMES * share, *(share for _ in range(count - 1)))
