"""placeholder: nothing is left to fill in, but for the owner and the date of a decision, which the user is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aidx_assistant.briefs.brief import TO_FILL, Fault
from aidx_assistant.briefs.written.piece import Piece

PLACEHOLDER = "placeholder"
_WORDS = re.compile(
    r"\b(?:TODO|TBD|TBC|TBA|FIXME|XX+|X\.X)\b|\b[Ll]orem\s+ipsum\b|\b(?:to\s+be\s+(?:filled\s+in|completed|determined))\b"
    r"|[\[<{](?:insert|add|enter|your|name|company|date|owner|figure|source|citation|placeholder|todo|tbd|x+)\b[^\]>}]{0,60}"
    r"[\]>}]|\{\{[^}]{0,60}\}\}|\bcalc\(|\?{2,}|\[(?:…|\.\.\.)\]",
    re.IGNORECASE,
)
_LINE = re.compile(r"_{4,}|\.{6,}|…{3,}")
_MAY_BE_OPEN = re.compile(
    r"\b(?:owner|date|due|deadline|decide[sd]?\s+by|decision\s+by|by\s+when|who|when)\b", re.IGNORECASE
)


def placeholder_faults(pieces: Sequence[Piece]) -> Iterator[Fault]:
    """What is left to fill in, and cells that are empty."""
    for piece in pieces:
        for match in _WORDS.finditer(piece.text):
            yield Fault(PLACEHOLDER, piece.where_at(match.start()), f"“{match.group()}” is left to fill in.")
        for match in _LINE.finditer(piece.text):
            if not _may_be_open(piece, match):
                yield Fault(
                    PLACEHOLDER, piece.where_at(match.start()), f"A line is left open after “{_before(piece, match)}”."
                )
        yield from _empty(piece)


def open_lines(pieces: Sequence[Piece]) -> tuple[tuple[str, str], ...]:
    """What a reader has to fill in by hand: each line's label, and where it stands."""
    return tuple(
        (_before(piece, match), piece.where_at(match.start()))
        for piece in pieces
        for match in _LINE.finditer(piece.text)
        if _may_be_open(piece, match)
    )


def _may_be_open(piece: Piece, line: re.Match[str]) -> bool:
    return line.group().startswith("_") and _MAY_BE_OPEN.search(_before(piece, line)) is not None


def _before(piece: Piece, line: re.Match[str]) -> str:
    """The label of an open line: what stands before it, back to the line before."""
    before = _LINE.split(piece.text[: line.start()])[-1]
    words = re.sub(r"[*|]", " ", before).strip(" :;,.")
    return " ".join(words.split()[-4:]) or "nothing"


def _empty(piece: Piece) -> Iterator[Fault]:
    if piece.kind in ("row", "header"):
        cells = piece.cells if piece.kind == "row" else piece.cells[1:]
        if any(
            not re.search(r"\w", cell) and cell not in ("–", "—", "-", "n/a") and TO_FILL not in cell for cell in cells
        ):
            yield Fault(PLACEHOLDER, piece.where, f"A cell is empty in the row “{piece.cells[0] or '…'}”.")
    elif not re.search(r"\w", piece.text):
        yield Fault(PLACEHOLDER, piece.where, "There is no text.")
    elif piece.kind == "item" and (label := re.fullmatch(r"\*\*(?P<label>[^*]+?):?\*\*:?\s*", piece.text)):
        yield Fault(PLACEHOLDER, piece.where, f"Nothing is said of “{label['label']}”.")
