"""How a row of a table or a value of a chart is written as one sentence: `Header: cell; Header: cell`."""

from __future__ import annotations

import re
from collections.abc import Sequence

UNLABELLED = "Figures whose label could not be told"
"""Begins a sentence that names figures of which nothing more is known: they are no findings."""
_BETWEEN_CELLS = re.compile(r";\s+")
_HEADED = re.compile(r"(?P<header>[^:;]{1,120}):\s+(?P<cell>.+)", re.DOTALL)
_EMPTY = frozenset(("", "-", "–", "—"))


def row_text(headers: Sequence[str], cells: Sequence[str]) -> str:
    """One row as a sentence: each cell after its header, the row's label (its first cell) first; empty cells left out.

    `row_text(("Segment", "2024"), ("Payer", "7%"))` is `Segment: Payer; 2024: 7%`.
    """
    written = []
    for position, cell in enumerate(cells):
        text = " ".join(cell.split())
        if text in _EMPTY:
            continue
        header = " ".join(headers[position].split()).rstrip(":") if position < len(headers) else ""
        written.append(f"{header}: {text}" if header and header != text else text)
    return "; ".join(written)


def cells_of(sentence: str) -> tuple[tuple[str, str, int], ...]:
    """Header, cell and the cell's position for each cell of a sentence that `row_text` wrote; empty for any other."""
    cells = []
    start = 0
    ends = [*(match.span() for match in _BETWEEN_CELLS.finditer(sentence)), (len(sentence), len(sentence))]
    for end, following in ends:
        piece = sentence[start:end]
        match = _HEADED.fullmatch(piece)
        if match:
            cells.append((match["header"], match["cell"], start + match.start("cell")))
        elif start == 0 and len(ends) > 1:
            cells.append(("", piece, 0))
        else:
            return ()
        start = following
    return tuple(cells) if len(cells) > 1 else ()
