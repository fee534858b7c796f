"""Rows of CSV files carry their headers, and their figures become findings that do."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidx_assistant.errors import ReadingError
from aidx_assistant.evidence import Source
from aidx_assistant.reading.document import Document, ReadingOptions
from aidx_assistant.reading.formats import medium_of, read_document
from aidx_assistant.reading.passages import read_source_of

ROWS = [["Use", "Small hospitals", "Large hospitals"], ["Triage", "34%", "€120,000"], ["Notes; dictated", "", "9%"]]
SAID = ["Use: Triage; Small hospitals: 34%; Large hospitals: €120,000", "Use: Notes, dictated; Large hospitals: 9%"]


def read(text: str, name: str = "prices.csv", encoding: str = "utf-8") -> Document:
    return read_document(text.encode(encoding), name, ReadingOptions())


def written(rows: list[list[str]], delimiter: str = ",") -> str:
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue()


def texts(document: Document) -> list[str]:
    return [block.text for part in document.parts for block in part.blocks]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_row_carries_its_headers(delimiter: str, encoding: str) -> None:
    document = read(written(ROWS, delimiter), "prices.csv", encoding)
    assert (document.medium, texts(document)) == ("table", SAID)


def test_its_figures_are_findings_under_the_title_above_the_headers() -> None:
    document = read("What hospitals pay\n\n" + written(ROWS))
    found = read_source_of(document, Source("s", "S", (), "", None, None, False, (), 0, "")).findings
    assert document.title == "What hospitals pay"
    assert (found[0].value, found[0].measure) == ("34%", "What hospitals pay: Small hospitals: Triage")
    assert found[0].segment == "provider"


def test_years_are_headers_and_figures_are_none() -> None:
    assert texts(read("Use,2024,2025\nTriage,7%,9%\n")) == ["Use: Triage; 2024: 7%; 2025: 9%"]
    assert read("Triage,7%,9%\nNotes,3%,4%\n").medium == "text"


def test_prose_in_a_file_called_csv_is_text() -> None:
    assert texts(read("Hospitals wait, and payers do.\n")) == ["Hospitals wait, and payers do."]


def test_a_cell_beyond_all_measure_is_told() -> None:
    with pytest.raises(ReadingError, match="The table is damaged"):
        read('Use,Share\nTriage,"' + "x" * 200_000 + '"\n')


def test_folders_are_searched_for_tables() -> None:
    assert medium_of(b"Use,Share\n", "prices.TSV") == "table"


_CELL = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=12)


@given(st.lists(st.lists(_CELL, max_size=5), max_size=8))
def test_any_table_is_read_or_told_of(rows: list[list[str]]) -> None:
    try:
        document = read(written(rows))
    except ReadingError:
        return
    assert all(text.strip() for text in texts(document))
