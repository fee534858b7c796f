"""A region of a page that is read as a whole, a table or a chart, before the rest is put in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aidx_assistant.reading.document import Block
from aidx_assistant.reading.paragraphs import Paragraph
from aidx_assistant.reading.placed_text import PlacedText, around


@dataclass(frozen=True, slots=True)
class Region:
    """What it says, and the lines that say it."""

    blocks: tuple[Block, ...]
    lines: tuple[PlacedText, ...]
    place: Paragraph
    """Where it stands, as a paragraph without lines."""


def region(blocks: Iterable[Block], lines: Sequence[PlacedText]) -> Region:
    """The region of these lines, one or more."""
    whole = around("", lines)
    place = Paragraph("", whole.left, whole.top, whole.right, whole.bottom, whole.size)
    return Region(tuple(blocks), tuple(lines), place)


def outside(pieces: Iterable[PlacedText], regions: Sequence[Region]) -> list[PlacedText]:
    """The pieces of which no line of a region is made: those whose middle stands in none."""
    taken = [line for one in regions for line in one.lines]
    return [piece for piece in pieces if not any(_holds(line, piece) for line in taken)]


def _holds(line: PlacedText, piece: PlacedText) -> bool:
    across, down = (piece.left + piece.right) / 2, (piece.top + piece.bottom) / 2
    return line.left <= across <= line.right and line.top <= down <= line.bottom
