"""Reads a table of a page into rows that carry their headers, cells over several rows and columns included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aidx_assistant.reading.cleaning import one_line
from aidx_assistant.reading.document import Block, Link
from aidx_assistant.reading.rows import row_text

_MOST_COLUMNS = 60
_MOST_ROWS = 2000
_BLOCKS = frozenset("p div ul ol table h1 h2 h3 h4 h5 h6 section article figure".split())


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    heads: bool
    links: tuple[Link, ...] = ()


def table_blocks(table: Any) -> list[Block] | None:
    """The caption and the rows of a `table` element, or None where it is there for the layout only.

    A cell over several columns or rows counts in each; header rows are those of `thead` or of nothing but `th`, or a
    first row without a digit above rows with some. Beyond 60 columns and 2,000 rows nothing is read.
    """
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table][:_MOST_ROWS]
    if not rows or _is_layout(table, rows):
        return None
    grid = _grid(rows)
    count = _header_rows(rows, grid)
    width = max(map(len, grid), default=0)
    headers = [_header(grid[:count], column) for column in range(width)]
    caption = next((one_line(" ".join(one.itertext())) for one in table.iterchildren("caption")), "")
    blocks = [Block(caption, "caption")] if caption else []
    for row in grid[count:]:
        if text := row_text(headers, [cell.text for cell in row]):
            blocks.append(Block(text, "row", _links(row)))
    if count and len(grid) == count:
        headless = ((row_text((), [cell.text for cell in row]), _links(row)) for row in grid)
        blocks.extend(Block(text, "row", links) for text, links in headless if text)
    return blocks


def _links(row: Sequence[_Cell]) -> tuple[Link, ...]:
    return tuple(dict.fromkeys(link for cell in row for link in cell.links))


def _is_layout(table: Any, rows: Sequence[Any]) -> bool:
    if next(table.iter("th"), None) is not None:
        return False
    cells = [list(row.iterchildren("td")) for row in rows]
    if table.get("role") == "presentation" or max(map(len, cells), default=0) < 2:
        return True
    return any(sum(1 for one in cell.iter() if one.tag in _BLOCKS) > 2 for row in cells for cell in row)


def _grid(rows: Sequence[Any]) -> list[list[_Cell]]:
    """The cells by row and column, each that spans several repeated in all of them."""
    grid: list[list[_Cell]] = []
    hanging: dict[int, tuple[_Cell, int]] = {}
    """By column: a cell that reaches down from above, and for how many rows more."""
    for row in rows:
        line: list[_Cell] = []
        cells = [(cell, _span(cell, "rowspan"), _span(cell, "colspan")) for cell in row.iterchildren("td", "th")]
        while (cells or len(line) in hanging) and len(line) < _MOST_COLUMNS:
            column = len(line)
            if column in hanging:
                cell, more = hanging.pop(column)
                line.append(cell)
                if more > 1:
                    hanging[column] = (cell, more - 1)
                continue
            element, down, across = cells.pop(0)
            links = tuple((one_line(" ".join(a.itertext())), a.get("href")) for a in element.iter("a") if a.get("href"))
            cell = _Cell(one_line(" ".join(element.itertext())), element.tag == "th", links)
            for offset in range(min(across, _MOST_COLUMNS - column)):
                line.append(cell)
                if down > 1:
                    hanging[column + offset] = (cell, down - 1)
        grid.append(line)
    return [line for line in grid if any(cell.text for cell in line)]


def _span(cell: Any, name: str) -> int:
    written = (cell.get(name) or "1").strip()
    return max(1, min(int(written), 1000)) if written.isascii() and written.isdigit() and len(written) < 9 else 1


def _header_rows(rows: Sequence[Any], grid: Sequence[Sequence[_Cell]]) -> int:
    in_head = sum(1 for row in rows if row.getparent().tag == "thead")
    if in_head and in_head <= len(grid):
        return in_head
    count = 0
    while count < len(grid) and all(cell.heads for cell in grid[count]):
        count += 1
    if count:
        return count
    first = grid[0] if grid else ()
    below = [cell.text for line in grid[1:] for cell in line[1:]]
    has_words = len(first) > 1 and not any(character.isdigit() for cell in first for character in cell.text)
    return int(has_words and sum(any(map(str.isdigit, text)) for text in below) * 2 > len(below))


def _header(head: Sequence[Sequence[_Cell]], column: int) -> str:
    """The header of a column: what stands over it in every header row, each once."""
    return " ".join(dict.fromkeys(line[column].text for line in head if column < len(line) and line[column].text))
