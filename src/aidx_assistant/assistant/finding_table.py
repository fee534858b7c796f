"""Findings as a table for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from aidx_assistant.evidence import Finding, Source

_COLUMNS = (
    "id", "value", "unit", "measure", "segment", "population", "time_frame", "topic", "statement", "place", "source",
    "attribution", "origin", "difference",
)  # fmt: skip


def findings_as_csv(findings: Iterable[Finding], sources: Mapping[str, Source]) -> str:
    """RFC 4180, one row for each finding below a row of names; `sources` are those of the findings, by id.

    A cell that a spreadsheet would run as a formula is quoted as text.
    """
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(_COLUMNS)
    for finding in findings:
        source = sources[finding.source_id]
        row = [
            finding.id, finding.value, finding.unit, finding.measure, finding.segment, finding.population,
            finding.time_frame, finding.topic, finding.statement, finding.locator.label, source.title,
            source.attribution, finding.origin, finding.difference,
        ]  # fmt: skip
        cells = [cell or "" for cell in row]
        writer.writerow([f"'{cell}" if cell[:1] in {"=", "+", "-", "@"} else cell for cell in cells])
    return table.getvalue()
