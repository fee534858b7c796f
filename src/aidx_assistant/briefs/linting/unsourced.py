"""statement-without-source: among the evidence of a brief every statement cites something, with a figure or without."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aidx_assistant.briefs.brief import TO_FILL, Fault, markers_in
from aidx_assistant.briefs.calculation import NOT_CALCULATED, calculations_in
from aidx_assistant.briefs.tracing.traced import Traced
from aidx_assistant.briefs.written.piece import Piece
from aidx_assistant.checking.words import concepts
from aidx_assistant.figures import figures_in

WITHOUT_SOURCE = "statement-without-source"
_FEWEST = 3
"""Content words from which a text states something."""
_STATES_NOTHING = re.compile(
    r"\W*(?:The\s+sources\s+(?:are\s+silent|do\s+not|give\s+no|name\s+no|say\s+nothing|have\s+no|rank\s+none)\b"
    r"|Order:|Left\s+out:|“Background”\s+marks\b|Not\s+drafted\b|Base:|Sources?:|Own\s+calculation\b)",
    re.IGNORECASE,
)
"""How texts begin by which a brief tells of itself, or of what there is not."""


def unsourced_statements(found: Traced) -> Iterator[Fault]:
    """Texts without any reference in the sections that have `Source:` lines; those with a figure are told as such."""
    evidence = {piece.where for piece, _ in found.source_lines}
    for section in _sections(found.pieces):
        if not any(piece.where in evidence for piece in section):
            continue
        for piece in section:
            if _states(piece) and not markers_in(piece.text):
                yield Fault(WITHOUT_SOURCE, piece.where, f"No source is cited for “{_shortened(piece.text)}”")


def _sections(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The pieces below each heading, those of charts, whose title is one of a lower level, apart."""
    section: list[Piece] = []
    for piece in pieces:
        if piece.kind == "heading":
            yield section
            section = []
        else:
            section.append(piece)
    yield section


def _states(piece: Piece) -> bool:
    """Whether a text says something of the market: no table, no question, no lead-in, no line to fill."""
    text = piece.text
    return (
        piece.kind in ("paragraph", "item")
        and not text.rstrip(" *_").endswith((":", "?"))
        and not _STATES_NOTHING.match(text)
        and TO_FILL not in text
        and NOT_CALCULATED not in text
        and not calculations_in(text)
        and not figures_in(text)
        and len(concepts(text)) >= _FEWEST
    )


def _shortened(text: str) -> str:
    plain = text.strip(" *_")
    return plain if len(plain) <= 90 else f"{plain[:88].rsplit(' ', 1)[0]} …"  # noqa: PLR2004
