"""Slides of a deck that show a picture in place of text: read by OCR, or made ready for somebody else to read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aidx_assistant.errors import ReadingError
from aidx_assistant.reading import ocr
from aidx_assistant.reading.deck_shapes import PlacedShape
from aidx_assistant.reading.document import Block
from aidx_assistant.reading.numbers_named import numbers_named
from aidx_assistant.reading.page_blocks import page_blocks
from aidx_assistant.reading.picture import open_picture, unsure_remark
from aidx_assistant.reading.pictured_page import read_pictured_page
from aidx_assistant.reading.pixels import data_url

_LARGE = 0.25
"""Share of the slide from which a picture is more than a decoration."""
_FILE_NAME = re.compile(r"\S+\.(?:png|jpe?g|gif|webp|emf|wmf|svg|tiff?|bmp)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PicturedSlide:
    """What was read of a slide's picture, or its pixels where it is handed on."""

    is_read: bool = False
    heading: str | None = None
    blocks: tuple[Block, ...] = ()
    unsure: tuple[str, ...] = ()
    pixels: str = ""


def large_picture(shapes: Iterable[PlacedShape], area: float) -> bytes | None:
    """The content of the largest picture that covers much of a slide of this area, in square points; None for none."""
    largest, content = _LARGE * area, None
    for placed in shapes:
        covered = (placed.right - placed.left) * (placed.bottom - placed.top)
        if covered >= largest and (found := _content(placed)) is not None:
            largest, content = covered, found
    return content


def _content(placed: PlacedShape) -> bytes | None:
    """Of a picture that is in the file, and not somewhere else."""
    try:
        return bytes(placed.shape.image.blob)
    except (AttributeError, ValueError, KeyError):  # no picture; one that is only linked; one that is missing
        return None


def is_file_name(alt_text: str) -> bool:
    """Whether it says nothing of what a picture shows: PowerPoint puts the file's name there."""
    return _FILE_NAME.fullmatch(alt_text) is not None


def read_picture_of_slide(content: bytes, *, apart: bool) -> PicturedSlide | None:
    """Reads a slide's picture; with `apart` it is handed on. None where it is left as it is: there is no OCR."""
    if not apart and not ocr.is_available():
        return None
    try:
        picture = open_picture(content)
    except ReadingError:  # a drawing of Windows', or damaged
        return PicturedSlide()
    if apart:
        return PicturedSlide(pixels=data_url(picture))
    found = read_pictured_page(picture)
    read = page_blocks(found.lines, picture.height, charts=found.charts)
    return PicturedSlide(True, read.heading, tuple(read.blocks), found.unsure)


def told_of_pictures(unread: Sequence[int], slides: int) -> Iterable[str]:
    """What a user needs to know whose slides show pictures that have not been read."""
    if unread:
        shows = "shows a picture that has" if len(unread) == 1 else "show pictures that have"
        yield (
            f"{numbers_named('slide', unread)} {shows} not been read ({len(unread)} of {slides}). "
            f"{'Save the deck as PDF, and add that.' if ocr.is_available() else ocr.HOW_TO_GET}"
        )


def told_of_lines(number: int, unsure: Sequence[str]) -> Iterable[str]:
    """What could not be read surely of a slide's picture."""
    if unsure:
        yield unsure_remark(f"slide {number}", unsure)
