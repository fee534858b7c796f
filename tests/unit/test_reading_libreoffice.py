"""What LibreOffice 7.4 writes: a deck as PDF and PPTX, texts as PDF. `tests/libreoffice/make.py` makes them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from aidx_assistant.evidence import Source
from aidx_assistant.reading.document import Document, ReadingOptions
from aidx_assistant.reading.formats import read_document
from aidx_assistant.reading.passages import read_source_of

SOURCE = Source("robots", "Robots", (), "", None, None, True, (), 7, "")
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


def test_of_two_series_every_value_is_told_with_its_series(deck: Document) -> None:
    """A deck says which value is of which series; a page shows it by the colour of the bar under the value."""
    told = said(deck, 4, "value")
    assert told[:2] == ["Large hospitals, 2023: 12%", "Large hospitals, 2024: 25%"]
    assert len(told) == 8 and told[-1] == "Small hospitals, 2026: 18%"
    assert said(deck, 4, "caption") == []


def test_values_of_the_chart_are_findings(deck: Document) -> None:
    findings = [one for one in read_source_of(deck, SOURCE).findings if one.locator.number in (4, 7)]
    found = {(one.value, one.measure.replace("Share of failed pilots: ", "Where pilots end: ")) for one in findings}
    of_years = "Share of hospitals with robots, by year"
    assert {
        ("38%", "Where pilots end: Security"),
        ("12%", f"{of_years}: Large hospitals, 2023"),
        ("3%", f"{of_years}: Small hospitals, 2023"),
    } <= found


@pytest.fixture(scope="module")
def grouped() -> Document:
    """Charts of several series, tables under two rows of headers."""
    return read_document((FOLDER / "grouped.pdf").read_bytes(), "grouped.pdf", ReadingOptions())


USES = ("Sorting pills", "Carrying trays", "Counting stock")
OF_SERIES = {
    f"{series}, {use}: {value}%"
    for series, values in (("Providers", (46, 30, 12)), ("Payers", (21, 18, 9)), ("Pharma companies", (58, 44, 31)))
    for use, value in zip(USES, values, strict=True)
}


@pytest.mark.parametrize("slide", [1, 2, 3, 4], ids=["columns", "bars", "stacked columns", "bars of equal length"])
def test_of_three_series_every_value_is_told_by_the_colour_of_its_bar(grouped: Document, slide: int) -> None:
    assert set(said(grouped, slide, "value")) == OF_SERIES
    assert said(grouped, slide, "caption") == []
    assert len(said(grouped, slide)) == len(OF_SERIES) + 1  # and the title


@pytest.mark.parametrize("slide", [5, 6], ids=["lines", "no legend"])
def test_values_that_no_colour_gives_a_series_are_no_findings(grouped: Document, slide: int) -> None:
    (untold,) = said(grouped, slide, "caption", "value", "row")
    assert untold.startswith("Figures whose label could not be told: ")
    assert set(untold.rpartition(": ")[2].strip(".").split(", ")) == {one.rpartition(" ")[2] for one in OF_SERIES}
    assert [one for one in read_source_of(grouped, SOURCE).findings if one.locator.number == slide] == []


def test_each_of_two_charts_has_the_series_of_its_own_legend(grouped: Document) -> None:
    told = said(grouped, 7, "value")
    assert len(told) == 12
    assert {"Bought, Sorting pills: 41%", "Leased, Counting stock: 22%"} <= set(told)
    assert {"Nurses, 2023: 5%", "Doctors, 2025: 33%"} <= set(told)


ROW = "Use of robots: Sorting pills; 2024 Providers: 46%; 2024 Payers: 12%; 2025 Providers: 58%; 2025 Payers: 19%"


def test_headers_over_several_columns_are_carried_by_every_figure(grouped: Document) -> None:
    assert said(grouped, 8, "row")[0] == said(grouped, 9, "row")[0] == ROW
    group = "Large hospitals asked"
    assert said(grouped, 10, "row") == [
        f"Use of robots: Sorting pills; {group} Bought: 46%; {group} Leased: 12%; Total: 58%",
        f"Use of robots: Carrying trays; {group} Bought: 9%; {group} Leased: 2%; Total: 11%",
    ]
    (page,) = read_document((FOLDER / "grouped_table.pdf").read_bytes(), "a.pdf", ReadingOptions()).parts
    assert [block.text for block in page.blocks if block.kind == "row"][0] == ROW


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
