"""What of a text is read with a figure: as much as says of whom it speaks, however long the text is."""

from __future__ import annotations

from collections.abc import Sequence

from aidx_assistant.briefs.written.piece import Piece
from aidx_assistant.checking.sentences import sentence_spans

_TOGETHER = {"row": ("row", "header"), "header": ("row", "header"), "item": ("item",)}
"""What makes a table, or a list, with a piece of a kind."""
_MOST_BESIDE = 20
"""Entries of a list, or rows of a table, on either side of a figure's own that are read with it."""
_SENTENCES_READ = 3
"""The figure's own, the one before and the one after."""


def near_figure(pieces: Sequence[Piece], place: int, offset: int) -> tuple[tuple[Piece, ...], Piece, int]:
    """The pieces read with the figure at an offset of `pieces[place]`; the one of them that has it, and where.

    They are the heading above, its table, its list and the lead-in of that; of prose the sentences beside its own.
    """
    first, last = _together(pieces, place)
    own, offset = _sentences_around(pieces[place], offset)
    begin, above = max(place - _MOST_BESIDE, first), min(first + 2, place)
    before = (*pieces[first : min(above, begin)], *pieces[begin:place])
    heading = next((one for one in reversed(pieces[:first]) if one.kind == "heading"), None)
    after = pieces[place + 1 : min(place + _MOST_BESIDE, last) + 1]
    return (*((heading,) if heading else ()), *before, own, *after), own, offset


def _together(pieces: Sequence[Piece], place: int) -> tuple[int, int]:
    """The first and the last piece of a piece's table or list, with the lead-in above; of prose the piece alone."""
    first = last = place
    kinds = _TOGETHER.get(pieces[place].kind, ())
    while first > 0 and pieces[first - 1].kind in kinds:
        first -= 1
    while last + 1 < len(pieces) and pieces[last + 1].kind in kinds:
        last += 1
    if kinds and first > 0 and pieces[first - 1].kind == "paragraph" and _leads_in(pieces[first - 1]):
        first -= 1
    return first, last


def _leads_in(piece: Piece) -> bool:
    return piece.text.rstrip(" *_").endswith(":")


def _sentences_around(piece: Piece, offset: int) -> tuple[Piece, int]:
    """Of a piece of prose the sentence at an offset with those before and after it, and the offset in them."""
    spans = sentence_spans(piece.text) if piece.kind in ("paragraph", "item") else ()
    at = next((number for number, (start, end) in enumerate(spans) if start <= offset < end), None)
    if at is None or len(spans) <= _SENTENCES_READ:
        return piece, offset
    start = spans[max(at - 1, 0)][0]
    return piece.part(start, spans[min(at + 1, len(spans) - 1)][1]), offset - start
