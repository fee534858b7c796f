"""How wide text is in the sans-serif fonts that a chart may be shown in: estimated, rather too wide than too narrow."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from os.path import commonprefix

_NARROW = set("fijlrtI.,;:'|!()[]{}-/ ")
_WIDEST = set("mwMW@%&—…")
_TAIL = 0.6
"""Share of its room that a text may take from where it differs from another that begins alike."""
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


def shortened_apart(texts: Sequence[str], rooms: Sequence[float], size: float) -> list[str]:
    """Each text shortened to its room; of those that would look alike, the beginning and from where they differ."""
    short = [shortened(text, room, size) for text, room in zip(texts, rooms, strict=True)]
    told = []
    for number, text in enumerate(texts):
        alike = [other for other, cut in zip(texts, short, strict=True) if cut == short[number] and other != text]
        shared = min((len(commonprefix([text, other])) for other in alike), default=0)
        start = text.rfind(" ", 0, shared) + 1
        told.append(_from_difference(text, start, rooms[number], size) if start else short[number])
    return told


def _from_difference(text: str, start: int, room: float, size: float) -> str:
    tail = shortened(text[start:], room * _TAIL, size)
    head = shortened(text[:start].rstrip(), room - width_of(f" {tail}", size), size)
    return f"{head} {tail}"


def _em(letter: str) -> float:
    if letter in _NARROW:
        return _NARROW_EM
    if letter in _WIDEST:
        return _WIDEST_EM
    if unicodedata.east_asian_width(letter) in {"W", "F"}:
        return _SQUARE_EM
    return _CAPITAL_EM if letter.isupper() else _COMMON_EM
