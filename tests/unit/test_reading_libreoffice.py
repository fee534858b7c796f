"""What LibreOffice 7.4 writes: a deck as PDF and PPTX, texts as PDF. `tests/libreoffice/make.py` makes them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from aidx_assistant.evidence import Source
from aidx_assistant.reading.document import Document, ReadingOptions
from aidx_assistant.reading.formats import read_document
from aidx_assistant.reading.passages import read_source_of

FOLDER = Path(__file__).parents[1] / "libreoffice"
TABLE = [
    "Segment: Providers; Robots bought: 41%; Robots leased: 12%",
    "Segment: Payers; Robots bought: 7%; Robots leased: 3%",
    "Segment: Pharma companies; Robots bought: 55%; Robots leased: 21%",
]
CARDS = [f"{figure} of directors would buy from {who} again" for figure, who in (("46%", "Acme"), ("31%", "Bolt"))]


@pytest.fixture(scope="module", params=["deck.pdf", "deck.pptx"])
def deck(request: pytest.FixtureRequest) -> Document:
    file = FOLDER / request.param
    return read_document(file.read_bytes(), file.name, ReadingOptions())


def said(deck: Document, slide: int, *kinds: str) -> Sequence[str]:
    return [block.text for block in deck.parts[slide - 1].blocks if not kinds or block.kind in kinds]


def test_slides_have_their_titles(deck: Document) -> None:
    assert [part.locator.heading for part in deck.parts] == [
        "Robots in hospital pharmacies",
        "Three findings stand out",
        "Robots bought and leased, by segment",
        "Share of hospitals with robots, by year",
        "What directors say of three vendors",
        "Buyers and sellers see it differently",
        "Where pilots end",
    ]
    assert {part.locator.kind for part in deck.parts} == {"slide"}


def test_text_in_two_columns_is_read_column_by_column_without_losing_a_letter(deck: Document) -> None:
    assert said(deck, 6)[1:] == [
        "Buyers",
        "Want proof before they pay",
        "Expect 12 months to a contract",
        "Sellers",
        "Want pilots that are paid",
        "Expect 6 months to a contract",
    ]


def test_rows_keep_their_headers_and_cards_their_figures(deck: Document) -> None:
    assert said(deck, 3, "row") == TABLE
    assert said(deck, 5, "value")[:2] == CARDS


def test_footers_are_left_out(deck: Document) -> None:
    assert not any("Confidential" in block.text for part in deck.parts for block in part.blocks)


def test_bars_keep_their_labels(deck: Document) -> None:
    told = [text.removeprefix("Share of failed pilots: ") for text in said(deck, 7, "value")]
    assert set(told) >= {"Security: 38%", "Integration: 29%", "Budget: 20%", "Accuracy: 13%"}


def test_of_two_series_no_value_is_told_without_its_series(deck: Document) -> None:
    told = said(deck, 4, "value")
    if deck.medium == "deck":
        assert told[:2] == ["Large hospitals, 2023: 12%", "Large hospitals, 2024: 25%"]
        assert told[-1] == "Small hospitals, 2026: 18%"
    else:  # a page does not say which bar is of which series: colours do
        assert told == []
        (untold,) = said(deck, 4, "caption")
        assert untold.endswith(": 12%, 3%, 25%, 6%, 44%, 11%, 62%, 18%.")


def test_values_of_the_chart_are_findings(deck: Document) -> None:
    source = Source("robots", "Robots", (), "", None, None, True, (), 7, "")
    findings = [one for one in read_source_of(deck, source).findings if one.locator.number in (4, 7)]
    found = {(one.value, one.measure.removeprefix("Share of failed pilots: ")) for one in findings}
    assert ("38%", "Security") in found
    if deck.medium == "deck":
        assert {("12%", "Large hospitals, 2023"), ("3%", "Small hospitals, 2023")} <= found


def test_a_narrow_table_keeps_its_headers() -> None:
    """Less than a letter's width between its cells, and headers that stand in their middle."""
    (page,) = read_document((FOLDER / "narrow_table.pdf").read_bytes(), "a.pdf", ReadingOptions()).parts
    assert [block.text for block in page.blocks if block.kind != "text"] == [
        "Ward: Surgery; Robots: 14; Hours saved a week: 31",
        "Ward: Maternity; Robots: 3; Hours saved a week: 6",
    ]


def test_tables_within_columns_of_text() -> None:
    pages = read_document((FOLDER / "columns.pdf").read_bytes(), "a.pdf", ReadingOptions()).parts
    blocks = [block for page in pages for block in page.blocks]
    assert [block.text for block in blocks if block.kind == "row"][:3] == [
        "Ward: Surgery; Robots: 11; Hours saved: 33",
        "Ward: Maternity; Robots: 13; Hours saved: 19",
        "Ward: Intensive care; Robots: 30; Hours saved: 12",
    ]
    headings = [block.text for block in blocks if block.text in ("Who pays", "What fails", "Who decides")]
    assert headings == ["Who pays", "What fails", "Who decides"]
    assert not [block for block in blocks if block.kind in ("caption", "value")]
