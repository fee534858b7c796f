"""From a row of a file to a job, or to what is wrong with the row, field by field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import TypeVar

from aidx_assistant.dx.cells import CellError, count_in, name_in, number_in, share_in
from aidx_assistant.dx.jobs import Job

Value = TypeVar("Value")
_LINES_NAMED = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A job as its file has it."""

    line: int
    fields: Mapping[str, object]
    """`name`, `pain` and `manual`, where the file has them."""
    counts: Mapping[str, object]
    """By stage."""
    lines: Mapping[str, int]
    """Where fields and stages stand that are on a line of their own."""
    names: Mapping[str, str]
    """What the file calls fields and stages, where it has names of its own for them."""
    invalid: tuple[tuple[str, str], ...] = ()
    """What the reader of the file holds against the row already: field and why."""
    broken: str = ""
    """Why nothing in the row can be trusted to be what it seems, if so."""


@dataclass(frozen=True, slots=True)
class RowsOfFile:
    """What a file holds, whatever its format."""

    rows: tuple[Row, ...]
    stages: frozenset[str]
    """Stages that the file names."""
    unused: tuple[str, ...]
    """Columns or keys that mean nothing to aidx, as the file writes them."""
    pain_scale: Decimal | None = None
    """The scale of pain that a table's header names."""


@dataclass(frozen=True, slots=True)
class Invalid:
    """Why a row is not scored: `line` from 1, the field as its file calls it, and the end of a sentence about it."""

    line: int
    field: str
    why: str
    job: str = ""
    """The job's name, where the row has one that can be read."""


def jobs_in(rows: Iterable[Row], pain_scale: Decimal) -> tuple[tuple[Job, ...], tuple[Invalid, ...]]:
    """The jobs of the rows that are valid, and everything that is wrong with the others, by line.

    Where several rows name the same job none of them is one: which was meant cannot be known.
    """
    jobs: list[Job] = []
    invalid: list[Invalid] = []
    lines_by_name: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        job, faults = _job(row, pain_scale)
        invalid += faults
        if job:
            jobs.append(job)
        if row.broken:
            continue
        try:
            lines_by_name[name_in(row.fields.get("name")).casefold()].append(row)
        except CellError:
            continue
    doubled = {name: same for name, same in lines_by_name.items() if len(same) > 1}
    for same in doubled.values():
        invalid += [_doubled(row, same) for row in same]
    kept = tuple(job for job in jobs if job.name.casefold() not in doubled)
    return kept, tuple(sorted(invalid, key=lambda fault: (fault.line, fault.field, fault.why)))


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant."""
    return next(iter(get_close_matches(name, list(known), 1, 0.8)), None)


def _job(row: Row, pain_scale: Decimal) -> tuple[Job | None, list[Invalid]]:
    if row.broken:
        return None, [Invalid(row.line, "row", row.broken)]

    def fault(field: str, why: str) -> Invalid:
        return Invalid(row.lines.get(field, row.line), row.names.get(field, field), why, _name(row))

    def taken(field: str, value: object, read: Callable[[object], Value]) -> Value | None:
        try:
            return read(value)
        except CellError as error:
            faults.append(fault(field, str(error)))
            return None

    faults = [fault(field, why) for field, why in row.invalid]
    name = taken("name", row.fields.get("name"), name_in)
    pain = taken("pain", row.fields.get("pain"), lambda cell: number_in(cell, Decimal(0), pain_scale))
    manual = taken("manual", row.fields.get("manual"), share_in)
    counts = [(stage, taken(stage, cell, count_in)) for stage, cell in row.counts.items()]
    if faults or name is None or pain is None or manual is None:
        return None, faults
    return Job(name, pain, manual, tuple((stage, count) for stage, count in counts if count), row.line), []


def _doubled(row: Row, same: list[Row]) -> Invalid:
    others = [f"line {other.line}" for other in same if other is not row]
    named = ", ".join(others[:_LINES_NAMED]) + (" and more" if len(others) > _LINES_NAMED else "")
    whom = "none of them" if len(others) > 1 else "neither"
    place = row.lines.get("name", row.line)
    why = f"is the same as on {named}, so {whom} is scored"
    return Invalid(place, row.names.get("name", "name"), why, _name(row))


def _name(row: Row) -> str:
    try:
        return name_in(row.fields.get("name"))
    except CellError:
        return ""
