"""Which columns of a table fit a width, and how wide each is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    key: str
    label: str
    least: int
    """Cells without which it is not worth showing."""
    share: int = 0
    """Of the cells that are left over; 0 for a column that is never wider than its least."""
    rank: int = 0
    """Where not all fit, the highest goes first; 0 stays whatever happens."""


def fitted(columns: Sequence[Column], width: int, padding: int) -> list[tuple[Column, int]]:
    """The columns that fit `width` cells, each with its cells, `padding` of it apart; the whole width is used."""
    shown = list(columns)
    while (needed := sum(column.least + padding for column in shown)) > width and any(c.rank for c in shown):
        shown.remove(max(shown, key=lambda column: column.rank))
    shares = sum(column.share for column in shown) or 1
    spare = width - needed
    widths = [column.least + spare * column.share // shares for column in shown]
    widest = max(range(len(shown)), key=lambda place: shown[place].share)
    widths[widest] = max(1, widths[widest] + width - sum(widths) - padding * len(shown))
    return list(zip(shown, widths, strict=True))
