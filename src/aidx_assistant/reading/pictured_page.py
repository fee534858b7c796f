"""Reads a picture of a page or slide by OCR: its lines, and its charts by the colours of their bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aidx_assistant.reading import ocr
from aidx_assistant.reading.bar_charts import bar_charts
from aidx_assistant.reading.filled_boxes import FilledBox
from aidx_assistant.reading.lone_figures import LONE_FIGURE
from aidx_assistant.reading.picture_boxes import boxes_in, without_boxes
from aidx_assistant.reading.placed_text import PlacedText, around, lines_of
from aidx_assistant.reading.regions import Region, outside

if TYPE_CHECKING:
    from PIL.Image import Image

_APART = 1.1
"""Ems between two words from which they are two labels."""
_SMALLEST_KEY = 0.3
"""Ems."""


@dataclass(frozen=True, slots=True)
class PicturedPage:
    """The lines of a picture without its charts, in pixels; and what could not be read surely, as it was guessed."""

    lines: list[PlacedText]
    charts: list[Region]
    unsure: tuple[str, ...]


def read_pictured_page(picture: Image) -> PicturedPage:
    """Reads a picture in RGB. Raises ReadingError where the extra `ocr` is not installed."""
    ocr.demand()
    boxes = boxes_in(picture)
    found = ocr.read_lines(without_boxes(picture, boxes) if boxes else picture)
    labels = [label for words in found.words for label in _labels(words, boxes)]
    charts = bar_charts(labels, boxes)
    return PicturedPage(lines_of(outside(labels, charts) if charts else found.lines), charts, found.unsure)


def _labels(words: Sequence[PlacedText], boxes: Sequence[FilledBox]) -> Iterator[PlacedText]:
    """The labels of which a line is made: OCR takes those beside each other, and the keys between them, for one."""
    label: list[PlacedText] = []
    for word in words:
        if label and _begins_label(label[-1], word, boxes):
            yield around(" ".join(one.text for one in label), label)
            label = []
        label.append(word)
    yield around(" ".join(one.text for one in label), label)


def _begins_label(before: PlacedText, word: PlacedText, boxes: Sequence[FilledBox]) -> bool:
    if word.left - before.right > _APART * word.size:
        return True
    if LONE_FIGURE.fullmatch(before.text) and LONE_FIGURE.fullmatch(word.text):
        return True
    em = word.size
    return any(
        before.right - 0.3 * em <= box.left
        and box.right <= word.left + 0.3 * em
        and word.top <= box.down <= word.bottom
        and min(box.width, box.height) >= _SMALLEST_KEY * em
        for box in boxes
    )
