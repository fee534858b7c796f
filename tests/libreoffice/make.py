"""Has LibreOffice, run as `soffice`, write the files beside it: two decks that are drawn here, and the texts.

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
from pptx.enum.text import PP_ALIGN
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


def with_legend(drawn: Any, where: Any) -> None:
    in_percent(drawn)
    drawn.has_legend = True
    drawn.legend.position, drawn.legend.include_in_layout = where, False


def series_slides(deck: Any) -> None:
    """Charts of several series."""
    uses = ["Sorting pills", "Carrying trays", "Counting stock"]
    three = {"Providers": (46, 30, 12), "Payers": (21, 18, 9), "Pharma_companies": (58, 44, 31)}
    for title, kind, where in (
        ("Columns of three series", XL_CHART_TYPE.COLUMN_CLUSTERED, XL_LEGEND_POSITION.RIGHT),
        ("Bars of three series", XL_CHART_TYPE.BAR_CLUSTERED, XL_LEGEND_POSITION.TOP),
        ("Stacked columns", XL_CHART_TYPE.COLUMN_STACKED, XL_LEGEND_POSITION.BOTTOM),
        ("Bars of equal length", XL_CHART_TYPE.BAR_STACKED_100, XL_LEGEND_POSITION.BOTTOM),
        ("Lines", XL_CHART_TYPE.LINE_MARKERS, XL_LEGEND_POSITION.BOTTOM),
    ):
        drawn = chart(titled(deck, TITLE_ONLY, title), kind, (1, 1.6, 11, 5), uses, **three)
        with_legend(drawn, where)
        drawn.value_axis.visible = drawn.value_axis.has_major_gridlines = False
    drawn = chart(titled(deck, TITLE_ONLY, "No legend"), XL_CHART_TYPE.BAR_CLUSTERED, (1, 1.6, 11, 5), uses, **three)
    in_percent(drawn)
    drawn.has_legend = False
    slide = titled(deck, TITLE_ONLY, "Two charts with legends of their own")
    bought, asked = {"Bought": (41, 12, 7), "Leased": (9, 30, 22)}, {"Nurses": (5, 15, 25), "Doctors": (8, 2, 33)}
    for left, categories, series in ((0.5, uses, bought), (6.8, ["2023", "2024", "2025"], asked)):
        drawn = chart(slide, XL_CHART_TYPE.COLUMN_CLUSTERED, (left, 1.6, 6, 5), categories, **series)
        with_legend(drawn, XL_LEGEND_POSITION.BOTTOM)


def table_slides(deck: Any) -> None:
    """Tables with two rows of headers."""
    years = (("Use of robots", "2024", "", "2025", ""), ("", *["Providers", "Payers"] * 2))
    body = (("Sorting pills", "46%", "12%", "58%", "19%"), ("Carrying trays", "9%", "2%", "17%", "4%"))
    total = (("Use of robots", "Large hospitals asked", "", "Total"), ("", "Bought", "Leased", ""))
    sums = (("Sorting pills", "46%", "12%", "58%"), ("Carrying trays", "9%", "2%", "11%"))
    over = ((0, 0, 1, 0), (0, 1, 0, 2))
    for title, rows, merged, align in (
        ("Headers at the left", (*years, *body), (*over, (0, 3, 0, 4)), PP_ALIGN.LEFT),
        ("Headers in the middle", (*years, *body), (*over, (0, 3, 0, 4)), PP_ALIGN.CENTER),
        ("A total beside a group", (*total, *sums), (*over, (0, 3, 1, 3)), PP_ALIGN.CENTER),
    ):
        area = map(Inches, (1, 1.8, 11, 2.5))
        table = titled(deck, TITLE_ONLY, title).shapes.add_table(len(rows), len(rows[0]), *area).table
        for top, left, bottom, right in merged:
            table.cell(top, left).merge(table.cell(bottom, right))
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                if text:
                    table.cell(number, column).text = text
                    if number < 2:
                        table.cell(number, column).text_frame.paragraphs[0].alignment = align


def convert(file: Path, to: str, folder: Path) -> Path:
    subprocess.run(["soffice", "--headless", "--convert-to", to, "--outdir", folder, file], check=True)
    return folder / f"{file.stem}.{to}"


def wide_deck() -> Any:
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    return deck


def main() -> None:
    deck = wide_deck()
    text_slides(deck)
    drawn_slides(deck)
    for number, slide in enumerate(deck.slides, 1):
        box = slide.shapes.add_textbox(Inches(0.5), Inches(7.05), Inches(8), Inches(0.3)).text_frame
        box.text = f"Robot Survey 2026 | Confidential | {number}"
        box.paragraphs[0].runs[0].font.size = Pt(9)
    deck.core_properties.title, deck.core_properties.author = "Robots in hospital pharmacies", "Jane Doe"
    here = Path(__file__).parent
    for text in ("columns.fodt", "narrow_table.html", "grouped_table.html"):
        convert(here / text, "pdf", here)
    with tempfile.TemporaryDirectory() as folder:
        drawn = Path(folder) / "deck.pptx"
        deck.save(str(drawn))
        convert(drawn, "pdf", here)
        convert(convert(drawn, "odp", Path(folder)), "pptx", here)
        grouped = wide_deck()
        series_slides(grouped)
        table_slides(grouped)
        grouped.save(str(Path(folder) / "grouped.pptx"))
        convert(Path(folder) / "grouped.pptx", "pdf", here)


if __name__ == "__main__":
    main()
