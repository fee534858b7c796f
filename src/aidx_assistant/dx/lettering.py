"""How wide text is in the sans-serif fonts that a chart may be shown in: estimated, rather too wide than too narrow."""

from __future__ import annotations

import unicodedata

_NARROW = set("fijlrtI.,;:'|!()[]{}-/ ")
_WIDEST = set("mwMW@%&—…")
_NARROW_EM, _COMMON_EM, _CAPITAL_EM, _WIDEST_EM, _SQUARE_EM = 0.34, 0.57, 0.73, 0.95, 1.05


def width_of(text: str, size: float) -> float:
    """Pixels across a text set at so many pixels."""
    return size * sum(map(_em, text))


def shortened(text: str, room: float, size: float) -> str:
    """As much of a text as has room, and an ellipsis where that is not all."""
    if width_of(text, size) <= room:
        return text
    room -= width_of("…", size)
    kept = 0
    while kept < len(text) and (room := room - width_of(text[kept], size)) >= 0:
        kept += 1
    return text[:kept].rstrip() + "…"


def _em(letter: str) -> float:
    if letter in _NARROW:
        return _NARROW_EM
    if letter in _WIDEST:
        return _WIDEST_EM
    if unicodedata.east_asian_width(letter) in {"W", "F"}:
        return _SQUARE_EM
    return _CAPITAL_EM if letter.isupper() else _COMMON_EM
