"""Reads the text of pictures with rapidocr, the extra `ocr`: its models come with it, and nothing is downloaded."""

from __future__ import annotations

import importlib.util
import os
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from aidx_assistant.errors import ReadingError
from aidx_assistant.reading.placed_text import PlacedText

if TYPE_CHECKING:
    from PIL.Image import Image

HOW_TO_GET = "Install what reads pictures: pip install 'aidx-assistant[ocr]'"
_SURE = 0.9
"""Score from which a line is taken as read. Below it a headline was seen turned into noise."""
_LEAST = 0.3
"""Score below which a line is a pattern, and no text."""
_CROP_HEIGHT = 96
"""Pixels that a line is enlarged to when it is tried again."""
_MOST_CROPS = 40
_LETTERS = 0.75
"""Share of a line's box that is the size of its letters."""
_MISREAD_AI = re.compile(r"\b(Gen)?Al\b")


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """The lines of a picture, in pixels; and those that could not be read surely, as they were guessed."""

    lines: tuple[PlacedText, ...]
    unsure: tuple[str, ...]


def is_available() -> bool:
    """Whether the extra is installed."""
    return importlib.util.find_spec("rapidocr") is not None


def read_lines(picture: Image) -> ReadPicture:
    """Reads a picture in RGB. A line with a score under .9 is tried again as an enlarged crop, and is else unsure.

    Raises ReadingError where the extra is not installed.
    """
    lines = []
    unsure = []
    crops = 0
    for box, text, score in _recognised(picture):
        placed = _placed(box, text)
        if score < _SURE:
            crops += 1
            again = _read_alone(picture, placed) if crops <= _MOST_CROPS else None
            if again is None:
                unsure.append(text)
                continue
            placed = _placed(box, again)
        lines.append(placed)
    return ReadPicture(tuple(lines), tuple(unsure))


def _placed(box: Any, text: str) -> PlacedText:
    left, top = (float(low) for low in box.min(axis=0))
    right, bottom = (float(high) for high in box.max(axis=0))
    size = _LETTERS * min(bottom - top, right - left)
    return PlacedText(_mended(text), left, top, right, bottom, max(size, 1.0))


def _mended(text: str) -> str:
    """Reads `Al`, a word by itself, as `AI`: the letters look the same, and the models take the name."""
    return _MISREAD_AI.sub(lambda found: f"{found[1] or ''}AI", " ".join(text.split()))


def _read_alone(picture: Image, line: PlacedText) -> str | None:
    margin = 0.4 * (line.bottom - line.top)
    crop = picture.crop(
        (
            max(0, round(line.left - margin)),
            max(0, round(line.top - margin)),
            min(picture.width, round(line.right + margin)),
            min(picture.height, round(line.bottom + margin)),
        )
    )
    if not crop.width or not crop.height:
        return None
    times = max(1.0, _CROP_HEIGHT / crop.height)
    found = _recognised(crop.resize((round(crop.width * times), round(crop.height * times))))
    found.sort(key=lambda one: float(one[0].min(axis=0)[0]))
    if not found or min(score for _, _, score in found) < _SURE:
        return None
    return " ".join(text for _, text, _ in found)


def _recognised(picture: Image) -> list[tuple[Any, str, float]]:
    import numpy as np

    output = _engine()(np.asarray(picture)[:, :, ::-1])
    if output.boxes is None or output.txts is None:
        return []
    return [
        (box, text, float(score))
        for box, text, score in zip(output.boxes, output.txts, output.scores, strict=True)
        if text.strip()
    ]


@lru_cache(maxsize=1)
def _engine() -> Any:
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    try:
        from rapidocr import RapidOCR
    except ImportError as error:
        raise ReadingError("It is a picture, and what reads pictures is not installed.", HOW_TO_GET) from error
    return RapidOCR(params={"Global.log_level": "critical", "Global.text_score": _LEAST})
