"""Reads a table of PowerPoint into rows that carry their headers, merged cells included."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from aidx_assistant.reading.rows import row_text


def table_rows(table: Any) -> Iterator[str]:
    """The rows with the headers of the first one, where the table says that it is one or has no figure in it.

    A cell over several columns or rows counts in each. Under a header over several columns the next row is one as well.
    """
    grid = _grid(table)
    count = _header_rows(table, grid)
    headers = [_header(grid[:count], column) for column in range(len(grid[0]) if grid else 0)]
    for cells in grid[count:]:
        if text := row_text(headers, cells):
            yield text


def _grid(table: Any) -> list[list[str]]:
    grid = [[" ".join(cell.text.split()) for cell in row.cells] for row in table.rows]
    for top, row in enumerate(table.rows):
        for left, cell in enumerate(row.cells):
            if cell.is_merge_origin:
                for line in grid[top : top + cell.span_height]:
                    line[left : left + cell.span_width] = [grid[top][left]] * len(line[left : left + cell.span_width])
    return grid


def _header_rows(table: Any, grid: Sequence[Sequence[str]]) -> int:
    has_header = len(grid) > 1 and (table.first_row or not any(char.isdigit() for cell in grid[0][1:] for char in cell))
    if not has_header:
        return 0
    count = 1
    while count < len(grid) - 1 and any(
        cell.is_merge_origin and cell.span_width > 1 for cell in _row(table, count - 1)
    ):
        count += 1
    return count


def _row(table: Any, number: int) -> Sequence[Any]:
    return list(table.rows[number].cells)


def _header(head: Sequence[Sequence[str]], column: int) -> str:
    """What stands over a column in every header row, each once."""
    return " ".join(dict.fromkeys(line[column] for line in head if line[column]))
