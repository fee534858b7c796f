"""Charts drawn for tests, into a PDF or a picture. Lengths in points or pixels from the top left."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from tests.fakes.pdfs import SLIDE, pdf

Colour = tuple[int, int, int]
Anchor = Literal["left", "middle", "right"]
BLUE, RED, GREEN = (51, 102, 204), (204, 78, 50), (128, 179, 77)


class Pen(Protocol):
    """What a chart is drawn with."""

    def box(self, left: float, top: float, right: float, bottom: float, colour: Colour) -> None: ...

    def say(self, x: float, base: float, text: str, anchor: Anchor = "middle", size: float = 12) -> None: ...


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of several series. `shown` are the figures, by series and category, where they are not the values."""

    series: dict[str, tuple[float, ...]]
    categories: tuple[str, ...]
    colours: tuple[Colour, ...] = (BLUE, RED, GREEN)
    lying: bool = False
    stacked: bool = False
    legend: Literal["below", "beside", "none"] = "below"
    shown: dict[tuple[str, str], str] | None = None

    def figures(self) -> Iterator[tuple[str, str, str]]:
        """Series, category and figure of each bar."""
        for name, values in self.series.items():
            for category, value in zip(self.categories, values, strict=True):
                yield name, category, (self.shown or {}).get((name, category), f"{value:g}%")

    def told(self) -> set[str]:
        """As they are read."""
        return {f"{name}, {category}: {figure}" for name, category, figure in self.figures()}


def draw(pen: Pen, chart: Chart, left: float, top: float, right: float, bottom: float, size: float = 12) -> None:
    """Draws a chart into this area, its categories and legend at the edges of it."""
    left, bottom = left + (10 * size if chart.lying else 0), bottom - 5 * size
    right -= 12 * size if chart.legend == "beside" else 0
    together = list(zip(*chart.series.values(), strict=True))
    highest = max(map(sum if chart.stacked else max, together))
    slot = ((bottom - top) if chart.lying else (right - left)) / len(chart.categories)
    scale = ((right - left) if chart.lying else (bottom - top)) * 0.9 / highest
    wide = 0.7 * slot / (1 if chart.stacked else len(chart.series))
    begun = dict.fromkeys(chart.categories, 0.0)
    for number, ((name, values), colour) in enumerate(zip(chart.series.items(), chart.colours, strict=False)):
        for place, (category, value) in enumerate(zip(chart.categories, values, strict=True)):
            side = place * slot + 0.15 * slot + (0 if chart.stacked else number * wide)
            start, end = begun[category] * scale, (begun[category] + value) * scale
            begun[category] += value if chart.stacked else 0
            figure = next(text for one, other, text in chart.figures() if (one, other) == (name, category))
            at = (start + end) / 2 if chart.stacked else end
            if chart.lying:
                pen.box(left + start, top + side, left + end, top + side + wide, colour)
                x = left + at if chart.stacked else left + at + 0.3 * size
                pen.say(x, top + side + wide / 2 + 0.35 * size, figure, "middle" if chart.stacked else "left", size)
            else:
                pen.box(left + side, bottom - end, left + side + wide, bottom - start, colour)
                base = bottom - at + (0.35 if chart.stacked else -0.3) * size
                pen.say(left + side + wide / 2, base, figure, "middle", size)
    for place, category in enumerate(chart.categories):
        if chart.lying:
            pen.say(left - 0.5 * size, top + (place + 0.5) * slot + 0.35 * size, category, "right", size)
        else:
            pen.say(left + (place + 0.5) * slot, bottom + 1.3 * size, category, "middle", size)
    if chart.legend != "none":
        _draw_legend(pen, chart, (left, top, right, bottom), size)


def _draw_legend(pen: Pen, chart: Chart, area: tuple[float, float, float, float], size: float) -> None:
    left, top, right, bottom = area
    x, base = (left, bottom + 3.5 * size) if chart.legend == "below" else (right + size, top + 3 * size)
    for name, colour in zip(chart.series, chart.colours, strict=False):
        pen.box(x, base - 0.75 * size, x + 0.75 * size, base, colour)
        pen.say(x + 1.2 * size, base, name, "left", size)
        if chart.legend == "below":
            x += (3 + 0.6 * len(name)) * size
        else:
            base += 1.6 * size


class _PdfPen:
    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas

    def box(self, left: float, top: float, right: float, bottom: float, colour: Colour) -> None:
        self.canvas.setFillColor(Color(*(part / 255 for part in colour)))
        self.canvas.rect(left, SLIDE[1] - bottom, right - left, bottom - top, stroke=0, fill=1)

    def say(self, x: float, base: float, text: str, anchor: Anchor = "middle", size: float = 12) -> None:
        self.canvas.setFillColor(Color(0, 0, 0))
        self.canvas.setFont("Helvetica", size)
        width = self.canvas.stringWidth(text, "Helvetica", size)
        self.canvas.drawString(x - {"left": 0, "middle": width / 2, "right": width}[anchor], SLIDE[1] - base, text)


class _PicturePen:
    def __init__(self, drawing: ImageDraw.ImageDraw) -> None:
        self.drawing = drawing

    def box(self, left: float, top: float, right: float, bottom: float, colour: Colour) -> None:
        self.drawing.rectangle((round(left), round(top), round(right) - 1, round(bottom) - 1), fill=colour)

    def say(self, x: float, base: float, text: str, anchor: Anchor = "middle", size: float = 12) -> None:
        font = ImageFont.load_default(round(size))
        at = {"left": "ls", "middle": "ms", "right": "rs"}[anchor]
        self.drawing.text((x, base), text, fill="black", font=font, anchor=at)


def slide_pdf(*drawn: Callable[[Pen], None]) -> bytes:
    """A PDF with one slide, 960 by 540 points."""
    return pdf(lambda canvas: [one(_PdfPen(canvas)) for one in drawn] and None, size=SLIDE)


def slide_image(*drawn: Callable[[Pen], None], size: tuple[int, int] = (1600, 900), kind: str = "PNG") -> bytes:
    """A picture of a slide."""
    picture = Image.new("RGB", size, "white")
    for one in drawn:
        one(_PicturePen(ImageDraw.Draw(picture)))
    file = io.BytesIO()
    picture.save(file, kind)
    return file.getvalue()


def titled(title: str, size: float = 28) -> Callable[[Pen], None]:
    """Draws a title at the top."""
    return lambda pen: pen.say(40, 50 if size < 40 else 80, title, "left", size)


def charted(chart: Chart, area: Sequence[float] = (40, 100, 920, 500), size: float = 12) -> Callable[[Pen], None]:
    """Draws a chart; `area` is left, top, right and bottom."""
    return lambda pen: draw(pen, chart, area[0], area[1], area[2], area[3], size)
