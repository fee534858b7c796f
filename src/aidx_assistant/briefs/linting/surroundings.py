"""What of a text is read with a figure: as much as says of whom it speaks, however long the text is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aidx_assistant.briefs.written.piece import Piece
from aidx_assistant.checking.clauses import clauses_of
from aidx_assistant.checking.sentences import sentence_spans
from aidx_assistant.checking.statements import MARKER
from aidx_assistant.figures import Figure, figures_in

_TOGETHER = {"row": ("row", "header"), "header": ("row", "header"), "item": ("item",)}
"""What makes a table, or a list, with a piece of a kind."""
_MOST_BESIDE = 20
"""Entries of a list, or rows of a table, on either side of a figure's own that are read with it."""
_SENTENCES_READ = 3
"""The figure's own, the one before and the one after."""


@dataclass(frozen=True, slots=True)
class Near:
    """A figure with what says of whom it speaks."""

    pieces: tuple[Piece, ...]
    piece: Piece
    """The one of them that has the figure."""
    offset: int
    """Where in its text the figure begins."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """What stands at the offset, offsets into the piece."""
        return tuple(one for one in figures_of(self.piece) if one.start <= self.offset < one.end)

    @property
    def sentence(self) -> str:
        """The figure's own, its markers as spaces."""
        return self._sentence()[0]

    @property
    def offset_in_sentence(self) -> int:
        return self._sentence()[1]

    @property
    def figures_of_sentence(self) -> tuple[Figure, ...]:
        """What stands at the offset, offsets into the sentence."""
        sentence, at = self._sentence()
        return tuple(one for one in figures_in(sentence) if one.start <= at < one.end)

    @property
    def claim(self) -> str:
        """What is said of the figure: its own words, without those of other figures of the sentence."""
        sentence, at = self._sentence()
        own = (one for one in clauses_of(sentence, figures_in(sentence)) if one.figure.start <= at < one.figure.end)
        return next((f"{clause.own} ; {clause.shared}" for clause in own), sentence)

    def told_as(self, piece: Piece) -> Near:
        """The same with another text of the figure's piece, in which the figure begins at the same place."""
        return Near(tuple(piece if one is self.piece else one for one in self.pieces), piece, self.offset)

    def _sentence(self) -> tuple[str, int]:
        text = without_markers(self.piece.text)
        spans = (span for span in sentence_spans(text) if span[0] <= self.offset < span[1])
        first, last = next(spans, (0, len(text)))
        return text[first:last], self.offset - first


def figures_of(piece: Piece) -> tuple[Figure, ...]:
    """The figures of a piece, but for the numbers of its markers."""
    return figures_in(without_markers(piece.text))


def without_markers(text: str) -> str:
    """A text with its markers as spaces."""
    return MARKER.sub(lambda match: " " * len(match.group()), text)


def near_figure(pieces: Sequence[Piece], place: int, offset: int) -> Near:
    """What is read with the figure at an offset of `pieces[place]`.

    That is the heading above, its table, its list and the lead-in of that; of prose the sentences beside its own.
    """
    first, last = _together(pieces, place)
    own, offset = _sentences_around(pieces[place], offset)
    begin, above = max(place - _MOST_BESIDE, first), min(first + 2, place)
    before = (*pieces[first : min(above, begin)], *pieces[begin:place])
    heading = next((one for one in reversed(pieces[:first]) if one.kind == "heading"), None)
    after = pieces[place + 1 : min(place + _MOST_BESIDE, last) + 1]
    return Near((*((heading,) if heading else ()), *before, own, *after), own, offset)


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
