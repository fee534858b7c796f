"""Reads the text of pictures with rapidocr, the extra `ocr`: its models come with it, and nothing is downloaded."""

from __future__ import annotations

import importlib.util
import os
import re
from dataclasses import dataclass, replace
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
_HIGH = 1.5
"""Times its width that a line of text is high, at most."""
_APART = 1.0
"""Ems between two letters from which they are of two labels, though read as one word."""
_MISREAD_AI = re.compile(r"\b(Gen)?Al\b")


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """The lines of a picture, in pixels; and those that could not be read surely, as they were guessed."""

    lines: tuple[PlacedText, ...]
    unsure: tuple[str, ...]
    words: tuple[tuple[PlacedText, ...], ...] = ()
    """Those of each line, where its letters are: a box of a line may reach beyond them, or over several labels."""


def is_available() -> bool:
    """Whether the extra is installed."""
    return importlib.util.find_spec("rapidocr") is not None


def demand() -> None:
    """Raises ReadingError where the extra is not installed."""
    if not is_available():
        raise ReadingError("It is a picture, and what reads pictures is not installed.", HOW_TO_GET)


def read_lines(picture: Image) -> ReadPicture:
    """Reads a picture in RGB. A line with a score under .9 is tried again as an enlarged crop, and is else unsure.

    So is what has figures but the shape of several lines. Raises ReadingError where the extra is not installed.
    """
    lines = []
    words = []
    unsure = []
    crops = 0
    for found in _recognised(picture):
        placed = _placed(found.box, found.text)
        own = _words(found, placed)
        if _is_across_lines(placed):
            unsure.append(found.text)
            continue
        if found.score < _SURE:
            crops += 1
            again = _read_alone(picture, placed) if crops <= _MOST_CROPS else None
            if again is None:
                unsure.append(found.text)
                continue
            placed = _placed(found.box, again)
            own = (placed,)
        lines.append(placed)
        words.append(own)
    return ReadPicture(tuple(lines), tuple(unsure), tuple(words))


def _is_across_lines(line: PlacedText) -> bool:
    """Whether it has figures and is much higher than wide: what stands apart, taken for one line by the model."""
    is_high = line.bottom - line.top > _HIGH * (line.right - line.left)
    return is_high and len(line.text) > 2 and any(map(str.isdigit, line.text))


def _words(found: _Recognised, line: PlacedText) -> tuple[PlacedText, ...]:
    """The words of a line by the places of their letters; the whole line where these are not known."""
    words: list[PlacedText] = []
    letters = iter(found.letters)
    for word in found.text.split():
        start = None
        for expected in word:
            letter = next(letters, None)
            if letter is None or letter[0] != expected:
                return (line,)
            _, left, right = letter
            if start is None or left - words[-1].right > _APART * line.size:
                words.append(replace(line, text="", left=left, right=right))
                start = left
            words[-1] = replace(words[-1], text=words[-1].text + expected, right=right)
    return tuple(replace(word, text=_mended(word.text)) for word in words) or (line,)


def _placed(box: Any, text: str) -> PlacedText:
    left, top = (float(low) for low in box.min(axis=0))
    right, bottom = (float(high) for high in box.max(axis=0))
    size = _LETTERS * min(bottom - top, right - left)
    return PlacedText(_mended(text), left, top, right, bottom, max(size, 1.0))


def _mended(text: str) -> str:
    """Reads `Al`, a word by itself, as `AI`: the letters look the same, and the models take the name."""
    return _MISREAD_AI.sub(lambda found: f"{found[1] or ''}AI", " ".join(text.split()))


def _read_alone(picture: Image, line: PlacedText) -> str | None:
    """What an enlarged crop around a line says within the line; None where that is not sure."""
    margin = 0.4 * (line.bottom - line.top)
    left, top = max(0, round(line.left - margin)), max(0, round(line.top - margin))
    right, bottom = min(picture.width, round(line.right + margin)), min(picture.height, round(line.bottom + margin))
    if left >= right or top >= bottom:
        return None
    crop = picture.crop((left, top, right, bottom))
    times = max(1.0, _CROP_HEIGHT / crop.height)
    found = _recognised(crop.resize((round(crop.width * times), round(crop.height * times))))
    found = [one for one in found if _is_within(one, (left, top), times, line)]
    found.sort(key=lambda one: float(one.box.min(axis=0)[0]))
    if not found or min(one.score for one in found) < _SURE:
        return None
    return " ".join(one.text for one in found)


def _is_within(found: _Recognised, corner: tuple[int, int], times: float, line: PlacedText) -> bool:
    """Whether the middle of what a crop says, from this corner on and enlarged so many times, is within a line."""
    across, down = (corner[axis] + float(found.box[:, axis].mean()) / times for axis in (0, 1))
    return line.left <= across <= line.right and line.top <= down <= line.bottom


@dataclass(frozen=True, slots=True)
class _Recognised:
    box: Any
    """Its four corners, in pixels."""
    text: str
    score: float
    letters: tuple[tuple[str, float, float], ...]
    """Each with its left and right end."""


def _recognised(picture: Image) -> list[_Recognised]:
    import numpy as np

    output = _engine()(np.asarray(picture)[:, :, ::-1])
    if output.boxes is None or output.txts is None:
        return []
    letters = getattr(output, "word_results", None) or ((),) * len(output.txts)
    return [
        _Recognised(box, text, float(score), tuple(map(_letter, own)))
        for box, text, score, own in zip(output.boxes, output.txts, output.scores, letters, strict=True)
        if text.strip()
    ]


def _letter(found: Any) -> tuple[str, float, float]:
    letter, _, corners = found
    across = [float(x) for x, _ in corners]
    return str(letter), min(across), max(across)


@lru_cache(maxsize=1)
def _engine() -> Any:
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    demand()
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.text_score": _LEAST,
            "Global.return_word_box": True,
            "Global.return_single_char_box": True,
        }
    )
