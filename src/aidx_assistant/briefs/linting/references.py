"""The figures of a document against what its references name: the place, and where that is wrong, the whole source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aidx_assistant.answers import Citation, UnsupportedFigure, fault_in_words
from aidx_assistant.briefs.brief import Fault
from aidx_assistant.briefs.linting.examined import Examined, examined
from aidx_assistant.briefs.linting.figures import UNSUPPORTED, unsupported_figures
from aidx_assistant.briefs.linting.fitting import sentences_with
from aidx_assistant.briefs.linting.held import HeldShelf
from aidx_assistant.briefs.tracing.quotations import Quoted
from aidx_assistant.briefs.tracing.reference import PLACE_WRONG, Resolved, Resolver
from aidx_assistant.briefs.tracing.traced import Traced
from aidx_assistant.briefs.written.piece import Piece
from aidx_assistant.checking.sentences import sentence_spans
from aidx_assistant.checking.statements import MARKER, markers_in
from aidx_assistant.evidence import Passage
from aidx_assistant.figures import Figure, figures_in

_MOST_TRIED = 12
"""Sentences of a source that are tried for where a figure stands."""


class ReferredFigures:
    """A traced text examined with what its references name."""

    def __init__(self, traced: Traced, shelf: HeldShelf) -> None:
        self._traced = traced
        self._shelf = shelf
        self._resolver = Resolver(shelf)
        self._by_number = {one.reference.number: one for one in traced.references}
        self._figures = figures_in(" ".join(MARKER.sub(" ", piece.text) for piece in traced.pieces))
        self.text = examined(traced.pieces, self._citations(whole=False), shelf)
        self._widened: Examined | None = None

    def faults(self) -> Iterator[tuple[UnsupportedFigure, Fault]]:
        """The figures that their references do not bear out, each with what to say of it."""
        for figure in unsupported_figures(self.text):
            yield figure, self._fault(figure)

    def references_of(self, figure: UnsupportedFigure) -> tuple[Resolved, ...]:
        """What the sentence of a figure, or the row of a table, refers to."""
        piece, offset = self.text.marked.place(figure.start)
        spans = [span for span in sentence_spans(piece.text) if span[0] <= offset < span[1]]
        in_row = piece.kind in ("row", "header") or not spans
        start, end = (0, len(piece.text)) if in_row else spans[0]
        numbers = dict.fromkeys(n for marker in markers_in(piece.text[start:end], 0) for n in marker.numbers)
        return tuple(self._by_number[number] for number in numbers if number in self._by_number)

    def _citations(self, *, whole: bool) -> tuple[Citation, ...]:
        """What the references name; `whole`: of a place without quotation, all of its source."""
        found: list[Citation] = []
        for one in self._traced.references:
            by_place = whole and not one.reference.quotations
            if one.is_of_library and (one.names_whole_source or by_place):
                found += self._of_source(one)
            else:
                found += one.citations
        return tuple(found)

    def _of_source(self, one: Resolved) -> Iterator[Citation]:
        """Its sentences that have a figure of the text; where none has, its first, so that it counts as cited."""
        quoted: Sequence[Quoted] = sentences_with(self._figures, one.source_ids, self._shelf)
        if not quoted:
            first = next((p for source in one.source_ids for p in self._shelf.passages_of(source) if p.sentences), None)
            quoted = [Quoted(first, 0, 1)] if first else []
        return (self._resolver.citation(one.reference.number, sentence) for sentence in quoted)

    def _fault(self, figure: UnsupportedFigure) -> Fault:
        where = self.text.marked.where(figure.start)
        placed = [one for one in self.references_of(figure) if one.reference.places and not one.reference.quotations]
        if not placed or not figure.is_cited:
            return Fault(UNSUPPORTED, where, fault_in_words(figure))
        if self._widened is None:
            self._widened = examined(self._traced.pieces, self._citations(whole=True), self._shelf)
        still = {(fault.start, fault.end): fault for fault in self._widened.checked.checks.figures_unsupported}
        fault = still.get((figure.start, figure.end))
        if fault is not None:
            return Fault(UNSUPPORTED, where, fault_in_words(fault))
        return Fault(PLACE_WRONG, where, self._elsewhere(figure, placed))

    def _elsewhere(self, figure: UnsupportedFigure, placed: Sequence[Resolved]) -> str:
        passages = [self._shelf.passage(citation.passage_id) for one in placed for citation in one.citations]
        known = " and ".join(dict.fromkeys(_what_is_there(passage) for passage in passages if passage))
        stands = self._where_it_stands(figure, placed)
        told = f"it stands in {stands}" if stands else "it stands elsewhere in the source"
        return f"{figure.text}: {known or 'the place named does not give it'}; {told}."

    def _where_it_stands(self, figure: UnsupportedFigure, placed: Sequence[Resolved]) -> str:
        """The place of the first sentence of the sources that bears the figure out, in words."""
        piece, offset = self.text.marked.place(figure.start)
        source_ids = [source for one in placed for source in one.source_ids]
        tried = sentences_with(_figures_at(piece, offset), source_ids, self._shelf)[:_MOST_TRIED]
        numbers = [one.reference.number for one in placed]
        for quoted in tried:
            citations = [self._resolver.citation(number, quoted) for number in numbers]
            alone = examined((piece,), citations, self._shelf)
            shift = alone.marked.starts[0]
            if all(fault.start - shift != offset for fault in alone.checked.checks.figures_unsupported):
                return self._resolver.where_it_stands(quoted.passage)
        return ""


def _figures_at(piece: Piece, offset: int) -> tuple[Figure, ...]:
    text = MARKER.sub(lambda match: " " * len(match.group()), piece.text)
    return tuple(figure for figure in figures_in(text) if figure.start <= offset < figure.end)


def _what_is_there(place: Passage) -> str:
    """That a place does not have a figure, or is not known well enough to have it."""
    label = place.locator.label
    if place.read != "no":
        return f"{label} does not give it"
    known = f"its alt text “{place.locator.heading}”" if place.locator.kind == "slide" else "its heading"
    return f"{label} has not been read, and {known} does not give it"
