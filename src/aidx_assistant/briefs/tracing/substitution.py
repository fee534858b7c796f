"""Other words for stretches of a piece of text, which keeps saying where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from aidx_assistant.briefs.written.piece import Piece


@dataclass(frozen=True, slots=True)
class Substitution:
    """What takes the place of a stretch; offsets in the piece's text, end exclusive."""

    start: int
    end: int
    new: str


def substituted(piece: Piece, changes: Iterable[Substitution]) -> Piece:
    """The piece with all changes made; of two that overlap the one that begins first, then the longer, counts."""
    text, position = "", 0
    moves: list[tuple[int, int]] = []
    for change in sorted(changes, key=lambda one: (one.start, -one.end)):
        if change.start < position:
            continue
        text += piece.text[position : change.start] + change.new
        position = change.end
        moves.append((change.end, len(text) - position))
    text += piece.text[position:]
    return replace(piece, text=text, breaks=tuple((_moved(offset, moves), where) for offset, where in piece.breaks))


def _moved(offset: int, moves: list[tuple[int, int]]) -> int:
    """Where an offset is after the changes that end before it."""
    return offset + next((by for end, by in reversed(moves) if end <= offset), 0)
