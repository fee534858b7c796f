"""status-quo-missing: whoever decides sees what happens if nothing is done."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aidx_assistant.briefs.brief import Fault
from aidx_assistant.briefs.written.piece import Piece

MISSING = "status-quo-missing"
_OPTIONS = re.compile(r"\b(?:options?|alternatives?|choices?)\b", re.IGNORECASE)
_STATUS_QUO = re.compile(
    r"\bstatus[\s-]quo\b|\bdo(?:ing)?\s+nothing\b|\bno\s+(?:change|purchase|action|investment)\b"
    r"|\b(?:leave|keep|stay|stick|continue|carry\s+on|remain)\w*\b.{0,40}\b(?:as\s+(?:it|they|we|things)\s+\w+|as\s+today"
    r"|as\s+is|current|today[’']s|existing|without)\b|\b(?:not|without)\s+(?:buy|purchas|act|invest|chang)\w*",
    re.IGNORECASE,
)


def status_quo_faults(pieces: Sequence[Piece]) -> tuple[Fault, ...]:
    """A fault unless an option, in a table, a list or under a heading of its own, is to leave things as they are."""
    options = [piece for piece in pieces if piece.kind in ("row", "item", "heading")]
    if any(_STATUS_QUO.search(piece.cells[0] if piece.kind == "row" else _opening(piece.text)) for piece in options):
        return ()
    return (Fault(MISSING, _where(pieces), "No option is to leave things as they are (status quo)."),)


def _where(pieces: Sequence[Piece]) -> str:
    """Where the options stand: their table, else their heading, else the beginning."""
    tables = (piece for piece in pieces if piece.kind == "header" and _OPTIONS.search(piece.cells[0]))
    headings = (piece for piece in pieces if piece.kind == "heading" and _OPTIONS.search(piece.text))
    return next((piece.where for piece in (*tables, *headings, *pieces)), "1")


def _opening(text: str) -> str:
    return text[:80]
