"""A picture as a data URL, made anew from what was decoded: nothing of the file that it came from goes with it."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST_SIDE = 1568
"""Pixels. Anthropic's guide to vision names it as the size that is not made smaller before a model sees it."""
MOST_PICTURES = 200
"""Of one file."""
_LARGEST = 600_000
"""Bytes of a PNG; a photograph or scan that has more goes as JPEG."""


def data_url(picture: Image) -> str:
    """The picture in RGB, made smaller where a side is longer than `LONGEST_SIDE`."""
    shown = picture.copy()
    shown.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    medium, content = "png", _saved(shown, "PNG")
    if len(content) > _LARGEST:
        medium, content = "jpeg", _saved(shown, "JPEG", quality=90)
    return f"data:image/{medium};base64,{base64.b64encode(content).decode('ascii')}"


def _saved(picture: Image, kind: str, **options: int) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()
