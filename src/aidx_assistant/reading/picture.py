"""Reads a picture of a slide or chart, PNG, JPEG or WebP, by OCR; or makes it ready for somebody else to read."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

from aidx_assistant.errors import ReadingError
from aidx_assistant.evidence import Locator
from aidx_assistant.reading.document import Document, Part, ReadingOptions
from aidx_assistant.reading.page_blocks import page_blocks
from aidx_assistant.reading.pictured_page import read_pictured_page
from aidx_assistant.reading.pixels import data_url

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 60_000_000
"""Of a picture that is read: more than any slide or scan has."""
_SMALL = 1_000
"""Pixels of the longer side below which a picture is read at twice its size."""
_SLIDE_NAME = re.compile(r"slide[\s_.-]*0*(\d{1,4})(?!\d)", re.IGNORECASE)


def read_picture(content: bytes, name: str, options: ReadingOptions) -> Document:
    """Reads a picture's lines in the order in which a person would, under its largest line at the top.

    A name like `slide-08.png` says which slide it is. What is not read surely is told in the remarks and nowhere
    else. Raises ReadingError where it is no sound picture, has too many pixels or no text, or OCR is not installed.
    """
    picture = open_picture(content)
    slide = _SLIDE_NAME.search(name)
    if options.pictures_apart:
        place = Locator("slide", int(slide[1])) if slide else Locator("picture")
        part = Part(place, (), "no", options.fetched_from or name, data_url(picture))
        return Document("picture", (part,), url=options.fetched_from)
    found = read_pictured_page(picture)
    page = page_blocks(found.lines, picture.height, charts=found.charts)
    if not page.blocks:
        raise ReadingError(f"No text could be read in the picture{_guesses(found.unsure)}")
    locator = Locator("slide", int(slide[1]), page.heading) if slide else Locator("picture", None, page.heading)
    part = Part(locator, page.blocks, "by OCR", options.fetched_from or name)
    remarks = (unsure_remark("the picture", found.unsure),) if found.unsure else ()
    return Document("picture", (part,), title=page.heading or "", url=options.fetched_from, remarks=remarks)


def unsure_remark(where: str, unsure: Sequence[str]) -> str:
    """Says how many lines were left out, and how they look."""
    lines, are = ("One line", "is") if len(unsure) == 1 else (f"{len(unsure)} lines", "are")
    return f"{lines} of {where} could not be read surely and {are} left out{_guesses(unsure)}"


def _guesses(unsure: Sequence[str]) -> str:
    looks = "; ".join(f"“{text[:60]}”" for text in unsure[:3])
    more = "; …" if len(unsure) > 3 else ""
    return f" (it looks like {looks}{more})." if looks else "."


def open_picture(content: bytes) -> Image:
    """A picture in RGB, upright, on white where it lets through; twice its size where it is small.

    Raises ReadingError where it is damaged or has too many pixels.
    """
    from PIL import Image, ImageOps

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP")) as picture:
                width, height = picture.size
                if width * height > MOST_PIXELS:
                    raise _too_large(f"{width:,} × {height:,}")
                picture.load()
                upright = ImageOps.exif_transpose(picture)
                sheet = Image.new("RGB", upright.size, "white")
                sheet.paste(upright.convert("RGBA"), mask=upright.convert("RGBA").getchannel("A"))
        except Image.DecompressionBombError as error:
            raise _too_large("far too many") from error
        except (ReadingError, MemoryError):
            raise
        except Exception as error:  # A damaged picture makes Pillow raise nearly anything.
            raise ReadingError("The picture is damaged and cannot be opened.") from error
    if max(sheet.size) < _SMALL:
        return sheet.resize((2 * sheet.width, 2 * sheet.height))
    return sheet


def _too_large(size: str) -> ReadingError:
    return ReadingError(
        f"The picture has {size} pixels; aidx reads up to {MOST_PIXELS // 1_000_000} million.", "Make it smaller."
    )
