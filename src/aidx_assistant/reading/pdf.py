"""Reads a PDF: its text layer, and by OCR the pages that are pictures.

A PDF is a deck, and its pages are slides, where two thirds of its pages are at least 1.2 times as wide as high and
half of them hold at most 2,000 characters; else they are pages.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from typing import TYPE_CHECKING

from aidx_assistant.errors import ReadingError
from aidx_assistant.evidence import Locator, LocatorKind
from aidx_assistant.reading import ocr, pdf_opening, progress
from aidx_assistant.reading.bar_charts import bar_charts
from aidx_assistant.reading.document import Block, Document, Part, ReadingOptions
from aidx_assistant.reading.numbers_named import numbers_named
from aidx_assistant.reading.page_blocks import page_blocks, usual_size
from aidx_assistant.reading.paragraphs import words_within
from aidx_assistant.reading.picture import unsure_remark
from aidx_assistant.reading.pictured_page import read_pictured_page
from aidx_assistant.reading.pixels import MOST_PICTURES, data_url
from aidx_assistant.reading.placed_text import TIGHT, PlacedText, lines_of
from aidx_assistant.reading.publisher_told import publisher_told, without_publisher
from aidx_assistant.reading.regions import Region, outside
from aidx_assistant.reading.running_lines import without_running_lines
from aidx_assistant.reading.said_of_source import date_on_cover

if TYPE_CHECKING:
    from pypdf import PdfReader

_WIDE = 1.2
_MOST_ON_SLIDE = 2_000
_LEADER = re.compile(r"(?:[.․…]\s*){6,}")
_FEW_POINTING = 3
_FEW_LETTERS = 12
"""Letters and digits under which a page with a picture is taken for a picture."""


@dataclass(slots=True)
class _Page:
    number: int
    width: float = 1.0
    height: float = 1.0
    lines: list[PlacedText] = field(default_factory=list)
    charts: Sequence[Region] = ()
    turned: tuple[str, ...] = ()
    is_picture: bool = False
    is_damaged: bool = False
    is_too_large: bool = False
    by_ocr: bool = False
    unsure: tuple[str, ...] = ()
    pixels: str = ""

    @property
    def characters(self) -> int:
        return sum(len(line.text) for line in self.lines)


def read_pdf(content: bytes, name: str, options: ReadingOptions) -> Document:
    """Reads a PDF. What of it cannot be read is told in the remarks.

    Raises ReadingError where it is encrypted and the password is missing or wrong, is damaged so that no page can be
    read, has too many pages, or holds no text.
    """
    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    was_repaired = False
    try:
        reader, pages = _opened(content, options.password)
    except pdf_opening.DamagedError:
        anew = pdf_opening.repaired(content, options.password)
        if anew is None:
            raise
        reader, pages = _opened(anew, options.password)
        content, was_repaired = anew, True
    usual = usual_size(line for page in pages for line in page.lines)
    imprint = [line.text for page in (*pages[:2], *pages[2:][-2:]) for line in page.lines]
    kept = without_running_lines([page.lines for page in pages], [page.height for page in pages], usual)
    for page, lines in zip(pages, kept, strict=True):
        page.lines = lines
    _read_pictures(pages, content, options)
    document = _document(pages, name, reader, usual, imprint)
    if was_repaired:
        remark = "The file is damaged and was repaired before it was read: something of it may be missing."
        document = replace(document, remarks=(remark, *document.remarks))
    if not any(part.blocks or part.pixels for part in document.parts):
        unread = any(page.is_picture for page in pages) and not ocr.is_available()
        if unread:
            raise ReadingError("Its pages are pictures, and what reads pictures is not installed.", ocr.HOW_TO_GET)
        raise ReadingError("The PDF holds no text that can be read.")
    return document


def _opened(content: bytes, password: str | None) -> tuple[PdfReader, list[_Page]]:
    reader = pdf_opening.open_pdf(content, password)
    pages = list(_pages(reader))
    if all(page.is_too_large for page in pages):
        raise ReadingError("The pages of the PDF unpack to more than aidx reads of a file.")
    if all(page.is_damaged for page in pages):
        raise pdf_opening.DamagedError("The PDF is damaged: none of its pages can be read.")
    return reader, pages


def _pages(reader: PdfReader) -> Iterator[_Page]:
    from pypdf.errors import LimitReachedError

    from aidx_assistant.reading.pdf_text import page_text

    count = pdf_opening.page_count(reader)
    for number in range(1, count + 1):
        try:
            text = page_text(reader.pages[number - 1])
            charts = bar_charts(lines_of(text.runs, apart=TIGHT), text.boxes)
            lines = _without_contents(lines_of(outside(text.runs, charts)))
            page = _Page(number, text.width, text.height, lines, charts, text.turned)
            letters = sum(char.isalnum() for line in page.lines for char in line.text)
            page.is_picture = text.has_picture and letters < _FEW_LETTERS
        except MemoryError:
            raise
        except Exception as error:  # A damaged page makes pypdf raise nearly anything.
            page = _Page(number, is_damaged=True, is_too_large=isinstance(error, LimitReachedError))
        yield page
        progress.at(f"page {number} of {count}")


def _without_contents(lines: list[PlacedText]) -> list[PlacedText]:
    """Lines that point to pages by a row of dots are left out, where there are several, and the numbers they end in."""
    pointing = [line for line in lines if _LEADER.search(line.text)]
    if len(pointing) < _FEW_POINTING:
        return lines
    return [line for line in lines if line not in pointing and not line.text.isdigit()]


def _read_pictures(pages: Sequence[_Page], content: bytes, options: ReadingOptions) -> None:
    """Reads the pages that are pictures, where OCR is there; or makes them ready for somebody else to read."""
    pictures = [page for page in pages if page.is_picture]
    if not pictures or not (options.pictures_apart or ocr.is_available()):
        return
    if options.pictures_apart and len(pictures) > MOST_PICTURES:
        raise ReadingError(f"{len(pictures):,} of its pages are pictures; up to {MOST_PICTURES} are sent.", "Split it.")
    with pdf_opening.rendering(content, options.password) as render:
        for count, page in enumerate(pictures, 1):
            picture = render(page.number - 1)
            if picture is None:
                page.is_damaged = True
                continue
            page.width, page.height = float(picture.width), float(picture.height)
            if options.pictures_apart:
                page.pixels = data_url(picture)
            else:
                found = read_pictured_page(picture)
                page.lines, page.charts, page.unsure, page.by_ocr = found.lines, found.charts, found.unsure, True
            progress.at(f"picture {count} of {len(pictures)}")


def _document(pages: Sequence[_Page], name: str, reader: PdfReader, usual: float, imprint: Sequence[str]) -> Document:
    kind = _kind(pages)
    words = words_within(line.text for page in pages for line in page.lines)
    parts = [part for page in pages if (part := _part(page, kind, usual, words))]
    about = pdf_opening.about(reader, name)
    cover = [line.text for line in pages[0].lines]
    text = "\n".join(line.text for page in pages for line in page.lines)
    publishers = about.publishers or publisher_told(imprint, cover, text, about.owner)
    said = date_on_cover(without_publisher(line, publishers) for line in cover)
    first = next((part.locator.heading for part in parts[:2] if part.locator.heading), None)
    return Document(
        "pdf",
        tuple(parts),
        title=about.title or first or "",
        publishers=publishers,
        authors=about.authors,
        date=said or about.date,
        remarks=tuple(_remarks(pages, kind, about, said)),
    )


def _kind(pages: Sequence[_Page]) -> LocatorKind:
    told = [page for page in pages if page.lines or page.is_picture]
    wide = sum(page.width >= _WIDE * page.height for page in told)
    if not told or wide < 2 / 3 * len(told) or median(page.characters for page in told) > _MOST_ON_SLIDE:
        return "page"
    return "slide"


def _part(page: _Page, kind: LocatorKind, usual: float, words: frozenset[str]) -> Part | None:
    """A page as a part; None where it is blank."""
    if page.is_damaged or (page.is_picture and not page.by_ocr):
        return Part(Locator(kind, page.number), (), "no", pixels=page.pixels)
    usual_here = None if page.by_ocr or kind == "slide" else usual
    read = page_blocks(page.lines, page.height, usual_here, words, page.charts)
    blocks = (*read.blocks, *(Block(text) for text in page.turned if len(text.split()) > 1))
    if not blocks:
        return Part(Locator(kind, page.number), (), "no") if page.by_ocr else None
    return Part(Locator(kind, page.number, read.heading), blocks, "by OCR" if page.by_ocr else "yes")


def _remarks(pages: Sequence[_Page], kind: LocatorKind, about: pdf_opening.About, said: str) -> Iterator[str]:
    damaged = [page.number for page in pages if page.is_damaged]
    if damaged:
        yield f"{numbers_named(kind, damaged)} could not be read: the file is damaged there."
    pictures = [
        page.number for page in pages if page.is_picture and not (page.by_ocr or page.is_damaged or page.pixels)
    ]
    if pictures:
        is_one = len(pictures) == 1
        yield (
            f"{numbers_named(kind, pictures)} {'is a picture' if is_one else 'are pictures'} and "
            f"{'has' if is_one else 'have'} not been read ({len(pictures)} of {len(pages)}). {ocr.HOW_TO_GET}"
        )
    for page in pages:
        if page.unsure:
            yield unsure_remark(f"{kind} {page.number}", page.unsure)
    if about.printed:
        number, label = about.printed
        yield f"Its {kind}s are counted from the first of the file: {kind} {number} is labelled “{label[:20]}” in it."
    if said:
        yield f"Its date, {said}, is the one on its first {kind}."
    elif about.date:
        yield f"Its date, {about.date}, is when the file was made: a PDF does not say when it was published."
