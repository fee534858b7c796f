"""Reads a table in a text file, CSV or TSV: every row carries its headers."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from aidx_assistant.errors import ReadingError
from aidx_assistant.evidence import Locator
from aidx_assistant.reading.cleaning import clean, hidden_remarks, one_line
from aidx_assistant.reading.decoding import decoded
from aidx_assistant.reading.document import Block, Document, Part, ReadingOptions
from aidx_assistant.reading.lone_figures import YEAR, is_value
from aidx_assistant.reading.plain_text import read_text
from aidx_assistant.reading.rows import row_text

_SAMPLE = 64 * 1024
"""Characters by which it is told what stands between cells."""
_BETWEEN_CELLS = ",;\t|"


def read_table(content: bytes, name: str, options: ReadingOptions) -> Document:
    """A table with its first line of several cells as headers; a line alone above them is its title.

    What has no headers is read as plain text. Raises ReadingError where it is no text, empty or damaged.
    """
    raw = decoded(content)
    rows = _rows(clean(raw))
    start = next((number for number, row in enumerate(rows) if sum(map(bool, row)) > 1), len(rows))
    if start + 1 >= len(rows) or not _are_headers(rows[start]):
        return read_text(content, name, options)
    above = [" ".join(filter(None, row)) for row in rows[:start]]
    title = above[0] if above else ""
    texts = [text for row in rows[start + 1 :] if (text := row_text(rows[start], row))]
    blocks = (*(Block(line) for line in above), *(Block(text, "row") for text in texts))
    part = Part(Locator("section", heading=title or None), blocks)
    return Document("table", (part,), title=title, remarks=hidden_remarks(raw))


def _rows(text: str) -> list[list[str]]:
    """The cells of each line that has any."""
    sample = text[:_SAMPLE]
    try:
        dialect: type[csv.Dialect] = csv.Sniffer().sniff(sample, _BETWEEN_CELLS)
    except csv.Error:  # one column, or cells that look all the same
        dialect = csv.excel_tab if "\t" in sample else csv.excel
    try:
        read = [[_cell(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""), dialect)]
    except csv.Error as error:
        raise ReadingError("The table is damaged and cannot be read.", "Save it anew as CSV.") from error
    return [row for row in read if any(row)]


def _cell(text: str) -> str:
    """A cell in one line, without what divides cells in a row as it is written."""
    return one_line(text).replace("; ", ", ")


def _are_headers(row: Sequence[str]) -> bool:
    """Whether the cells are words or years, and no figures."""
    return not any(cell and is_value(cell) and not YEAR.fullmatch(cell) for cell in row)
