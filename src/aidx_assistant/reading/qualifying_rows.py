"""What a row of a table, or a value of a chart, says of a figure in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aidx_assistant.figures import Figure
from aidx_assistant.reading.qualifying import MOST_WORDS, TIME, Qualified
from aidx_assistant.segments import segments_named

_TIME_HEADER = re.compile(
    r"(?:(?:fiscal|calendar|financial|survey|reporting)\s+)?(?:year|fy|quarter|month|period|date|wave)", re.IGNORECASE
)
"""Over a column that tells of which time the figures of a row are."""
_YEAR = re.compile(r"\b(?:19|20)\d\d")


def qualified_in_row(sentence: str, figure: Figure, cells: Sequence[tuple[str, str, int]]) -> Qualified:
    """What a row of a table or a value of a chart says of a figure: header and label are its measure."""
    cell = next((one for one in reversed(cells) if one[2] <= figure.start), cells[0])
    label = _label(*cells[0][:2]) if cell is not cells[0] else ""
    header = cell[0]
    named = segments_named(f"{label} {header}")
    time = TIME.search(header) or re.fullmatch(r".*\b((?:19|20)\d\d)\b.*", header)
    of_row = " ".join(text for head, text, _ in cells if _TIME_HEADER.fullmatch(head) and _YEAR.search(text))
    measure = f"{header}: {label}" if header and label else header or label
    return Qualified(
        measure=" ".join(measure.split()[: MOST_WORDS + 4]),
        time_frame=time[time.lastindex or 0] if time else of_row,
        segment=named[0] if len(named) == 1 else None,
    )


def _label(header: str, cell: str) -> str:
    """What a row is called: its first cell, a bare number with its header: `Rank 1`."""
    return f"{header} {cell}" if header and cell.isdigit() else cell
