"""PDFs drawn for a test: what is where on the page is what the reader has to find."""

from __future__ import annotations

import io
from collections.abc import Callable

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

SLIDE = (960.0, 540.0)


def pdf(*pages: Callable[[Canvas], None], size: tuple[float, float] = A4, title: str = "", author: str = "") -> bytes:
    """A file of these pages. Lengths in points from the bottom left, as reportlab counts."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=size, invariant=True)
    canvas.setTitle(title)
    canvas.setAuthor(author)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def say(canvas: Canvas, left: float, base: float, text: str, size: float = 10, bold: bool = False) -> None:
    """Writes one line."""
    canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
    canvas.drawString(left, base, text)


def lines(canvas: Canvas, left: float, top: float, *texts: str, size: float = 10) -> None:
    """Writes lines below each other."""
    for number, text in enumerate(texts):
        say(canvas, left, top - number * 1.2 * size, text, size)
