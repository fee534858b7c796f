"""Reads a PowerPoint file: titles, text, tables, charts, notes and what pictures are said to show."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from aidx_assistant.errors import ReadingError
from aidx_assistant.evidence import Locator
from aidx_assistant.reading import progress
from aidx_assistant.reading.archives import check_archive
from aidx_assistant.reading.chart_values import chart_values
from aidx_assistant.reading.document import Block, Document, Part, ReadingOptions
from aidx_assistant.reading.numbers_named import numbers_named
from aidx_assistant.reading.rows import row_text
from aidx_assistant.reading.said_of_source import author_names

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide

_MOST_SLIDES = 2_000
_MOST_SHAPES = 5_000
"""On one slide, those in groups counted."""
_DEEPEST_GROUP = 20
_HEIGHT_OF_ROW = 0.04
"""Share of the slide's height within which shapes stand on one row."""


def read_deck(content: bytes, name: str, options: ReadingOptions) -> Document:
    """Reads a PPTX. A slide that cannot be read is told in the remarks, and so are hidden ones.

    Raises ReadingError where it is damaged, encrypted, a bomb, has too many slides or no text.
    """
    check_archive(content)
    deck = _opened(content)
    parts = []
    hidden = []
    damaged = []
    for number, slide in enumerate(deck.slides, 1):
        try:
            part = _part(slide, number, deck.slide_height or 1)
        except MemoryError:
            raise
        except Exception:  # Damaged XML makes python-pptx raise nearly anything.
            damaged.append(number)
            part = Part(Locator("slide", number), (), "no")
        if slide.element.get("show") in ("0", "false"):
            hidden.append(number)
        parts.append(part)
        progress.at(f"slide {number} of {len(deck.slides)}")
    if not any(part.blocks for part in parts):
        raise ReadingError("The deck holds no text that can be read.")
    return _document(deck, tuple(part for part in parts if part.blocks or part.read == "no"), hidden, damaged)


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


def _document(deck: Presentation, parts: tuple[Part, ...], hidden: list[int], damaged: list[int]) -> Document:
    remarks = []
    if damaged:
        remarks.append(f"{numbers_named('slide', damaged)} could not be read: the file is damaged there.")
    if hidden:
        remarks.append(f"{numbers_named('slide', hidden)} {'is' if len(hidden) == 1 else 'are'} hidden in the deck.")
    about = deck.core_properties
    title = " ".join((about.title or "").split())
    if title.casefold() in ("powerpoint presentation", "presentation", "untitled"):
        title = ""
    made = about.created
    date = made.date().isoformat() if made else ""
    if date:
        remarks.append(f"Its date, {date}, is when the file was made: a deck does not say when it was published.")
    return Document(
        "deck",
        parts,
        title=title or parts[0].locator.heading or "",
        authors=author_names([about.author or ""]),
        date=date,
        remarks=tuple(remarks),
    )


def _part(slide: Slide, number: int, height: int) -> Part:
    shapes = list(_in_reading_order(slide, height))
    title = slide.shapes.title
    heading = " ".join(title.text_frame.text.split()) if title is not None else ""
    blocks = [Block(heading)] if heading else []
    for shape in shapes:
        if title is None or shape.shape_id != title.shape_id:
            blocks.extend(_blocks(shape))
    if not heading and blocks and len(blocks[0].text.split()) <= 15 and blocks[0].kind == "text":
        heading = blocks[0].text
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        notes = slide.notes_slide.notes_text_frame.paragraphs
        blocks.extend(Block(f"Notes: {text}") for paragraph in notes if (text := _text(paragraph)))
    return Part(Locator("slide", number, heading or None), tuple(blocks))


def _in_reading_order(slide: Slide, height: int) -> list[Any]:
    """Shapes from the top, those on one row from the left; those of a group together, where the group stands."""
    row = max(1, int(_HEIGHT_OF_ROW * height))
    placed = [(_top(shape) // row, _left(shape), number, shape) for number, shape in enumerate(slide.shapes)]
    found: list[Any] = []
    for *_, shape in sorted(placed, key=lambda one: one[:3]):
        found.extend(_ungrouped(shape, 0))
        if len(found) > _MOST_SHAPES:
            raise ReadingError(f"A slide has more than {_MOST_SHAPES:,} shapes.")
    return found


def _ungrouped(shape: Any, depth: int) -> Iterator[Any]:
    from pptx.enum.shapes import MSO_SHAPE_TYPE

    if shape.shape_type != MSO_SHAPE_TYPE.GROUP:
        yield shape
    elif depth < _DEEPEST_GROUP:
        for inner in sorted(shape.shapes, key=lambda one: (_top(one), _left(one))):
            yield from _ungrouped(inner, depth + 1)


def _top(shape: Any) -> int:
    return int(shape.top or 0)


def _left(shape: Any) -> int:
    return int(shape.left or 0)


def _blocks(shape: Any) -> Iterator[Block]:
    from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER

    if shape.is_placeholder and shape.placeholder_format.type in (
        PP_PLACEHOLDER.SLIDE_NUMBER,
        PP_PLACEHOLDER.FOOTER,
        PP_PLACEHOLDER.DATE,
    ):
        return
    if shape.has_text_frame:
        yield from (Block(text) for paragraph in shape.text_frame.paragraphs if (text := _text(paragraph)))
    if getattr(shape, "has_table", False):
        yield from (Block(row, "row") for row in _rows(shape.table))
    if getattr(shape, "has_chart", False):
        yield from (Block(value, "value") for value in chart_values(shape.chart))
    alt_text = " ".join((shape._element._nvXxPr.cNvPr.get("descr") or "").split())
    if alt_text and shape.shape_type in (MSO_SHAPE_TYPE.PICTURE, MSO_SHAPE_TYPE.PLACEHOLDER, MSO_SHAPE_TYPE.CHART):
        yield Block(alt_text, "caption")


def _rows(table: Any) -> Iterator[str]:
    """The rows with the headers of the first one, where the table says that it is one or has no figure in it."""
    grid = [[" ".join(cell.text.split()) for cell in row.cells] for row in table.rows]
    if not grid:
        return
    has_header = len(grid) > 1 and (table.first_row or not any(char.isdigit() for cell in grid[0][1:] for char in cell))
    headers = grid[0] if has_header else []
    for cells in grid[1:] if has_header else grid:
        text = row_text(headers, cells)
        if text:
            yield text


def _text(paragraph: Any) -> str:
    return " ".join(paragraph.text.replace("\v", " ").split())
