"""Findings as comma-separated values."""

from __future__ import annotations

import csv
import io

from aidx_assistant.assistant.finding_table import findings_as_csv
from aidx_assistant.evidence import Finding, Locator, Source

SOURCE = Source("s", "=A survey", (), "", None, "seen elsewhere", True, (), 0, "")


def a_finding(value: str | None, statement: str) -> Finding:
    place = Locator("section", heading="Pilots")
    return Finding("s/1", "s", statement, value, None, "share", "all", "leaders", None, "production", place, "s/p", 0)


def test_each_finding_is_a_row_with_its_source() -> None:
    text = findings_as_csv(
        [a_finding("30%", 'Of pilots, "30%", go live.'), a_finding(None, "Pilots\nstall.")], {"s": SOURCE}
    )
    first, second = csv.DictReader(io.StringIO(text, newline=""))
    assert (first["value"], first["statement"], first["place"]) == (
        "30%",
        'Of pilots, "30%", go live.',
        "section “Pilots”",
    )
    assert (second["value"], second["statement"], second["attribution"]) == ("", "Pilots\nstall.", "seen elsewhere")
    assert text.count("\r\n") == 3


def test_no_cell_is_a_formula() -> None:
    rows = csv.reader(io.StringIO(findings_as_csv([a_finding("-3%", "@now()"), a_finding("+1", "x")], {"s": SOURCE})))
    cells = [cell for row in rows for cell in row]
    assert {"'-3%", "'@now()", "'+1", "'=A survey"} <= set(cells)
    assert not any(cell[:1] in "=+-@" for cell in cells if cell)
