"""Rows of tables whose bare numbers are percentages, which only a header, a label or the heading above says."""

from __future__ import annotations

import re
from dataclasses import replace

from aidx_assistant.figures import Figure
from aidx_assistant.reading.rows import cells_of

_PERCENT = re.compile(
    r"\((?:[^()]*\s)?(?:%|per\s?cent|percent)(?:\s[^()]*)?\)|,\s*%|\bpercentage\s+of\b|\bin\s+percent\b", re.IGNORECASE
)
_WHOLE = 100


def are_shares(row: str, heading: str | None) -> bool:
    """Whether the bare numbers of a sentence are percentages: it is a row, and it or the heading above says so."""
    return bool(cells_of(row)) and bool(_PERCENT.search(f"{heading or ''} ; {row}"))


def as_share(figure: Figure) -> Figure:
    """A bare number as the percentage that its table makes it; any other figure as it is."""
    is_bare = figure.kind == "count" and not figure.unit and figure.high <= _WHOLE
    return replace(figure, kind="percent") if is_bare else figure
