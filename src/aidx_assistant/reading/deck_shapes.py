"""The shapes of a slide of PowerPoint, where they stand on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from aidx_assistant.errors import ReadingError
from aidx_assistant.reading.paragraphs import Paragraph

_MOST_SHAPES = 5_000
"""On one slide, those in groups counted."""
_DEEPEST_GROUP = 20
_HEIGHT_OF_ROW = 0.04
"""Share of the slide's height within which shapes stand on one row."""
_EMU_OF_POINT = 12_700


@dataclass(frozen=True, slots=True)
class PlacedShape:
    """A shape and its edges, in points from the slide's top left."""

    shape: Any
    left: float
    top: float
    right: float
    bottom: float

    def stacked(self, texts: Sequence[tuple[str, float]]) -> Iterator[Paragraph]:
        """Paragraphs of the shape with the size of their letters, one below the other."""
        height = (self.bottom - self.top) / max(len(texts), 1)
        for number, (text, size) in enumerate(texts):
            top = self.top + number * height
            yield Paragraph(text, self.left, top, self.right, top + height, size)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a group makes of the places that its shapes give."""

    scale_x: float = 1.0
    scale_y: float = 1.0
    shift_x: float = 0.0
    shift_y: float = 0.0

    def place(self, shape: Any) -> PlacedShape:
        left = (shape.left or 0) * self.scale_x + self.shift_x
        top = (shape.top or 0) * self.scale_y + self.shift_y
        right = left + (shape.width or 0) * self.scale_x
        bottom = top + (shape.height or 0) * self.scale_y
        return PlacedShape(shape, points(left), points(top), points(right), points(bottom))

    def within(self, group: Any) -> _Frame:
        """The frame of what is in the group."""
        xfrm = group._element.grpSpPr.find("{*}xfrm")
        offset = xfrm.find("{*}chOff") if xfrm is not None else None
        extent = xfrm.find("{*}chExt") if xfrm is not None else None
        if offset is None or extent is None:
            return self
        scale_x = (group.width or 0) / int(extent.get("cx")) if int(extent.get("cx")) else 1.0
        scale_y = (group.height or 0) / int(extent.get("cy")) if int(extent.get("cy")) else 1.0
        inner_x = (group.left or 0) - int(offset.get("x")) * scale_x
        inner_y = (group.top or 0) - int(offset.get("y")) * scale_y
        return _Frame(
            self.scale_x * scale_x,
            self.scale_y * scale_y,
            self.scale_x * inner_x + self.shift_x,
            self.scale_y * inner_y + self.shift_y,
        )


def points(emu: float) -> float:
    """Points of a length in English metric units."""
    return emu / _EMU_OF_POINT


def shapes_in_reading_order(shapes: Any, height: int) -> list[PlacedShape]:
    """Shapes from the top, those on one row from the left; those of a group together, where the group stands.

    `height` is the slide's, in English metric units. Raises ReadingError where there are too many.
    """
    row = max(1.0, _HEIGHT_OF_ROW * points(height))
    placed = [(_Frame().place(shape), number) for number, shape in enumerate(shapes)]
    found: list[PlacedShape] = []
    for one, _ in sorted(placed, key=lambda one: (one[0].top // row, one[0].left, one[1])):
        found.extend(_ungrouped(one, _Frame(), 0))
        if len(found) > _MOST_SHAPES:
            raise ReadingError(f"A slide has more than {_MOST_SHAPES:,} shapes.")
    return found


def _ungrouped(placed: PlacedShape, frame: _Frame, depth: int) -> Iterator[PlacedShape]:
    from pptx.enum.shapes import MSO_SHAPE_TYPE

    if placed.shape.shape_type != MSO_SHAPE_TYPE.GROUP:
        yield placed
    elif depth < _DEEPEST_GROUP:
        inner = frame.within(placed.shape)
        for one in sorted(map(inner.place, placed.shape.shapes), key=lambda one: (one.top, one.left)):
            yield from _ungrouped(one, inner, depth + 1)
