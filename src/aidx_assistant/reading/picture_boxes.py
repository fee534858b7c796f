"""Finds boxes of one colour in a picture, bars of charts and the keys of their legends, and takes them out of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from aidx_assistant.reading.filled_boxes import FilledBox

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

_LONGEST_SIDE = 1_600
"""Pixels to which a picture is made smaller before it is looked at."""
_MOST_COLOURS = 24
_SAME_COLOUR = 16
"""Of 255, in red, green or blue, up to which two colours are one: JPEG blurs them."""
_EDGE_COLOUR = 60
"""The same at the edges of a box."""
_EDGE = 2
"""Pixels."""
_LEAST_SHARE = 0.0001
"""Share of its pixels that a colour of a picture has."""
_SMALLEST = 5
"""Pixels of the shorter side of a box."""
_FILLED = 0.72
"""Share of a box that has its colour: letters may stand in it, and keys of legends may be round."""
_IN_BOXES = 0.6
"""Share of a colour that is in boxes: of the colour of letters it is less, though strokes are boxes."""
_LETTERS = 0.005
"""Share of a box that is of another colour where letters stand in it."""
_MOST_BOXES = 2_000


def boxes_in(picture: Image) -> list[FilledBox]:
    """The boxes of a picture in RGB, in pixels, without its background. Colours are numbers. Needs the extra `ocr`."""
    import numpy as np
    from PIL.Image import Resampling

    scale = min(1.0, _LONGEST_SIDE / max(picture.size))
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    pixels = np.asarray(picture if scale == 1 else picture.resize(size, Resampling.BOX)).astype(np.int16)
    boxes: list[FilledBox] = []
    for number, colour in enumerate(_colours(pixels)[1:]):
        mask = (abs(pixels - colour).max(axis=2) <= _SAME_COLOUR).astype(np.uint8)
        for left, top, right, bottom in _filled(mask):
            boxes.append(FilledBox(left / scale, top / scale, right / scale, bottom / scale, number))
            if len(boxes) >= _MOST_BOXES:
                return boxes
    return boxes


def without_boxes(picture: Image, boxes: Sequence[FilledBox]) -> Image:
    """The picture with white in place of the colour of these boxes, what stands in them kept: OCR overlooks figures
    beside wide bars. A box with letters lighter than itself stays.
    """
    import numpy as np
    from PIL import Image as images

    pixels = np.asarray(picture).copy()
    for box in boxes:
        top, left = max(0, round(box.top) - _EDGE), max(0, round(box.left) - _EDGE)
        inside = pixels[round(box.top) : round(box.bottom), round(box.left) : round(box.right)].astype(np.int16)
        if not inside.size:
            continue
        colour = np.median(inside.reshape(-1, 3), axis=0)
        letters = inside[abs(inside - colour).max(axis=2) > _EDGE_COLOUR]
        if len(letters) > _LETTERS * inside.shape[0] * inside.shape[1] and letters.mean() > colour.mean():
            continue
        around = pixels[top : round(box.bottom) + _EDGE, left : round(box.right) + _EDGE]
        is_edge = np.ones(around.shape[:2], dtype=bool)
        is_edge[2 * _EDGE : -2 * _EDGE, 2 * _EDGE : -2 * _EDGE] = False
        is_lighter = around.mean(axis=2) >= colour.mean()
        around[(abs(around.astype(np.int16) - colour).max(axis=2) <= _EDGE_COLOUR) | (is_edge & is_lighter)] = 255
    return images.fromarray(pixels)


def _colours(pixels: NDArray[np.int16]) -> list[NDArray[np.int16]]:
    """The colours that most pixels have, as red, green and blue."""
    import numpy as np

    flat = pixels.reshape(-1, 3)
    bins = (flat[:, 0] >> 4) * 256 + (flat[:, 1] >> 4) * 16 + (flat[:, 2] >> 4)
    counts = np.bincount(bins, minlength=4096)
    chosen: list[NDArray[np.int16]] = []
    for bin_ in np.argsort(-counts)[: 4 * _MOST_COLOURS].tolist():
        if counts[bin_] < _LEAST_SHARE * len(flat) or len(chosen) >= _MOST_COLOURS:
            break
        colour = np.median(flat[bins == bin_], axis=0).astype(np.int16)
        if all(abs(colour - other).max() > _SAME_COLOUR for other in chosen):
            chosen.append(colour)
    return chosen


def _filled(mask: NDArray[np.uint8]) -> list[tuple[int, int, int, int]]:
    """Left, top, right and bottom of the boxes in a mask; none where most of it is of another shape."""
    import cv2

    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    boxes = [
        (left, top, left + width, top + height, area)
        for left, top, width, height, area in stats[1:].tolist()
        if min(width, height) >= _SMALLEST and area >= _FILLED * width * height
    ]
    if sum(area for *_, area in boxes) < _IN_BOXES * int(mask.sum()):
        return []
    outer: list[tuple[int, int, int, int]] = []
    for left, top, right, bottom, _ in sorted(boxes, key=lambda box: -box[4]):
        in_letter = any(o[0] <= left and o[1] <= top and right <= o[2] and bottom <= o[3] for o in outer)
        if not in_letter:  # of a figure that stands in a bar
            outer.append((left, top, right, bottom))
    return outer
