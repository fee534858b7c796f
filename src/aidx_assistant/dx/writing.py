"""Writes jobs as the files that are read again, and scores as a table for spreadsheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import tomlkit

from aidx_assistant.dx.index import DxIndex
from aidx_assistant.dx.jobs import PAIN_SCALE, STAGES, Job
from aidx_assistant.dx.quadrants import Split
from aidx_assistant.dx.weights import shown

_FORMULA = re.compile(r"'*[=+\-@]")


def jobs_as_csv(jobs: Iterable[Job], stages: Sequence[str] = STAGES, pain_scale: Decimal = PAIN_SCALE) -> str:
    """RFC 4180: a row for each job below a header; `stages` are the columns for counts."""
    header = ["name", *_scale_names(pain_scale), *map(key, stages)]
    return _table(header, [_cells(job, stages) for job in jobs])


def index_as_csv(index: DxIndex) -> str:
    """The scored jobs in their order; thresholds and weights stand in every row.

    The table can be read as a file of jobs again.
    """
    stages = index.weights.stages
    header = [
        "number", "name", "opportunity", "adoption", "quadrant", *_scale_names(index.pain_scale),
        *map(key, stages), "split", "weights",
    ]  # fmt: skip
    by_what = [split_as_text(index.split), f"{index.weights.origin}: {index.weights.listed}"]
    rows = []
    for scored in index.jobs:
        name, *numbers = _cells(scored.job, stages)
        adoption = "" if scored.adoption is None else str(scored.adoption)
        scores = [str(scored.opportunity), adoption, scored.quadrant or ""]
        rows.append([str(scored.number), name, *scores, *numbers, *by_what])
    return _table(header, rows)


def jobs_as_toml(
    jobs: Iterable[Job],
    weights: Mapping[str, Decimal] | None = None,
    split: Split | None = None,
    pain_scale: Decimal | None = None,
) -> str:
    """A file of jobs that says how to score them, as far as it is given."""
    document = tomlkit.document()
    if pain_scale is not None:
        document["pain_scale"] = _number(pain_scale)
    if split is not None:
        one = split.opportunity == split.adoption
        document["split"] = _number(split.adoption) if one else split_as_text(split)
    if weights:
        document["weights"] = {key(stage): _number(weight) for stage, weight in weights.items()}
    listed = tomlkit.aot()
    for job in jobs:
        table = tomlkit.table()
        table["name"] = job.name
        table["pain"] = _number(job.pain)
        table["manual"] = _number(job.manual)
        if job.counts:
            stages = tomlkit.inline_table()
            stages.update({key(stage): count for stage, count in job.counts})
            table["stages"] = stages
        listed.append(table)
    document["jobs"] = listed
    return tomlkit.dumps(document)


def split_as_text(split: Split) -> str:
    """`50`, or `60/40` for opportunity and adoption."""
    both = (shown(split.opportunity), shown(split.adoption))
    return both[0] if both[0] == both[1] else "/".join(both)


def _cells(job: Job, stages: Sequence[str]) -> list[str]:
    counts = dict(job.counts)
    return [_safe(job.name), shown(job.pain), shown(job.manual), *(str(counts.get(stage, 0)) for stage in stages)]


def _safe(name: str) -> str:
    """A name that a spreadsheet does not run as a formula."""
    return f"'{name}" if _FORMULA.match(name) else name


def _scale_names(pain_scale: Decimal) -> tuple[str, str]:
    return f"pain (0-{shown(pain_scale)})", "manual (%)"


def key(stage: str) -> str:
    """A stage as the name of a column or key: `proof_of_concept`."""
    return stage.replace(" ", "_")


def _number(number: Decimal) -> int | float | str:
    """As a number where that keeps every digit, else as text, which is read as well."""
    if number == int(number):
        return int(number)
    return float(number) if Decimal(repr(float(number))) == number else shown(number)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(header)
    writer.writerows(rows)
    return table.getvalue()
