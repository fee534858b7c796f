"""Charts of several series: values at bars are told with series and category where colours show them, or not at all."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from PIL import Image

from aidx_assistant.evidence import Source
from aidx_assistant.reading import ocr
from aidx_assistant.reading.document import Document, ReadingOptions
from aidx_assistant.reading.passages import read_source_of
from aidx_assistant.reading.pdf import read_pdf
from aidx_assistant.reading.picture import read_picture
from aidx_assistant.reading.picture_boxes import boxes_in, without_boxes
from tests.fakes.charts import BLUE, GREEN, RED, Chart, Pen, charted, slide_image, slide_pdf, titled

needs_ocr = pytest.mark.skipif(not ocr.is_available(), reason="the extra ocr (rapidocr) is not installed")
SOURCE = Source("s", "A survey", (), "", None, None, False, (), 0, "")
UNTOLD = "Figures whose label could not be told: "
TWO = Chart({"Providers": (46, 30, 12), "Payers": (21, 18, 9)}, ("Sorting pills", "Carrying trays", "Counting stock"))
SHAPES = [TWO, replace(TWO, lying=True), replace(TWO, stacked=True), replace(TWO, lying=True, stacked=True)]
IDS = ["columns", "bars", "stacked columns", "stacked bars"]
LEFT, RIGHT = (30, 100, 450, 500), (500, 100, 930, 500)


def slide(*drawn: Callable[[Pen], None]) -> Document:
    return read_pdf(slide_pdf(titled("Robots in hospital pharmacies"), *drawn), "report.pdf", ReadingOptions())


def texts(document: Document, *kinds: str) -> list[str]:
    return [block.text for part in document.parts for block in part.blocks if not kinds or block.kind in kinds]


def findings(document: Document) -> dict[str | None, str]:
    return {one.value: one.measure for one in read_source_of(document, SOURCE).findings}


@pytest.mark.parametrize("legend", ["below", "beside"])
@pytest.mark.parametrize("chart", SHAPES, ids=IDS)
def test_a_value_is_told_with_its_series_and_its_category(chart: Chart, legend: str) -> None:
    document = slide(charted(replace(chart, legend=legend)))  # type: ignore[arg-type]
    assert texts(document)[0] == "Robots in hospital pharmacies"
    assert set(texts(document)[1:]) == chart.told()
    assert findings(document)["46%"] == "Robots in hospital pharmacies: Providers, Sorting pills"


@pytest.mark.parametrize("legend", ["below", "beside"])
def test_series_may_be_years(legend: str) -> None:
    years = replace(TWO, series={"2024": (46, 30, 12), "2025": (21, 18, 9)}, legend=legend)  # type: ignore[arg-type]
    document = slide(charted(years))
    assert set(texts(document)[1:]) == years.told()
    assert findings(document)["46%"] == "Robots in hospital pharmacies: 2024, Sorting pills"


def test_one_value_is_wrong_for_its_bar_and_is_not_told() -> None:
    shown = {("Providers", "Sorting pills"): "12%", ("Providers", "Counting stock"): "46%"}  # swapped
    document = slide(charted(replace(TWO, shown=shown)))
    assert set(texts(document, "value")) == {one for one in TWO.told() if "46%" not in one and "12%" not in one}
    assert findings(document).keys() == {"30%", "21%", "18%", "9%"}
    assert any(one.startswith(UNTOLD) and "46%" in one and "12%" in one for one in texts(document, "caption"))


@pytest.mark.parametrize("chart", SHAPES, ids=IDS)
def test_without_a_legend_nothing_is_told(chart: Chart) -> None:
    document = slide(charted(replace(chart, legend="none")))
    assert texts(document, "value", "row") == []
    assert findings(document) == {}
    assert {"Sorting pills", "Carrying trays", "Counting stock"} <= set(texts(document))


def test_totals_over_stacks_are_of_no_series() -> None:
    def totals(pen: Pen) -> None:
        for place, total in enumerate((67, 48, 21)):
            pen.say(40 + (place + 0.5) * 880 / 3, 440 - total * 340 * 0.9 / 67 - 4, f"{total}%")

    document = slide(charted(replace(TWO, stacked=True)), totals)
    assert set(texts(document, "value")) == TWO.told()
    assert findings(document).keys() == {"46%", "30%", "12%", "21%", "18%", "9%"}


def test_charts_side_by_side_have_the_names_of_their_own_legends() -> None:
    other = Chart({"Nurses": (5, 15), "Doctors": (8, 2)}, ("2024", "2025"))
    document = slide(charted(TWO, LEFT), charted(other, RIGHT))
    assert set(texts(document, "value")) == TWO.told() | other.told()
    permuted = replace(other, colours=(RED, BLUE))
    assert set(texts(slide(charted(TWO, LEFT), charted(permuted, RIGHT)), "value")) == TWO.told() | other.told()


def test_a_chart_without_a_legend_is_not_told_by_that_of_another_one() -> None:
    other = Chart({"Nurses": (5, 15), "Doctors": (8, 2)}, ("2024", "2025"), legend="none")
    told = texts(slide(charted(TWO, LEFT), charted(other, RIGHT)), "value")
    assert set(told) <= TWO.told()
    lying = replace(other, lying=True)
    assert set(texts(slide(charted(TWO, LEFT), charted(lying, RIGHT)), "value")) <= TWO.told()


def test_one_series_with_one_bar_in_another_colour_is_told_as_before() -> None:
    def bars(pen: Pen) -> None:
        values = {"Security": 38, "Integration": 29, "Budget": 20, "Accuracy": 13}
        for place, (name, value) in enumerate(values.items()):
            pen.box(100 + 200 * place, 440 - 8 * value, 180 + 200 * place, 440, GREEN if place == 1 else BLUE)
            pen.say(140 + 200 * place, 434 - 8 * value, f"{value}%")
            pen.say(140 + 200 * place, 460, name)

    document = slide(bars)
    assert set(texts(document, "value")) == {"Security: 38%", "Integration: 29%", "Budget: 20%", "Accuracy: 13%"}


def test_lying_bars_of_one_series_keep_their_names_above_a_scale() -> None:
    def bars(pen: Pen) -> None:
        for place, (name, value) in enumerate({"Triage": 34, "Reporting": 18, "Scheduling": 27}.items()):
            base = 160 + 90 * place
            pen.box(200, base, 200 + 14 * value, base + 40, BLUE)
            pen.say(190, base + 25, name, "right")
            pen.say(206 + 14 * value, base + 25, f"{value}%", "left")
        for number in range(0, 45, 5):
            pen.say(200 + 14 * number, 440, str(number))

    assert texts(slide(bars))[1:] == ["Triage: 34%", "Reporting: 18%", "Scheduling: 27%"]


def test_no_slice_of_a_pie_is_told_by_the_legend_of_all() -> None:
    def pie(pen: Pen) -> None:
        for x, base, figure in ((440, 360, "47%"), (240, 300, "20%"), (240, 440, "33%")):
            pen.say(x, base, figure)
        for number, name in enumerate(("No owner", "No integration", "No budget")):
            pen.say(500, 340 + 15 * number, name, "left")

    document = slide(pie)
    assert not findings(document) and texts(document, "caption") == [f"{UNTOLD}20%, 47%, 33%."]


def test_a_table_with_coloured_cells_is_no_chart() -> None:
    def table(pen: Pen) -> None:
        rows = ("Segment Bought Leased", "Providers 41% 12%", "Payers 7% 3%", "Pharma 5% 2%")
        pale = [(220, 230, 245), (240, 245, 250)] * 2
        for number, (row, colour) in enumerate(zip(rows, (BLUE, *pale), strict=False)):
            for column, text in enumerate(row.split()):
                left, top = 100 + 200 * column, 150 + 40 * number
                pen.box(left, top, left + 200, top + 40, colour)
                pen.say(left + 10, top + 26, text, "left")

    assert texts(slide(table), "row")[0] == "Segment: Providers; Bought: 41%; Leased: 12%"


def test_whatever_is_told_of_any_chart_is_right() -> None:
    right = 0
    for seed in range(60):
        chance = random.Random(seed)
        names = chance.sample(("Providers", "Payers", "Pharma companies", "Nurses"), chance.randint(2, 3))
        categories = chance.choice((("2023", "2024", "2025"), ("Q1", "Q2"), ("Security", "Budget", "Trust", "Cost")))
        chart = Chart(
            {name: tuple(float(chance.randint(6, 60)) for _ in categories) for name in names},
            categories,
            tuple(chance.sample((BLUE, RED, GREEN), 3)),
            lying=chance.random() < 0.5,
            stacked=chance.random() < 0.5,
            legend=chance.choice(("below", "beside", "none")),
        )
        told = set(texts(slide(charted(chart, size=chance.choice((9, 12)))), "value"))
        assert told <= chart.told(), (seed, chart)
        assert not told or chart.legend != "none"
        right += len(told)
    assert right > 200


LARGE = (80, 150, 1500, 860)


@needs_ocr
@pytest.mark.slow
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_of_a_chart_is_told_by_its_colours(kind: str) -> None:
    picture = slide_image(titled("Robots in hospitals", 56), charted(TWO, LARGE, 28), kind=kind)
    document = read_picture(picture, "slide-08.png", ReadingOptions())
    assert set(texts(document, "value")) == TWO.told()
    assert document.parts[0].locator.heading == "Robots in hospitals"
    assert findings(document).keys() == {"46%", "30%", "12%", "21%", "18%", "9%"}


@needs_ocr
@pytest.mark.slow
@pytest.mark.parametrize("chart", SHAPES[1:], ids=IDS[1:])
def test_pictures_of_other_charts_are_told_rightly_or_not(chart: Chart) -> None:
    document = read_picture(slide_image(charted(chart, LARGE, 28)), "chart.png", ReadingOptions())
    assert set(texts(document, "value")) == chart.told()


@needs_ocr
def test_boxes_are_taken_out_of_a_picture_and_what_stands_in_them_is_not() -> None:
    """Beside wide bars OCR overlooks what is written; letters lighter than their box would go with it."""

    def boxes(pen: Pen) -> None:
        pen.box(100, 100, 300, 600, BLUE)
        pen.box(400, 100, 600, 600, RED)
        pen.box(130, 300, 160, 360, (0, 0, 0))  # dark letters, by their strokes
        pen.box(430, 300, 460, 360, (255, 255, 255))

    picture = Image.open(io.BytesIO(slide_image(boxes)))
    found = boxes_in(picture)
    assert {(round(one.left), round(one.right)) for one in found if one.width > 100} == {(100, 300), (400, 600)}
    cleared = without_boxes(picture, [one for one in found if one.width > 100])
    assert [cleared.getpixel(at) for at in ((200, 350), (135, 310), (500, 350))] == [(255,) * 3, (0, 0, 0), RED]


@needs_ocr
@pytest.mark.slow
def test_of_a_picture_of_a_chart_without_a_legend_nothing_is_told() -> None:
    picture = slide_image(titled("Robots in hospitals", 56), charted(replace(TWO, legend="none"), LARGE, 28))
    document = read_picture(picture, "chart.png", ReadingOptions())
    assert texts(document, "value", "row") == [] and findings(document) == {}
    assert any(one.startswith(UNTOLD) for one in texts(document, "caption"))
