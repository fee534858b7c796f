"""PowerPoint files are read slide by slide: text, tables, charts and notes, nothing apart from what it measures."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from pptx import Presentation
from pptx.chart.data import BubbleChartData, CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from aidx_assistant.errors import ReadingError
from aidx_assistant.evidence import Locator
from aidx_assistant.reading import deck_pictures, ocr
from aidx_assistant.reading.chart_values import as_shown
from aidx_assistant.reading.deck import read_deck
from aidx_assistant.reading.document import Document, ReadingOptions
from aidx_assistant.reading.pictured_page import PicturedPage
from aidx_assistant.reading.placed_text import PlacedText
from tests.fakes.pictures import slide_picture
from tests.unit.test_reading_pdf import picture_of_text

needs_ocr = pytest.mark.skipif(not ocr.is_available(), reason="the extra ocr (rapidocr) is not installed")

AREA = (Inches(1), Inches(2), Inches(6), Inches(3))


def read(deck: Any) -> Document:
    file = io.BytesIO()
    deck.save(file)
    return read_deck(file.getvalue(), "deck.pptx", ReadingOptions())


def slide_titled(deck: Any, title: str) -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = title
    return slide


def said(document: Document, slide: int = 0) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in document.parts[slide].blocks]


def values_of(kind: XL_CHART_TYPE, data: Any) -> list[str]:
    """What is told of a chart without a title."""
    deck = Presentation()
    slide_titled(deck, "Chart").shapes.add_chart(kind, *AREA, data).chart.has_title = False
    return [text for of_kind, text in said(read(deck)) if of_kind == "value"]


def text_at(slide: Any, left: float, top: float, text: str) -> None:
    slide.shapes.add_textbox(Inches(left), Inches(top), Inches(3), Inches(0.5)).text_frame.text = text


def test_text_is_read_from_the_top_and_the_left_under_the_slides_title() -> None:
    deck = Presentation()
    slide = slide_titled(deck, "Budgets outpace\vIT spending")
    text_at(slide, 5, 3, "second")
    text_at(slide, 1, 4, "third")
    text_at(slide, 1, 3, "first")
    slide.notes_slide.notes_text_frame.text = "Say that n = 400."

    document = read(deck)

    assert document.parts[0].locator == Locator("slide", 1, "Budgets outpace IT spending")
    assert [text for _, text in said(document)] == [
        "Budgets outpace IT spending",
        "first",
        "second",
        "third",
        "Notes: Say that n = 400.",
    ]


def test_grouped_shapes_stay_together() -> None:
    deck = Presentation()
    slide = slide_titled(deck, "Title")
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(Inches(5), Inches(2), Inches(2), Inches(1)).text_frame.text = "46%"
    group.shapes.add_textbox(Inches(5), Inches(4), Inches(2), Inches(1)).text_frame.text = "of providers"
    text_at(slide, 1, 3, "beside")

    assert [text for _, text in said(read(deck))][1:] == ["46% of providers", "beside"]


def test_a_table_keeps_its_headers() -> None:
    deck = Presentation()
    table = slide_titled(deck, "Stages").shapes.add_table(3, 3, *AREA).table
    rows = [("Segment", "In production", "In pilot"), ("Providers", "30%", "46%"), ("Payers", "22%", "")]
    for number, row in enumerate(rows):
        for position, cell in enumerate(row):
            table.cell(number, position).text = cell

    assert said(read(deck))[1:] == [
        ("row", "Segment: Providers; In production: 30%; In pilot: 46%"),
        ("row", "Segment: Payers; In production: 22%"),
    ]


def test_a_chart_gives_each_value_with_title_series_category_and_format() -> None:
    deck = Presentation()
    data = CategoryChartData(number_format="0%")
    data.categories = ["Providers", "Payers"]
    data.add_series("2024", (0.3, None))
    data.add_series("2025", (0.46, 0.39))
    chart = slide_titled(deck, "Budgets").shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *AREA, data).chart
    chart.has_title = True
    chart.chart_title.text_frame.text = "AI budget share"

    assert said(read(deck))[1:] == [
        ("value", "AI budget share: 2024, Providers: 30%"),
        ("value", "AI budget share: 2025, Providers: 46%"),
        ("value", "AI budget share: 2025, Payers: 39%"),
    ]


@pytest.mark.parametrize(
    "kind",
    [XL_CHART_TYPE.LINE_MARKERS, XL_CHART_TYPE.DOUGHNUT, XL_CHART_TYPE.BAR_CLUSTERED, XL_CHART_TYPE.AREA_STACKED],
)
def test_charts_of_all_kinds_give_their_series_and_categories(kind: XL_CHART_TYPE) -> None:
    data = CategoryChartData(number_format="0.0%;(0.0%)")
    data.categories = ["Growth", "Margin"]
    data.add_series("2024", (-0.034, 0.12))
    assert values_of(kind, data) == ["2024, Growth: -3.4%", "2024, Margin: 12.0%"]


def test_categories_of_several_levels_are_told_from_the_upper_one() -> None:
    data = CategoryChartData()
    providers = data.add_category("Providers")
    providers.add_sub_category("Large")
    providers.add_sub_category("Small")
    data.add_category("Payers").add_sub_category("All")
    data.add_series("2024", (10, -20, 30))
    told = values_of(XL_CHART_TYPE.BAR_CLUSTERED, data)
    assert told == ["2024, Providers, Large: 10", "2024, Providers, Small: -20", "2024, Payers, All: 30"]


@pytest.mark.parametrize(
    ("number_format", "told"),
    [("yyyy-mm-dd", "1 April 2025"), ("mmm\\ yy", "April 2025"), ("yyyy", "2025"), ("0", "45748.0")],
)
def test_days_are_told_as_far_as_the_chart_shows_them(number_format: str, told: str) -> None:
    data = CategoryChartData()
    data.categories = [date(2025, 4, 1)]
    data.categories.number_format = number_format
    data.add_series("Budget", (5,))
    assert values_of(XL_CHART_TYPE.LINE, data) == [f"Budget, {told}: 5"]


def test_values_without_a_format_have_that_of_their_axis() -> None:
    deck = Presentation()
    data = CategoryChartData()
    data.categories = ["Providers"]
    data.add_series("2024", (0.46,))
    chart = slide_titled(deck, "Budgets").shapes.add_chart(XL_CHART_TYPE.LINE, *AREA, data).chart
    chart.value_axis.tick_labels.number_format = "0%"
    chart.value_axis.tick_labels.number_format_is_linked = False
    assert [text for _, text in said(read(deck))][1:] == ["2024, Providers: 46%"]


def test_a_chart_of_points_is_read() -> None:
    points = XyChartData()
    points.add_series("Spend").add_data_point(2, 12.5)
    assert values_of(XL_CHART_TYPE.XY_SCATTER, points) == ["Spend, at 2: 12.5"]
    bubbles = BubbleChartData()
    bubbles.add_series("Spend").add_data_point(2, -12.5, 7)
    assert values_of(XL_CHART_TYPE.BUBBLE, bubbles) == ["Spend, at 2, size 7: -12.5"]


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (0.46, "0%", "46%"),
        (0.4567, "0.0%", "45.7%"),
        (1234567, "#,##0", "1,234,567"),
        (1.4, '"$"0.0"B"', "$1.4B"),
        (1400000, '$0.0,,"M"', "$1.4M"),
        (-3, "0;(0)", "-3"),
        (12, "[$€-407]#,##0", "€12"),
        (46, r"0\%", "46%"),
        (46, '0"%"', "46%"),
        (46, r"0\ \p\t\s", "46 pts"),
        (7.25, "General", "7.25"),
        (45000, "yyyy-mm-dd", "45000"),
    ],
)
def test_numbers_are_written_as_the_chart_shows_them(value: float, number_format: str, shown: str) -> None:
    assert as_shown(value, number_format) == shown


def test_merged_headers_stand_over_all_their_columns() -> None:
    deck = Presentation()
    table = slide_titled(deck, "Title").shapes.add_table(4, 3, *AREA).table
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(2, 0).merge(table.cell(3, 0))
    rows = [("", "Share", ""), ("Segment", "2024", "2025"), ("Payers", "7%", "9%"), ("", "6%", "8%")]
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            if text:
                table.cell(number, column).text = text

    assert [text for _, text in said(read(deck))][1:] == [
        "Segment: Payers; Share 2024: 7%; Share 2025: 9%",
        "Segment: Payers; Share 2024: 6%; Share 2025: 8%",
    ]


def test_a_figure_goes_with_its_label_where_a_group_is_moved_and_scaled() -> None:
    deck = Presentation()
    slide = slide_titled(deck, "Title")
    for number, (figure, label) in enumerate((("46%", "of providers"), ("39%", "of payers"))):
        group = slide.shapes.add_group_shape()
        for top, text in ((0, figure), (1, label)):
            group.shapes.add_textbox(Inches(1), Inches(top), Inches(3), Inches(1)).text_frame.text = text
        group.left, group.top, group.width, group.height = Inches(1 + 4 * number), Inches(3), Inches(2), Inches(1)

    assert said(read(deck))[1:] == [("value", "46% of providers"), ("value", "39% of payers")]


def test_a_figure_without_a_label_is_named_as_such() -> None:
    deck = Presentation()
    slide = slide_titled(deck, "Title")
    text_at(slide, 1, 3, "46%")

    assert said(read(deck))[1:] == [("caption", "Figures whose label could not be told: 46%.")]


def test_footers_that_are_text_boxes_are_left_out() -> None:
    deck = Presentation()
    for number in range(1, 4):
        slide = slide_titled(deck, f"Title {number}")
        text_at(slide, 1, 3, f"Text {number}")
        text_at(slide, 1, 7, f"Confidential | {number}")

    assert [[text for _, text in said(read(deck), number)][1:] for number in range(3)] == [
        ["Text 1"],
        ["Text 2"],
        ["Text 3"],
    ]


def test_a_pie_that_shows_shares_is_told_in_shares() -> None:
    deck = Presentation()
    data = CategoryChartData()
    data.categories = ["Yes", "No"]
    data.add_series("Would try again", (11, 9))
    chart = slide_titled(deck, "Title").shapes.add_chart(XL_CHART_TYPE.PIE, *AREA, data).chart
    chart.plots[0].has_data_labels = True
    chart.plots[0].data_labels.show_percentage = True
    chart.plots[0].data_labels.show_value = False

    assert [text.rpartition(": ")[2] for _, text in said(read(deck))[1:]] == ["55%", "45%"]


def test_labels_of_all_series_have_the_number_format_of_the_chart() -> None:
    deck = Presentation()
    data = CategoryChartData()
    data.categories = ["2025"]
    data.add_series("Providers", (46,))
    chart = slide_titled(deck, "Title").shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *AREA, data).chart
    chart.plots[0].has_data_labels = True
    chart.plots[0].data_labels.number_format = '0"%"'
    chart.plots[0].data_labels.number_format_is_linked = False

    assert said(read(deck))[1][1].endswith(": 46%")


def test_pictures_are_told_by_their_alt_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    deck = Presentation()
    file = io.BytesIO()
    picture_of_text("x").save(file, "PNG")
    picture = slide_titled(deck, "Title").shapes.add_picture(file, Inches(1), Inches(1))
    picture._element.nvPicPr.cNvPr.set("descr", "Bar chart: 46% of providers")

    assert said(read(deck))[1:] == [("caption", "Bar chart: 46% of providers")]
    picture._element.nvPicPr.cNvPr.set("descr", "chart-final.png")
    assert said(read(deck)) == [("text", "Title")]


def pictured_deck(*lines: str) -> Any:
    """A slide of words, and one that is a picture of these lines."""
    deck = Presentation()
    slide_titled(deck, "Published · April 15, 2025")
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    slide.shapes.add_picture(io.BytesIO(slide_picture(*lines)), 0, 0, width=deck.slide_width)
    slide.notes_slide.notes_text_frame.text = "Say that n = 400."
    return deck


def test_a_slide_that_is_a_picture_is_told_where_nothing_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    document = read(pictured_deck("Trials"))
    assert document.remarks[0].startswith("Slide 2 shows a picture that has not been read (1 of 2).")
    assert "pip install" in document.remarks[0] and document.parts[1].read == "yes"
    assert said(document, 1) == [("text", "Notes: Say that n = 400.")]


def test_a_slide_that_is_a_picture_is_handed_on() -> None:
    file = io.BytesIO()
    pictured_deck("Trials").save(file)
    document = read_deck(file.getvalue(), "deck.pptx", ReadingOptions(pictures_apart=True))
    assert [bool(part.pixels) for part in document.parts] == [False, True] and document.parts[1].read == "no"


@needs_ocr
@pytest.mark.slow
def test_a_slide_that_is_a_picture_is_read() -> None:
    document = read(pictured_deck("Trials of robots", "13% reach a ward"))
    assert document.parts[1].read == "by OCR"
    assert "13% reach a ward" in " ".join(text for _, text in said(document, 1))
    assert said(document, 1)[-1] == ("text", "Notes: Say that n = 400.")


def mixed_deck(slides: int = 1) -> Any:
    """Slides with a line of text, each with the same large picture beside it."""
    deck = Presentation()
    for number in range(slides):
        slide = slide_titled(deck, f"What the hospitals on page {number} say of it")
        box = slide.shapes.add_textbox(Inches(1), Inches(1.5), Inches(6), Inches(0.5))
        box.text_frame.text = "They bought three robots and wait for the fourth."
        picture = io.BytesIO(slide_picture("Trials of robots", "13% reach a ward"))
        slide.shapes.add_picture(
            picture, deck.slide_width // 3, deck.slide_height // 3, width=deck.slide_width // 3 * 2
        )
    return deck


def test_a_large_picture_beside_text_is_read_apart_from_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_available", lambda: True)
    line = PlacedText("13% reach a ward", 0, 0, 100, 10, 10)
    monkeypatch.setattr(deck_pictures, "read_pictured_page", lambda _: PicturedPage([line], [], ()))
    text, picture = read(mixed_deck()).parts
    assert (text.read, picture.read) == ("yes", "by OCR") and text.locator == picture.locator
    assert [block.text for block in picture.blocks] == ["13% reach a ward"]
    assert [part.read for part in read(mixed_deck(slides=2)).parts] == ["yes", "yes"]


@needs_ocr
@pytest.mark.slow
def test_words_of_a_large_picture_beside_text_are_its_own() -> None:
    document = read(mixed_deck())
    assert [part.read for part in document.parts] == ["yes", "by OCR"]
    assert "13% reach a ward" in " ".join(text for _, text in said(document, 1))


def test_the_date_is_that_on_the_first_slide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    document = read(pictured_deck("Trials"))
    assert document.date == "2025-04-15" and "Its date, 2025-04-15, is the one on its first slide." in document.remarks


def test_hidden_slides_are_told() -> None:
    deck = Presentation()
    slide_titled(deck, "Shown")
    slide_titled(deck, "Hidden")._element.set("show", "0")

    document = read(deck)

    assert "Slide 2 is hidden in the deck." in document.remarks
    assert document.parts[1].locator.heading == "Hidden"


def test_a_damaged_or_empty_deck_is_one_sentence() -> None:
    file = io.BytesIO()
    Presentation().save(file)
    for content, reason in (
        (file.getvalue(), "no text"),
        (file.getvalue()[:2000], "damaged"),
        (b"PK\x03\x04" + bytes(100), "damaged"),
    ):
        with pytest.raises(ReadingError, match=reason):
            read_deck(content, "deck.pptx", ReadingOptions())


@pytest.mark.parametrize(
    ("member", "reason"),
    [("word/document.xml", "Word document"), ("xl/workbook.xml", "Excel workbook"), ("a.md", "ZIP archive")],
)
def test_another_archive_is_called_what_it_is(member: str, reason: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(member, "text")

    with pytest.raises(ReadingError, match=reason):
        read_deck(file.getvalue(), "memo.docx", ReadingOptions())


def test_a_bomb_is_refused_before_it_is_opened() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ppt/slides/slide1.xml", bytes(30_000_000))

    with pytest.raises(ReadingError, match="would unpack to 30 MB"):
        read_deck(file.getvalue(), "deck.pptx", ReadingOptions())
