"""Rows of jobs from comma-separated values, as spreadsheets of any country write them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence

from aidx_assistant.dx.jobs import FIELDS, field_named, stage_named
from aidx_assistant.dx.rows import Row, RowsOfFile, nearest
from aidx_assistant.errors import UsageError

OUTPUT_ONLY = ("number", "opportunity", "adoption", "quadrant", "use cases", "pain scale", "split", "weights")
"""Columns that aidx itself writes beside a job's: a file it wrote can be read again, they are worked out anew."""
_DELIMITERS = ",;\t|"
_DELIMITER_NAMED = re.compile(r"sep=([,;\t|])", re.IGNORECASE)
_EXAMPLE = "See a file to start from: aidx dx --example"


def csv_rows(text: str, file: str, stages: Collection[str]) -> RowsOfFile:
    """The rows below a header that names `name`, `pain`, `manual` and any of `stages`, in any order.

    Separated by comma, semicolon, tab or bar. Raises UsageError where the table as a whole cannot be read.
    """
    lines = _lines(text, file, _delimiter(text, stages))
    header_line, header = next(lines, (1, []))
    if not header:
        raise UsageError(f"{file} is empty.", _EXAMPLE)
    columns = _columns(header, f"{file}, line {header_line}", stages)
    rows = tuple(_row(line, cells, columns, stages) for line, cells in lines)
    known = {*FIELDS, *stages}
    unused = [
        name.strip()
        for name, column in zip(header, columns, strict=True)
        if column not in known and name.strip() and column not in OUTPUT_ONLY
    ]
    return RowsOfFile(rows, frozenset(columns) & frozenset(stages), tuple(unused))


def _delimiter(text: str, stages: Collection[str]) -> str:
    """The one that parts the header into the most names of columns."""
    known = {*FIELDS, *stages}
    for line in io.StringIO(text, newline=""):
        named = _DELIMITER_NAMED.fullmatch(line.strip())
        if named:
            return named[1]
        if line.strip() and not line.startswith("#"):
            names = {mark: line.split(mark) for mark in _DELIMITERS}
            return max(names, key=lambda mark: sum(_column(name.strip(' "\r\n')) in known for name in names[mark]))
    return ","


def _lines(text: str, file: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that hold anything, remarks apart, each with the number of its first line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begun, before_header = 1, True
    try:
        for cells in reader:
            line, begun = begun, reader.line_num + 1
            if not any(cell.strip() for cell in cells) or before_header and _is_remark(delimiter.join(cells)):
                continue
            before_header = False
            yield line, cells
    except csv.Error as error:
        problem = "a quotation mark is not closed" if "end of data" in str(error) else "quotation marks do not match"
        if "field larger" in str(error):
            problem = "a cell holds more than 128 KB"
        raise UsageError(
            f"{file}, line {begun}: {problem}.", "A quotation mark inside a quoted cell is written twice."
        ) from None


def _is_remark(line: str) -> bool:
    return line.startswith("#") or _DELIMITER_NAMED.fullmatch(line) is not None


def _column(name: str) -> str:
    """What a column's name means: a field, a stage, or the plain name itself."""
    return field_named(name) or stage_named(name)


def _columns(header: Sequence[str], where: str, stages: Collection[str]) -> tuple[str, ...]:
    columns = tuple(_column(name) for name in header)
    known = {*FIELDS, *stages}
    for column, name in zip(columns, header, strict=True):
        if column in known and columns.count(column) > 1:
            twice = [name.strip() for name, other in zip(header, columns, strict=True) if other == column]
            raise UsageError(f"{where}: two columns mean “{column}”: {' and '.join(twice)}.", "Keep one of them.")
        meant = nearest(column, known) if column not in known and column not in OUTPUT_ONLY else None
        if meant:
            raise UsageError(
                f"{where}: there is no column “{name.strip()}”; did you mean “{meant}”?",
                "Rename it, or give it a weight if it is a stage of yours: --weights.",
            )
    missing = [field for field in FIELDS if field not in columns]
    if missing:
        names = " or ".join(f"“{field}”" for field in missing)
        raise UsageError(f"{where}: the first line names no column {names}.", _EXAMPLE)
    return columns


def _row(line: int, cells: Sequence[str], columns: Sequence[str], stages: Collection[str]) -> Row:
    if len(cells) < len(columns) or any(cell.strip() for cell in cells[len(columns) :]):
        why = f"has {len(cells)} cells, and the header {len(columns)}; is there a decimal comma or a quotation mark?"
        return Row(line, {}, {}, {}, broken=why)
    by_column = {column: cell.strip() for column, cell in zip(columns, cells, strict=False)}
    fields = {field: by_column.get(field) for field in FIELDS}
    return Row(line, fields, {column: cell for column, cell in by_column.items() if column in stages}, {})
