"""Finds boxes of one colour in a picture: bars of charts, and the keys of their legends."""

from __future__ import annotations

from collections.abc import Iterator
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
_LEAST_SHARE = 0.0001
"""Share of its pixels that a colour of a picture has."""
_SMALLEST = 5
"""Pixels of the shorter side of a box."""
_FILLED = 0.72
"""Share of a box that has its colour: letters may stand in it, and keys of legends may be round."""
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


def _filled(mask: NDArray[np.uint8]) -> Iterator[tuple[int, int, int, int]]:
    """Left, top, right and bottom of each box in a mask that is filled for the most part."""
    import cv2

    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    for left, top, width, height, area in stats[1:].tolist():
        if min(width, height) >= _SMALLEST and area >= _FILLED * width * height:
            yield left, top, left + width, top + height
