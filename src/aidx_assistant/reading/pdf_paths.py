"""Follows the instructions of a PDF page that draw paths; keeps boxes, and dots, that are filled with a colour."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

from aidx_assistant.reading.filled_boxes import FilledBox
from aidx_assistant.reading.pdf_matrices import Matrix, moved

PAINTING = frozenset((b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"))
BLACK: Hashable = (0.0, 0.0, 0.0)
_ENDING = frozenset((b"S", b"s", b"n"))
_COLOURS = frozenset((b"g", b"rg", b"k", b"sc", b"scn"))
DRAWING = PAINTING | _ENDING | _COLOURS | {b"m", b"l", b"c", b"v", b"y", b"re"}
_MOST_BOXES = 5_000
_STRAIGHT = 0.5
"""Points that a corner may be out of line."""
_AREA = 0.02
"""Share of its area that a box may lack."""
_AREA_OF_ROUND = 0.25
"""The same of a dot."""

Point = tuple[float, float]


@dataclass(slots=True)
class Paths:
    """The path that is being drawn, and the boxes that were filled."""

    boxes: list[FilledBox] = field(default_factory=list)
    _parts: list[list[Point]] = field(default_factory=list)
    _curved: bool = False

    def follow(self, operator: bytes, operands: Sequence[Any], matrix: Matrix, colour: Hashable) -> None:
        """Raises what wrong operands raise."""
        match operator:
            case b"m":
                self._parts.append([_point(operands, matrix)])
            case b"l" if self._parts:
                self._parts[-1].append(_point(operands, matrix))
            case b"c" | b"v" | b"y" if self._parts:
                self._parts[-1] += [_point(operands[n : n + 2], matrix) for n in range(0, len(operands), 2)]
                self._curved = True
            case b"re":
                left, base, width, height = (float(number) for number in operands)
                corners = ((left, base), (left + width, base), (left + width, base + height), (left, base + height))
                self._parts.append([moved(corner, matrix) for corner in corners])
            case painting if painting in PAINTING:
                self._fill(colour)
            case ending if ending in _ENDING:
                self._parts, self._curved = [], False

    def _fill(self, colour: Hashable) -> None:
        for part in self._parts:
            box = _box(part, colour, self._curved)
            if box is not None and len(self.boxes) < _MOST_BOXES:
                self.boxes.append(box)
        self._parts, self._curved = [], False


def colour_of(operator: bytes, operands: Sequence[Any]) -> Hashable:
    """The fill colour that an instruction sets, grey as red, green and blue; None where it sets none."""
    if operator not in _COLOURS:
        return None
    components = tuple(round(float(one), 3) if isinstance(one, (int, float)) else str(one) for one in operands)
    return components * 3 if len(components) == 1 and isinstance(components[0], float) else components


def _point(operands: Sequence[Any], matrix: Matrix) -> Point:
    across, up = operands
    return moved((float(across), float(up)), matrix)


def _box(points: Sequence[Point], colour: Hashable, curved: bool) -> FilledBox | None:
    """The upright box that these corners make, other points on its edges among them; None for any other shape.

    Where they are of curves too, a box with round corners, or a dot, is as good.
    """
    if len(points) < 4 or not all(math.isfinite(number) for point in points for number in point):
        return None
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    off_edge = (min(abs(x - left), abs(x - right), abs(y - top), abs(y - bottom)) for x, y in points)
    area = abs(sum(x * b - a * y for (x, y), (a, b) in zip(points, [*points[1:], points[0]], strict=True))) / 2
    whole = (right - left) * (bottom - top)
    lacking = _AREA_OF_ROUND if curved else _AREA
    if whole <= 0 or abs(whole - area) > lacking * whole or (max(off_edge) > _STRAIGHT and not curved):
        return None
    return FilledBox(left, top, right, bottom, colour)
