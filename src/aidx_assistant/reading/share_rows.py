"""Rows of tables whose bare numbers are percentages, which only a header, a label or the heading above says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from aidx_assistant.figures import Figure
from aidx_assistant.reading.rows import cells_of

_PERCENT = re.compile(
    r"\((?:[^()]*\s)?(?:%|per\s?cent|percent)(?:\s[^()]*)?\)|,\s*%|\bpercentage\s+of\b|\bin\s+percent\b", re.IGNORECASE
)
_OTHER = re.compile(r"[$€£#]|\b(?:n|number|count|price|cost|days?|weeks?|months?|years?)\b", re.IGNORECASE)
"""Headers of what is no share beneath a heading that speaks of percentages."""
_WHOLE = 100


def with_shares(sentence: str, heading: str | None, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figures of a sentence, those bare numbers of a row as percentages that their header, the row's label or the
    heading above makes so.
    """
    cells = cells_of(sentence)
    if not cells:
        return tuple(figures)
    label = f"{heading or ''} ; {cells[0][1]}"
    all_are = _PERCENT.search(label) is not None and not any(_PERCENT.search(header) for header, _, _ in cells)
    return tuple(
        _as_share(one) if _is_headed(one, cells) or (all_are and not _counts_else(one, cells)) else one
        for one in figures
    )


def _is_headed(figure: Figure, cells: Sequence[tuple[str, str, int]]) -> bool:
    return any(start <= figure.start < start + len(cell) and _PERCENT.search(header) for header, cell, start in cells)


def _counts_else(figure: Figure, cells: Sequence[tuple[str, str, int]]) -> bool:
    return any(start <= figure.start < start + len(cell) and _OTHER.search(header) for header, cell, start in cells)


def _as_share(figure: Figure) -> Figure:
    """A bare number as the percentage that its table makes it; any other figure as it is."""
    is_bare = figure.kind == "count" and not figure.unit and figure.high <= _WHOLE
    return replace(figure, kind="percent") if is_bare else figure
