"""Reads a PowerPoint file: titles, text, tables, charts, notes and what pictures are said to show."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aidx_assistant.errors import ReadingError
from aidx_assistant.evidence import Locator
from aidx_assistant.reading import progress
from aidx_assistant.reading.archives import check_archive, check_is_deck
from aidx_assistant.reading.chart_values import chart_values
from aidx_assistant.reading.deck_pictures import (
    PicturedSlide,
    is_file_name,
    large_picture,
    read_picture_of_slide,
    told_of_lines,
    told_of_pictures,
)
from aidx_assistant.reading.deck_shapes import PlacedShape, points, shapes_in_reading_order
from aidx_assistant.reading.deck_tables import table_rows
from aidx_assistant.reading.document import Block, Document, Part, ReadingOptions
from aidx_assistant.reading.labelled_figures import labelled
from aidx_assistant.reading.numbers_named import numbers_named
from aidx_assistant.reading.page_blocks import usual_size
from aidx_assistant.reading.paragraphs import Paragraph
from aidx_assistant.reading.pixels import MOST_PICTURES
from aidx_assistant.reading.running_lines import without_running_lines
from aidx_assistant.reading.said_of_source import author_names, date_on_cover

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide

_MOST_SLIDES = 2_000
_MOST_PLACED = 2
"""Paragraphs of a shape whose text may be a figure and its label."""
_FEW_LETTERS = 12
"""Below which a slide with a large picture is that picture."""
_USUAL_SIZE = 18.0
"""Points of letters that say no size of their own."""


@dataclass(slots=True)
class _Slide:
    heading: str = ""
    items: list[Paragraph | Block] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    picture: bytes | None = None
    """Which covers much of it."""
    pictured: PicturedSlide | None = None
    """What was made of the picture."""
    is_damaged: bool = False

    @property
    def is_picture(self) -> bool:
        """Whether the picture says what the slide says, but for its title."""
        said = (item.text for item in self.items if isinstance(item, Paragraph) or item.kind != "caption")
        return self.picture is not None and sum(map(str.isalnum, "".join(said))) < _FEW_LETTERS


def read_deck(content: bytes, name: str, options: ReadingOptions) -> Document:
    """Reads a PPTX. A slide that cannot be read is told in the remarks, and so are hidden ones.

    A slide that is a picture is read by OCR, or handed on as the options say; a large picture beside text is read by
    OCR where that is installed.

    Raises ReadingError where it is damaged, encrypted, a bomb, has too many slides or no text.
    """
    check_archive(content)
    check_is_deck(content)
    deck = _opened(content)
    slides = []
    hidden = []
    for number, slide in enumerate(deck.slides, 1):
        try:
            slides.append(_read_slide(slide, deck.slide_width or 1, deck.slide_height or 1))
        except MemoryError:
            raise
        except Exception:  # Damaged XML makes python-pptx raise nearly anything.
            slides.append(_Slide(is_damaged=True))
        if slide.element.get("show") in ("0", "false"):
            hidden.append(number)
        progress.at(f"slide {number} of {len(deck.slides)}")
    _leave_out_running_lines(slides, points(deck.slide_height or 1))
    _read_pictures(slides, apart=options.pictures_apart)
    parts = [part for number, slide in enumerate(slides, 1) for part in _parts(slide, number)]
    if not any(part.blocks or part.pixels for part in parts):
        raise ReadingError("The deck holds no text that can be read.")
    told = tuple(part for part in parts if part.blocks or part.read == "no")
    return _document(deck, told, tuple(_remarks(slides, hidden)))


def _opened(content: bytes) -> Presentation:
    from pptx import Presentation as opened

    try:
        deck = opened(io.BytesIO(content))
        slides = len(deck.slides)
    except MemoryError:
        raise
    except Exception as error:  # A damaged file makes python-pptx raise nearly anything.
        raise ReadingError("The deck is damaged and cannot be opened.", "Save it anew as .pptx.") from error
    if slides > _MOST_SLIDES:
        raise ReadingError(f"The deck has {slides:,} slides; aidx reads up to {_MOST_SLIDES:,}.", "Split it.")
    return deck


def _read_pictures(slides: Sequence[_Slide], *, apart: bool) -> None:
    pictures = [slide for slide in slides if slide.is_picture]
    if apart and len(pictures) > MOST_PICTURES:
        raise ReadingError(f"{len(pictures):,} slides are pictures; up to {MOST_PICTURES} are sent.", "Split it.")
    for count, slide in enumerate(pictures, 1):
        slide.pictured = read_picture_of_slide(slide.picture or b"", apart=apart)
        progress.at(f"picture {count} of {len(pictures)}")
    if not apart:
        _read_pictures_beside_text(slides)


def _read_pictures_beside_text(slides: Sequence[_Slide]) -> None:
    """One that is on several slides decorates them, and is left alone."""
    times = Counter(slide.picture for slide in slides)
    beside = [slide for slide in slides if slide.picture and not slide.is_picture and times[slide.picture] == 1]
    for count, slide in enumerate(beside, 1):
        slide.pictured = read_picture_of_slide(slide.picture or b"", apart=False)
        progress.at(f"picture beside text {count} of {len(beside)}")


def _remarks(slides: Sequence[_Slide], hidden: Sequence[int]) -> Iterator[str]:
    numbered = list(enumerate(slides, 1))
    damaged = [number for number, slide in numbered if slide.is_damaged]
    if damaged:
        yield f"{numbers_named('slide', damaged)} could not be read: the file is damaged there."
    if hidden:
        yield f"{numbers_named('slide', hidden)} {'is' if len(hidden) == 1 else 'are'} hidden in the deck."
    read = [(number, slide.pictured or PicturedSlide()) for number, slide in numbered if slide.is_picture]
    yield from told_of_pictures([number for number, one in read if not (one.is_read or one.pixels)], len(slides))
    for number, slide in numbered:
        if slide.pictured and (slide.is_picture or slide.pictured.blocks):  # else it is a photograph
            yield from told_of_lines(number, slide.pictured.unsure)


def _document(deck: Presentation, parts: tuple[Part, ...], told: tuple[str, ...]) -> Document:
    about = deck.core_properties
    title = " ".join((about.title or "").split())
    if title.casefold() in ("powerpoint presentation", "presentation", "untitled"):
        title = ""
    said = date_on_cover(block.text for block in parts[0].blocks) if parts[0].locator.number == 1 else ""
    made = about.created
    date = said or (made.date().isoformat() if made else "")
    if said:
        told = (*told, f"Its date, {said}, is the one on its first slide.")
    elif date:
        told = (*told, f"Its date, {date}, is when the file was made: a deck does not say when it was published.")
    return Document(
        "deck",
        parts,
        title=title or parts[0].locator.heading or "",
        authors=author_names([about.author or ""]),
        date=date,
        remarks=told,
    )


def _read_slide(slide: Slide, width: int, height: int) -> _Slide:
    title = slide.shapes.title
    read = _Slide(heading=" ".join(title.text_frame.text.split()) if title is not None else "")
    shapes = shapes_in_reading_order(slide.shapes, height)
    read.picture = large_picture(shapes, points(width) * points(height))
    for placed in shapes:
        if title is None or placed.shape.shape_id != title.shape_id:
            read.items.extend(_items(placed))
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        notes = slide.notes_slide.notes_text_frame.paragraphs
        read.notes.extend(text for paragraph in notes if (text := _text(paragraph)))
    return read


def _leave_out_running_lines(slides: Sequence[_Slide], height: float) -> None:
    lines = [[item for item in slide.items if isinstance(item, Paragraph)] for slide in slides]
    usual = usual_size(line for of_slide in lines for line in of_slide)
    kept = without_running_lines(lines, [height] * len(slides), usual)
    for slide, of_slide in zip(slides, kept, strict=True):
        still = {id(line) for line in of_slide}
        slide.items = [item for item in slide.items if isinstance(item, Block) or id(item) in still]


def _parts(slide: _Slide, number: int) -> Iterator[Part]:
    """What the slide says, and by itself what was read of a picture beside its text."""
    part = _part(slide, number, (slide.is_picture and slide.pictured) or PicturedSlide())
    yield part
    if slide.pictured and slide.pictured.blocks and not slide.is_picture:
        yield Part(part.locator, slide.pictured.blocks, "by OCR")


def _part(slide: _Slide, number: int, pictured: PicturedSlide) -> Part:
    if slide.is_damaged or pictured.pixels:
        return Part(Locator("slide", number, slide.heading or None), (), "no", pixels=pictured.pixels)
    heading = slide.heading or pictured.heading or ""
    blocks = [*([Block(slide.heading)] if slide.heading else []), *labelled(slide.items), *pictured.blocks]
    if slide.is_picture and not (blocks or slide.notes):
        return Part(Locator("slide", number), (), "no")
    if not heading and blocks and len(blocks[0].text.split()) <= 15 and blocks[0].kind == "text":
        heading = blocks[0].text
    blocks.extend(Block(f"Notes: {text}") for text in slide.notes)
    return Part(Locator("slide", number, heading or None), tuple(blocks), "by OCR" if pictured.blocks else "yes")


def _items(placed: PlacedShape) -> Iterator[Paragraph | Block]:
    """What a shape says. Short text keeps its place: a figure and its label may stand in shapes of their own."""
    from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER

    shape = placed.shape
    if shape.is_placeholder and shape.placeholder_format.type in (
        PP_PLACEHOLDER.SLIDE_NUMBER,
        PP_PLACEHOLDER.FOOTER,
        PP_PLACEHOLDER.DATE,
    ):
        return
    if shape.has_text_frame:
        said = [(text, _size(one)) for one in shape.text_frame.paragraphs if (text := _text(one))]
        if len(said) <= _MOST_PLACED:
            yield from placed.stacked(said)
        else:
            yield from (Block(text) for text, _ in said)
    if getattr(shape, "has_table", False):
        yield from (Block(row, "row") for row in table_rows(shape.table))
    if getattr(shape, "has_chart", False):
        yield from (Block(value, "value") for value in chart_values(shape.chart))
    alt_text = " ".join((shape._element._nvXxPr.cNvPr.get("descr") or "").split())
    if (
        alt_text
        and not is_file_name(alt_text)
        and shape.shape_type in (MSO_SHAPE_TYPE.PICTURE, MSO_SHAPE_TYPE.PLACEHOLDER, MSO_SHAPE_TYPE.CHART)
    ):
        yield Block(alt_text, "caption")


def _size(paragraph: Any) -> float:
    """Of its letters, in points."""
    sizes = [run.font.size.pt for run in paragraph.runs if run.font.size]
    return float(max(sizes, default=_USUAL_SIZE))


def _text(paragraph: Any) -> str:
    return " ".join(paragraph.text.replace("\v", " ").split())
