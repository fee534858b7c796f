"""Rows of jobs from comma-separated values, as spreadsheets of any country write them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from aidx_assistant.dx.jobs import FIELDS, field_named, stage_named
from aidx_assistant.dx.rows import Row, RowsOfFile, nearest
from aidx_assistant.dx.scoring import pain_scale_in
from aidx_assistant.errors import UsageError

OUTPUT_ONLY = ("number", "opportunity", "adoption", "quadrant", "split", "weights")
"""Columns that aidx itself writes beside a job's: a file it wrote can be read again, they are worked out anew."""
_DELIMITERS = ",;\t|"
_DELIMITER_NAMED = re.compile(r"sep=([,;\t|])", re.IGNORECASE)
_SCALE = re.compile(r"\(\s*([0-9]{1,4})\s*(?:-|–|to|\.\.)\s*([0-9]{1,9})\s*\)")
_EXAMPLE = "See a file to start from: aidx dx --example"


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the table."""

    meaning: str
    """One of the fields, a stage, or what its name says."""
    name: str
    """As the file writes it."""


def csv_rows(text: str, file: str, stages: Collection[str]) -> RowsOfFile:
    """The rows below a header that names `name`, `pain`, `manual` and any of `stages`, in any order.

    Separated by comma, semicolon, tab or bar. Raises UsageError where the table as a whole cannot be read.
    """
    lines = _lines(text, file, _delimiter(text, stages))
    header_line, header = next(lines, (1, []))
    if not header:
        raise UsageError(f"{file} is empty.", _EXAMPLE)
    where = f"{file}, line {header_line}"
    columns = _columns(header, where, stages)
    rows = tuple(_row(line, cells, columns, stages) for line, cells in lines)
    known = {*FIELDS, *stages}
    unused = [column.name for column in columns if column.name and column.meaning not in known | frozenset(OUTPUT_ONLY)]
    scale = next(_pain_scale(column.name, where) for column in columns if column.meaning == "pain")
    return RowsOfFile(rows, frozenset(column.meaning for column in columns) & {*stages}, tuple(unused), scale)


def _delimiter(text: str, stages: Collection[str]) -> str:
    """The one that parts the header into the most names of columns."""
    known = {*FIELDS, *stages}
    for line in io.StringIO(text, newline=""):
        named = _DELIMITER_NAMED.fullmatch(line.strip())
        if named:
            return named[1]
        if line.strip() and not line.startswith("#"):
            names = {mark: line.split(mark) for mark in _DELIMITERS}
            return max(names, key=lambda mark: sum(_meaning(name.strip(' "\r\n')) in known for name in names[mark]))
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
            f"{file}, line {begun}: {problem}.",
            "A quoted cell ends with a quotation mark; one inside it is written twice.",
        ) from None


def _is_remark(line: str) -> bool:
    return line.startswith("#") or _DELIMITER_NAMED.fullmatch(line) is not None


def _meaning(name: str) -> str:
    """What a column's name means: a field, a stage, or the plain name itself."""
    return field_named(name) or stage_named(name)


def _columns(header: Sequence[str], where: str, stages: Collection[str]) -> tuple[_Column, ...]:
    columns = tuple(_Column(_meaning(name), name.strip()) for name in header)
    known = {*FIELDS, *stages}
    for column in columns:
        same = [other.name for other in columns if other.meaning == column.meaning]
        if column.meaning in known and len(same) > 1:
            raise UsageError(
                f"{where}: two columns mean “{column.meaning}”: {' and '.join(same)}.", "Keep one of them."
            )
        meant = None if column.meaning in known | {*OUTPUT_ONLY} else nearest(column.meaning, known)
        if meant:
            raise UsageError(
                f"{where}: there is no column “{column.name}”; did you mean “{meant}”?",
                remedies=("column",),
            )
    meanings = {column.meaning for column in columns}
    missing = [f"“{field}”" for field in FIELDS if field not in meanings]
    if missing:
        raise UsageError(f"{where}: the first line names no column {' or '.join(missing)}.", _EXAMPLE)
    return columns


def _pain_scale(name: str, where: str) -> Decimal | None:
    """The scale that the column of pain names: 5 for `pain (0-5)`."""
    scale = _SCALE.search(name)
    if scale is None:
        return None
    if int(scale[1]):
        raise UsageError(
            f"{where}: the scale of “{name}” does not begin at 0.", "Shift it: a scale of 1-5 is one of 0-4."
        )
    return pain_scale_in(scale[2], f"{where}, {name}")


def _row(line: int, cells: Sequence[str], columns: Sequence[_Column], stages: Collection[str]) -> Row:
    names = {column.meaning: column.name for column in columns}
    if len(cells) < len(columns) or any(cell.strip() for cell in cells[len(columns) :]):
        why = f"has {len(cells)} cells, and the header {len(columns)}: look for a decimal comma or a quotation mark"
        return Row(line, {}, {}, {}, names, broken=why)
    by_meaning = {column.meaning: cell.strip() for column, cell in zip(columns, cells, strict=False)}
    fields = {field: by_meaning[field] for field in FIELDS}
    return Row(line, fields, {stage: by_meaning[stage] for stage in stages if stage in by_meaning}, {}, names)
