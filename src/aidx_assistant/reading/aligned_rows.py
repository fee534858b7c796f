"""Tables on a page: text that stands in rows and columns, as rows that keep their headers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from aidx_assistant.reading.lone_figures import YEAR, are_several, is_figure, is_value
from aidx_assistant.reading.placed_text import PlacedText, rows_of
from aidx_assistant.reading.rows import UNLABELLED, row_text

_LONGEST_LABEL = 14
"""Words of a cell in the first column."""
_MOST_HEADER_ROWS = 3
_ALIGNED = 0.4
"""Ems that lines of one header may be out of line."""
_USUAL_CELL = 6
"""Words of the usual cell of a table without figures."""


def table_rows(columns: Sequence[Sequence[PlacedText]]) -> list[str] | None:
    """The rows of a table whose columns hold these lines, from the left, or None where it is none.

    A table has rows that reach over its columns, a short label in the first, and figures or short cells in the
    others; its letters are of one size in each column, headers apart. Cards side by side, each with a large number
    and a text below, are none, and neither are columns of prose.
    """
    columns = _bars_together(columns)
    of_column = {id(line): number for number, column in enumerate(columns) for line in column}
    lines = [line for column in columns for line in column]
    rows = _whole_rows(rows_of(lines), of_column)
    grid = _grid(rows, of_column, len(columns))
    if len(grid) < 2 or not _is_table(grid, columns):
        return None
    count = _header_rows(grid)
    if not count and len(columns) == 2:
        return [_pair_text(*cells) for cells in grid]
    headers = [" ".join(filter(None, cells)) for cells in zip(*grid[:count], strict=True)] if count else []
    is_crowded = any(_stacks_figures([row], of_column) for row in rows) or any(map(_has_cells_beside, columns))
    is_crowded |= any(line.loose for row in rows[:count] for line in row)
    if is_crowded or _is_ambiguous(headers, grid[count:]) or not _stand_over_columns(columns, grid[:count]):
        untold = (f"{UNLABELLED}: {row_text((), cells)}." for cells in grid[count:])
        return [*(row_text((), cells) for cells in grid[:count]), *untold]
    over_nothing = [header for number, header in enumerate(headers) if not any(cells[number] for cells in grid[count:])]
    return [*filter(None, [row_text((), over_nothing)]), *(row_text(headers, cells) for cells in grid[count:])]


def _is_ambiguous(headers: Sequence[str], rows: Sequence[tuple[str, ...]]) -> bool:
    """Whether two figures of one row have the same header, or none, or one cell: what tells them apart is not known."""
    for row in rows:
        if any(map(are_several, row)):
            return True
        of_figures = [headers[n] if headers else "" for n in range(1, len(row)) if is_figure(row[n])]
        if len(set(of_figures)) < len(of_figures):
            return True
    return False


def _stand_over_columns(columns: Sequence[Sequence[PlacedText]], head: Sequence[tuple[str, ...]]) -> bool:
    """Whether each header is aligned in itself and stands over figures; else some stand over several columns."""
    for number, column in enumerate(columns[1:] if head else (), 1):
        lines = sorted(column, key=lambda line: (line.top, line.left))
        count = sum(bool(row[number]) for row in head)
        header, below = lines[:count], lines[count:]
        if not all(_is_aligned(upper, lower) for upper, lower in pairwise(header)):
            return False
        if header and not any(header[-1].over(line) or _is_aligned(header[-1], line) for line in below):
            return False
    return True


def _is_aligned(one: PlacedText, other: PlacedText) -> bool:
    left, right = one.left - other.left, one.right - other.right
    return min(abs(left), abs(right), abs(left + right) / 2) <= _ALIGNED * other.size


def _header_rows(grid: Sequence[tuple[str, ...]]) -> int:
    """How many rows at the top are headers: words, or years, over columns of figures; else the first of several."""
    count = 0
    while count < min(_MOST_HEADER_ROWS, len(grid) - 1) and _heads(grid[count], grid[count + 1 :]):
        count += 1
    if any(_share(grid[count:], number) >= 0.6 for number in range(1, len(grid[0]))):
        return count
    return 1 if len(grid) > 2 and len(grid[0]) > 2 and not any(map(is_figure, grid[0][1:])) else 0


def _heads(row: tuple[str, ...], below: Sequence[tuple[str, ...]]) -> bool:
    """Whether the cells of a row are words, or years over something else than years."""
    cells = [cell for cell in row[1:] if cell]
    if any(is_value(cell) and not YEAR.fullmatch(cell) for cell in cells):
        return False
    values = [cell for other in below for cell in other[1:] if is_value(cell)]
    return bool(cells) and not (any(map(is_value, cells)) and all(map(YEAR.fullmatch, values)))


def _bars_together(columns: Sequence[Sequence[PlacedText]]) -> list[Sequence[PlacedText]]:
    """Columns of figures of which no two stand on one row are one: values at the ends of bars of unequal length."""
    together: list[Sequence[PlacedText]] = []
    for column in columns:
        if together and all(is_figure(line.text) for line in (*together[-1], *column)):
            lines = [*together[-1], *column]
            if all(len(row) == 1 for row in rows_of(lines)):
                together[-1] = lines
                continue
        together.append(column)
    return together


def _pair_text(first: str, second: str) -> str:
    """A label and its figure, whichever stands first: `Payers: 39%`, `46% of providers`."""
    if not (first and second):
        return first or second
    if is_figure(first) and second[:1].islower():
        return f"{first} {second}"
    return f"{second}: {first}" if is_figure(first) else f"{first}: {second}"


def _whole_rows(rows: Sequence[list[PlacedText]], of_column: dict[int, int]) -> list[list[PlacedText]]:
    """Rows of lines, put together where cells go over several lines.

    Where some gaps between rows are clearly wider than others, the narrow ones are within cells, unless a column would
    then have two figures in one cell. A row without its first cell, or with the end of a label only, belongs to the one
    above.
    """
    gaps = [max(0.0, min(a.top for a in lower) - max(b.bottom for b in upper)) for upper, lower in pairwise(rows)]
    whole = [[rows[0]]]
    size = median(line.size for row in rows for line in row)
    wide = (min(gaps) + max(gaps)) / 2 if gaps and max(gaps) - min(gaps) > 0.5 * size else -1.0
    for gap, row in zip(gaps, rows[1:], strict=True):
        if gap <= wide:
            whole[-1].append(row)
        else:
            whole.append([row])
    if any(_stacks_figures(group, of_column) for group in whole):
        whole = [[row] for row in rows]
    merged: list[list[PlacedText]] = []
    for group in whole:
        cells = [line for row in group for line in row]
        if merged and len(whole) == len(rows) and not _has_own_label(cells, of_column):
            merged[-1].extend(cells)
        else:
            merged.append(cells)
    return merged


def _has_own_label(cells: Sequence[PlacedText], of_column: dict[int, int]) -> bool:
    if all(of_column[id(line)] == 0 and line.text[:1].islower() for line in cells):
        return False
    return any(of_column[id(line)] == 0 for line in cells) or any(is_figure(line.text) for line in cells)


def _stacks_figures(group: Sequence[Sequence[PlacedText]], of_column: dict[int, int]) -> bool:
    figures = [of_column[id(line)] for row in group for line in row if is_figure(line.text)]
    return len(figures) != len(set(figures))


def _has_cells_beside(column: Sequence[PlacedText]) -> bool:
    """Whether two lines stand side by side in one column: it may be two that were not told apart."""
    return any(len(row) > 1 for row in rows_of(column))


def _grid(rows: Sequence[Sequence[PlacedText]], of_column: dict[int, int], width: int) -> list[tuple[str, ...]]:
    grid = []
    for row in rows:
        cells = [""] * width
        for line in sorted(row, key=lambda line: (line.top, line.left)):
            number = of_column[id(line)]
            cells[number] = f"{cells[number]} {line.text}".strip()
        grid.append(tuple(cells))
    return grid


def _is_table(grid: Sequence[tuple[str, ...]], columns: Sequence[Sequence[PlacedText]]) -> bool:
    filled = sum(sum(bool(cell) for cell in row) >= 2 for row in grid)
    named = sum(any(cell and not is_figure(cell) for cell in row) for row in grid)
    if min(filled, named) < 0.7 * len(grid) or any(len(row[0].split()) > _LONGEST_LABEL for row in grid):
        return False
    for column in columns:
        sizes = [line.size for line in sorted(column, key=lambda line: line.top)]
        body = sizes[1:] or sizes
        if max(body) > 1.25 * min(body) or max(sizes) > 1.6 * min(sizes):
            return False
    if any(map(is_figure, grid[0])) and not any(is_figure(cell) for row in grid[1:] for cell in row):
        return False
    of_figures = [_share(grid if len(columns) == 2 else grid[1:], number) >= 0.6 for number in range(len(columns))]
    if len(columns) == 2:
        return any(of_figures) and not all(of_figures)
    cells = [len(cell.split()) for row in grid for cell in row if cell]
    return any(of_figures[1:]) or (len(grid) > 2 and median(cells) <= _USUAL_CELL and max(cells) <= 4 * _USUAL_CELL)


def _share(rows: Sequence[tuple[str, ...]], number: int) -> float:
    """Of the rows that have this cell, the share in which it is a figure."""
    cells = [row[number] for row in rows if row[number]]
    return sum(map(is_value, cells)) / len(cells) if cells else 0.0
