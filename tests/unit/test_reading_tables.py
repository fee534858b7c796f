"""Tables of PDFs: headers in two rows, of years, over several lines; and what is not told where it is not sure."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from aidx_assistant.evidence import Source
from aidx_assistant.reading.document import Document, ReadingOptions
from aidx_assistant.reading.passages import read_source_of
from aidx_assistant.reading.pdf import read_pdf
from aidx_assistant.reading.rows import cells_of
from tests.fakes.pdfs import lines, pdf

UNTOLD = "Figures whose label could not be told: "
SOURCE = Source("s", "A survey", (), "", None, None, False, (), 0, "")
Cell = tuple[str, float, float]
"""Text, left edge and width of a cell."""


def written(canvas: Canvas, cells: Sequence[Cell], base: float, align: str, size: float = 10) -> None:
    canvas.setFont("Helvetica", size)
    for text, left, width in cells:
        free = width - 8 - stringWidth(text, "Helvetica", size)
        canvas.drawString(left + 4 + {"left": 0, "middle": free / 2, "right": free}[align], base, text)


def table(*rows: tuple[Sequence[Cell], str], pitch: float = 24, below: str = "") -> Document:
    """A page with these rows of cells, each with its alignment; under them perhaps a line."""

    def page(canvas: Canvas) -> None:
        for number, (cells, align) in enumerate(rows):
            written(canvas, cells, 700 - number * pitch, align)
        lines(canvas, 60, 700 - (len(rows) + 1) * pitch, below)

    return read_pdf(pdf(page), "report.pdf", ReadingOptions())


def row(label: str, *texts: str, width: float = 80) -> list[Cell]:
    """A label, then cells of one width."""
    return [(label, 60, 140), *((text, 200 + number * width, width) for number, text in enumerate(texts) if text)]


def over(*headers: tuple[str, int], width: float = 80) -> list[Cell]:
    """Headers, each over so many columns."""
    ends = list(itertools.accumulate(count for _, count in headers))
    return [
        (text, 200 + (end - count) * width, count * width) for (text, count), end in zip(headers, ends, strict=True)
    ]


def rows_of(document: Document) -> list[str]:
    return [block.text for part in document.parts for block in part.blocks if block.kind == "row"]


LABELS = ("Claims automation", "Prior authorization", "Fraud", "Risk", "Imaging")
LEAVES = row("Use", "Bought", "Leased", "Bought", "Leased")
BODY = (row("Sorting pills", "41%", "12%", "7%", "3%"), row("Carrying trays", "9%", "–", "17%", "4%"))


@pytest.mark.parametrize("align", ["left", "middle", "right"])
@pytest.mark.parametrize("below", ["left", "right"])
def test_a_figure_carries_the_header_of_its_group_and_its_own(align: str, below: str) -> None:
    leaves = "middle" if align == "middle" else below
    groups = align if align == "middle" else below
    document = table(
        (over(("Providers", 2), ("Payers", 2)), groups), (LEAVES, leaves), *((one, below) for one in BODY),
        below="n = 214",
    )  # fmt: skip
    assert rows_of(document) == [
        "Use: Sorting pills; Providers Bought: 41%; Providers Leased: 12%; Payers Bought: 7%; Payers Leased: 3%",
        "Use: Carrying trays; Providers Bought: 9%; Payers Bought: 17%; Payers Leased: 4%",
    ]
    found = {(one.value, one.measure, one.segment) for one in read_source_of(document, SOURCE).findings}
    assert {
        ("41%", "Providers Bought: Sorting pills", "provider"),
        ("4%", "Payers Leased: Carrying trays", "payer"),
    } <= found
    assert [block.text for block in document.parts[0].blocks if block.kind == "text"] == ["n = 214"]


def test_what_stands_over_the_headers_is_not_lost() -> None:
    document = table(
        ([("In percent", 320, 80)], "left"), (over(("Providers", 2), ("Payers", 2)), "middle"), (LEAVES, "middle"),
        *((one, "middle") for one in BODY),
    )  # fmt: skip
    assert [block.kind for block in document.parts[0].blocks] == ["text", "row", "row"]
    assert document.parts[0].blocks[0].text == "In percent"


def test_a_header_of_its_own_beside_a_group_is_of_its_column_only() -> None:
    body = (row("Sorting pills", "41%", "12%", "53%"), row("Carrying trays", "9%", "2%", "11%"))
    document = table(
        (over(("Large hospitals", 2), ("Total", 1)), "middle"),
        (row("Use", "Bought", "Leased"), "middle"),
        *((one, "middle") for one in body),
    )
    assert rows_of(document)[0] == (
        "Use: Sorting pills; Large hospitals Bought: 41%; Large hospitals Leased: 12%; Total: 53%"
    )


def test_years_under_groups_and_alone_are_headers() -> None:
    years = row("Use", "2024", "2025", "2024", "2025")
    grouped = table((over(("Providers", 2), ("Payers", 2)), "middle"), (years, "middle"), *((b, "left") for b in BODY))
    assert rows_of(grouped)[1] == "Use: Carrying trays; Providers 2024: 9%; Payers 2024: 17%; Payers 2025: 4%"
    alone = table(
        (row("Use", "2024", "2025"), "right"), (row("Pills", "4%", "7%"), "right"), (row("Trays", "1%", "2%"), "right")
    )
    assert rows_of(alone) == ["Use: Pills; 2024: 4%; 2025: 7%", "Use: Trays; 2024: 1%; 2025: 2%"]


def test_a_header_on_two_lines_is_one() -> None:
    document = table(
        (row("", "Large", "Small", ""), "left"), (row("Use", "hospitals", "hospitals", "Payers"), "left"),
        (row("Pills", "41%", "12%", "7%"), "left"), (row("Trays", "9%", "2%", "1%"), "left"),
        pitch=12,
    )  # fmt: skip
    assert rows_of(document)[0] == "Use: Pills; Large hospitals: 41%; Small hospitals: 12%; Payers: 7%"


def test_figures_that_only_an_unclear_header_tells_apart_are_no_findings() -> None:
    document = table(
        ([("Providers", 250, 80), ("Payers", 330, 80)], "left"),  # over no columns surely
        (LEAVES, "left"),
        *((one, "right") for one in BODY),
    )
    texts = [block.text for block in document.parts[0].blocks]
    assert f"{UNTOLD}Sorting pills; 41%; 12%; 7%; 3%." in texts
    assert read_source_of(document, SOURCE).findings == ()
    assert "Use; Bought; Leased; Bought; Leased" in texts
    headless = table(*((one, "right") for one in BODY))
    assert read_source_of(headless, SOURCE).findings == ()


def test_no_figure_of_any_table_gets_the_header_of_another_column() -> None:
    """Tables of all shapes and alignments: whatever is told is told rightly."""
    told = 0
    for seed in range(120):
        chance = random.Random(seed)
        sizes = [chance.choice((2, 3)), chance.choice((1, 2, 3))][: chance.choice((1, 2, 2))]
        groups = chance.sample(("Providers", "Payers", "Pharma"), len(sizes))
        leaves = [leaf for size in sizes for leaf in chance.sample(("2023", "Yes", "Bought", "Share"), size)]
        below, width = chance.choice(("left", "middle", "right")), chance.choice((54, 60))
        above = chance.choice((below, "middle"))
        values = [[f"{chance.randint(1, 99)}%" for _ in leaves] for _ in range(3)]
        document = table(
            (over(*zip(groups, sizes, strict=True), width=width), chance.choice((above, "middle"))),
            (row("Use", *leaves, width=width), above),
            *((row(f"Ward {name}", *line, width=width), below) for name, line in zip("ABC", values, strict=True)),
            pitch=chance.choice((16, 20, 28)),
        )
        heads = [group for group, size in zip(groups, sizes, strict=True) for _ in range(size)]
        headers = [f"{group} {leaf}" for group, leaf in zip(heads, leaves, strict=True)]
        for name, line in zip("ABC", values, strict=True):
            (text,) = (one for one in rows_of(document) if f"Ward {name}" in one)
            cells = {(header, value) for header, _, value in (one.rpartition(": ") for one in text.split("; "))}
            right = set(zip(headers, line, strict=True))
            assert {cell for cell in cells if cell[0].startswith(tuple(groups))} <= right, (seed, text)
            told += right <= cells
    assert told > 250


def narrow(*rows: Sequence[str], pads: float = 3, aligns: Sequence[str] = (), heads: Sequence[str] = ()) -> Document:
    """A table as narrow as its widest cells allow, with so many points at both sides of a cell."""
    widths = [max(stringWidth(one[n], "Helvetica", 10) for one in rows) + 2 * pads for n in range(len(rows[0]))]
    ends = list(itertools.accumulate(widths, initial=60.0))

    def page(canvas: Canvas) -> None:
        for number, cells in enumerate(rows):
            for n, text in enumerate(cells):
                align = ((heads if not number else aligns) or ["left"] * len(cells))[n]
                written(canvas, [(text, ends[n] + pads - 4, widths[n] - 2 * pads + 8)], 700 - number * 18, align)

    return read_pdf(pdf(page), "report.pdf", ReadingOptions())


def test_narrow_columns_are_told_apart_where_figures_stand_side_by_side() -> None:
    heads = ("Use case", "Ideation", "Pilot", "Production")
    document = narrow(heads, ("Claims", "12%", "27%", "61%"), ("Fraud", "15%", "32%", "53%"))
    assert rows_of(document) == [
        "Use case: Claims; Ideation: 12%; Pilot: 27%; Production: 61%",
        "Use case: Fraud; Ideation: 15%; Pilot: 32%; Production: 53%",
    ]


def test_a_figure_under_two_headers_that_run_together_is_no_finding() -> None:
    body = (("Claims", "27%", ""), ("Fraud", "", "53%"), ("Risk", "36%", ""))
    right = ("left", "right", "right")
    document = narrow(("Use case", "Pilot", "Production"), *body, aligns=right, heads=right)
    assert f"{UNTOLD}Fraud; 53%." in rows_of(document)
    assert read_source_of(document, SOURCE).findings == ()


def test_no_figure_of_a_narrow_table_gets_the_header_of_another_column() -> None:
    """Nor that of a row above; cells may be empty, and the columns aligned in any way."""
    told = 0
    for seed in range(150):
        chance = random.Random(seed)
        heads = chance.sample(
            ("Ideation", "Pilot", "In production", "POC", "All", "Share of pilots"), chance.choice((2, 3, 4))
        )
        labels = chance.sample(LABELS, chance.choice((2, 4)))
        figures = ("", "n/a", "–", *(f"{chance.randint(1, 999)}" for _ in range(4)), "4%", "9%", "15%", "41%", "77%")
        body = [(label, *(chance.choice(figures) for _ in heads)) for label in labels]
        aligns = ["left", *(chance.choice(("left", "middle", "right")) for _ in heads)]
        above = chance.choice((aligns, ["left"] * len(aligns), ["right"] * len(aligns)))
        document = narrow(("Use case", *heads), *body, pads=chance.uniform(2, 8), aligns=aligns, heads=above)
        right = {(cells[0], *cell) for cells in body for cell in zip(heads, cells[1:], strict=True)}
        for text in rows_of(document):
            (_, label, _), *cells = cells_of(text) or [("", "", 0)]
            if label not in labels:  # told to be untold, or the headers above such
                continue
            of_figures = {(label, header, value) for header, value, _ in cells if any(map(str.isdigit, value))}
            assert of_figures <= right, (seed, text)
            told += len(of_figures)
    assert told > 500
