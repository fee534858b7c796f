"""Pictures drawn for tests."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw


def slide_picture(*lines: str, size: tuple[int, int] = (1280, 720)) -> bytes:
    """A PNG with these lines of text, one below the other."""
    picture = Image.new("RGB", size, "white")
    drawing = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        drawing.text((60, 60 + 90 * number), line, fill="black", font_size=40)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
