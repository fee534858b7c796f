"""Has LibreOffice, run as `soffice`, write the files beside it: a deck that is drawn here, and the two texts.

`python -m tests.libreoffice.make`
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.util import Inches, Pt

TITLE_SLIDE, TITLE_AND_TEXT, TWO_TEXTS, TITLE_ONLY = 0, 1, 3, 5


def titled(deck: Any, layout: int, title: str) -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[layout])
    slide.shapes.title.text = title
    return slide


def listed(frame: Any, first: str, *items: tuple[str, int]) -> None:
    frame.text = first
    for text, level in items:
        paragraph = frame.add_paragraph()
        paragraph.text, paragraph.level = text, level


def chart(slide: Any, kind: Any, area: tuple[Any, ...], categories: list[str], **series: tuple[float, ...]) -> Any:
    data = CategoryChartData()
    data.categories = categories
    for name, values in series.items():
        data.add_series(name.replace("_", " "), values)
    drawn = slide.shapes.add_chart(kind, *map(Inches, area), data).chart
    drawn.plots[0].has_data_labels = True
    return drawn


def in_percent(drawn: Any) -> None:
    labels = drawn.plots[0].data_labels
    labels.show_value, labels.number_format, labels.number_format_is_linked = True, '0"%"', False


def text_slides(deck: Any) -> None:
    slide = titled(deck, TITLE_SLIDE, "Robots in hospital pharmacies")
    slide.placeholders[1].text = "A survey of 214 pharmacy directors\nMarch 2026"
    slide = titled(deck, TITLE_AND_TEXT, "Three findings stand out")
    listed(
        slide.placeholders[1].text_frame,
        "62% of large hospitals let robots sort pills",
        ("Only 17% let robots carry them to the wards", 1),
        ("Payers fund 9% of the pilots", 0),
        (
            "Budgets grew by $1.4M on average between 2024 and 2026, which is more than directors had planned for when "
            "the survey began two years before",
            0,
        ),
    )
    slide.notes_slide.notes_text_frame.text = "Say that n = 214 and that margins of error are 5 points."
    slide = titled(deck, TITLE_ONLY, "Robots bought and leased, by segment")
    rows = (
        ("Segment", "Robots bought", "Robots leased"),
        ("Providers", "41%", "12%"),
        ("Payers", "7%", "3%"),
        ("Pharma companies", "55%", "21%"),
    )
    table = slide.shapes.add_table(4, 3, Inches(1), Inches(1.8), Inches(9), Inches(3)).table
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            table.cell(number, column).text = cell


def drawn_slides(deck: Any) -> None:
    slide = titled(deck, TITLE_ONLY, "Share of hospitals with robots, by year")
    columns = chart(
        slide,
        XL_CHART_TYPE.COLUMN_CLUSTERED,
        (1, 1.6, 10, 5),
        ["2023", "2024", "2025", "2026"],
        Large_hospitals=(12, 25, 44, 62),
        Small_hospitals=(3, 6, 11, 18),
    )
    in_percent(columns)
    columns.has_legend = True
    columns.legend.position, columns.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    slide = titled(deck, TITLE_ONLY, "What directors say of three vendors")
    for number, (figure, who) in enumerate((("46%", "Acme"), ("31%", "Bolt"), ("8%", "Cog"))):
        group = slide.shapes.add_group_shape()
        for top, size, text in ((2.2, 54, figure), (3.3, 18, f"of directors would buy from {who} again")):
            box = group.shapes.add_textbox(Inches(1 + 4 * number), Inches(top), Inches(3.4), Inches(1)).text_frame
            box.word_wrap, box.text = True, text
            box.paragraphs[0].runs[0].font.size = Pt(size)
    slide = titled(deck, TWO_TEXTS, "Buyers and sellers see it differently")
    listed(
        slide.placeholders[1].text_frame,
        "Buyers",
        ("Want proof before they pay", 1),
        ("Expect 12 months to a contract", 1),
    )
    listed(
        slide.placeholders[2].text_frame,
        "Sellers",
        ("Want pilots that are paid", 1),
        ("Expect 6 months to a contract", 1),
    )
    slide = titled(deck, TITLE_ONLY, "Where pilots end")
    categories = ["Security", "Integration", "Budget", "Accuracy"]
    bars = chart(
        slide,
        XL_CHART_TYPE.BAR_CLUSTERED,
        (1, 1.6, 5.5, 4.5),
        categories,
        Share_of_failed_pilots=(38, 29, 20, 13),
    )
    in_percent(bars)
    bars.has_legend = False
    answers = ["Yes", "No", "Unsure"]
    pie = chart(slide, XL_CHART_TYPE.PIE, (7, 1.6, 5.5, 4.5), answers, Would_try_again=(0.55, 0.3, 0.15))
    labels = pie.plots[0].data_labels
    labels.show_percentage, labels.show_category_name, labels.show_value = True, True, False


def convert(file: Path, to: str, folder: Path) -> Path:
    subprocess.run(["soffice", "--headless", "--convert-to", to, "--outdir", folder, file], check=True)
    return folder / f"{file.stem}.{to}"


def main() -> None:
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    text_slides(deck)
    drawn_slides(deck)
    for number, slide in enumerate(deck.slides, 1):
        box = slide.shapes.add_textbox(Inches(0.5), Inches(7.05), Inches(8), Inches(0.3)).text_frame
        box.text = f"Robot Survey 2026 | Confidential | {number}"
        box.paragraphs[0].runs[0].font.size = Pt(9)
    deck.core_properties.title, deck.core_properties.author = "Robots in hospital pharmacies", "Jane Doe"
    here = Path(__file__).parent
    for text in ("columns.fodt", "narrow_table.html"):
        convert(here / text, "pdf", here)
    with tempfile.TemporaryDirectory() as folder:
        drawn = Path(folder) / "deck.pptx"
        deck.save(str(drawn))
        convert(drawn, "pdf", here)
        convert(convert(drawn, "odp", Path(folder)), "pptx", here)


if __name__ == "__main__":
    main()
