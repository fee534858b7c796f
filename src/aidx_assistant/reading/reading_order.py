"""The order in which a person reads what stands on a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median
from typing import TypeVar

from aidx_assistant.reading.placed_text import PlacedText

Extent = tuple[float, float]
Piece = TypeVar("Piece", bound=PlacedText)
_COLUMN_GAP = 0.3
"""Ems that are free from top to bottom between two columns; tables may be narrow."""
_SAME_COLUMN = 2.5
"""Ems up to which a band that fits into one column goes on with the columns above or below."""


def bands_of(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """What stands over each other with nothing reaching across, from the top: a title, then two columns, a footer.

    Bands side by side in the same columns are one: columns are read down to their end, not across each gap that
    happens to lie on one height in all of them.
    """
    return _in_same_columns(_split(pieces, lambda piece: (piece.top, piece.bottom), 0.0))


def columns_of(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """What stands side by side with a gap from top to bottom, from the left."""
    return _split(pieces, lambda piece: (piece.left, piece.right), _COLUMN_GAP * median(piece.size for piece in pieces))


def _split(pieces: Sequence[Piece], extent_of: Callable[[PlacedText], Extent], gap: float) -> list[list[Piece]]:

    groups: list[list[Piece]] = []
    end = float("-inf")
    for piece in sorted(pieces, key=extent_of):
        start, stop = extent_of(piece)
        if not groups or start - end > gap:
            groups.append([piece])
        else:
            groups[-1].append(piece)
        end = max(end, stop)
    return groups


def _in_same_columns(bands: Sequence[list[Piece]]) -> list[list[Piece]]:
    merged: list[list[Piece]] = []
    for band in bands:
        if merged and _go_together(merged[-1], band):
            merged[-1] = [*merged[-1], *band]
        else:
            merged.append(band)
    return merged


def _go_together(upper: list[Piece], lower: list[Piece]) -> bool:
    several = [len(columns_of(band)) > 1 for band in (upper, lower)]
    if not any(several) or len(columns_of([*upper, *lower])) < max(len(columns_of(upper)), len(columns_of(lower)), 2):
        return False
    if all(several):
        return True
    alone, columns = (lower, upper) if several[0] else (upper, lower)
    usual = median(piece.size for piece in columns)
    gap = min(piece.top for piece in lower) - max(piece.bottom for piece in upper)
    return gap <= _SAME_COLUMN * usual and all(piece.size <= 1.12 * usual and not piece.bold for piece in alone)
