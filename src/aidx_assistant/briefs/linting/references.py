"""The figures of a document against what its references name: sentences quoted, places, sources as a whole.

A reference that quotes nothing may rest on any sentence of what it names: a figure that fails against all of them
together is tried against each sentence that has its number, at the place named and elsewhere in the source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from aidx_assistant.answers import Citation, UnsupportedFigure
from aidx_assistant.briefs.brief import Fault
from aidx_assistant.briefs.linting.examined import examined
from aidx_assistant.briefs.linting.figures import UNSUPPORTED, WITHOUT_SOURCE, unsupported_figures
from aidx_assistant.briefs.linting.fitting import counts_otherwise, sentences_with
from aidx_assistant.briefs.linting.held import HeldShelf
from aidx_assistant.briefs.linting.own_figures import is_of_the_writer
from aidx_assistant.briefs.linting.published import wrong_date
from aidx_assistant.briefs.linting.surroundings import Near, figures_of, near_figure
from aidx_assistant.briefs.linting.trials import Trials, more_telling
from aidx_assistant.briefs.linting.wording import of_document, with_like_hint
from aidx_assistant.briefs.tracing.quotations import Quoted
from aidx_assistant.briefs.tracing.reference import DATE_WRONG, PLACE_WRONG, Resolved, Resolver
from aidx_assistant.briefs.tracing.traced import Traced
from aidx_assistant.checking.sentences import sentence_spans
from aidx_assistant.checking.statements import markers_in
from aidx_assistant.evidence import Passage
from aidx_assistant.figures import Figure, figures_in

ToldHowFar = Callable[[int, int], None]
"""Told how many figures are done, and of how many."""
_OF_OTHERS = frozenset({"slide", "year", "date"})
"""Figures that belong to the reference itself, or to another figure."""
_SMALL = 12
"""Counts in words up to this may be of the text's own parts, unless the source counts the same otherwise."""


def nothing_shown(done: int, total: int) -> None:
    """Nobody wants to be told."""


class ReferredFigures:
    """A traced text examined with what its references name."""

    def __init__(self, traced: Traced, shelf: HeldShelf) -> None:
        self._traced = traced
        self._shelf = shelf
        self._resolver = Resolver(shelf)
        self._trials = Trials(self._resolver, shelf)
        self._by_number = {one.reference.number: one for one in traced.references}
        self.text = examined(traced.pieces, tuple(self._citations()), shelf)
        self._places = {id(piece): number for number, piece in enumerate(self.text.pieces)}

    def faults(self, progress: ToldHowFar = nothing_shown) -> Iterator[tuple[UnsupportedFigure, Fault]]:
        """The figures that their references do not bear out, each with what to say of it."""
        unsupported = {figure.start: figure for figure in unsupported_figures(self.text)}
        borne_out = [start for start in self._figures_between_calculations() if start not in unsupported]
        total = len(unsupported) + len(borne_out)
        for done, figure in enumerate(unsupported.values()):
            progress(done, total)
            if fault := self._fault(figure):
                yield figure, fault
        for done, start in enumerate(borne_out, len(unsupported)):
            progress(done, total)
            near = self._near(start)
            if wrong := self._wrong_in_each(start, near):
                where = self.text.marked.where(start)
                yield replace(wrong, start=start), Fault(UNSUPPORTED, where, self._in_words(wrong, near))
        progress(total, total)

    def _figures_between_calculations(self) -> Iterator[int]:
        """Where the figures of the text begin, but for those of calculations."""
        spans = [one.span for one in self.text.calculations]
        for piece, start in zip(self.text.pieces, self.text.marked.starts, strict=True):
            for figure in figures_of(piece):
                place = start + figure.start
                stands_alone = figure.kind not in _OF_OTHERS and not _is_small_count(figure)
                if stands_alone and not any(first <= place < end for first, end in spans):
                    yield place

    def _wrong_in_each(self, start: int, near: Near) -> UnsupportedFigure | None:
        """What is wrong with a figure that only all sentences of a place bear out, and none of those that have it."""
        references = self.references_at(start)
        if not references or any(one.reference.quotations or not one.is_of_library for one in references):
            return None
        found, nearest = self._trials.tried(near, references)
        return None if found else nearest

    def references_at(self, start: int) -> tuple[Resolved, ...]:
        """What the sentence of the figure that begins there, or the row of a table, refers to."""
        piece, offset = self.text.marked.place(start)
        spans = [span for span in sentence_spans(piece.text) if span[0] <= offset < span[1]]
        in_row = piece.kind in ("row", "header") or not spans
        start, end = (0, len(piece.text)) if in_row else spans[0]
        numbers = dict.fromkeys(n for marker in markers_in(piece.text[start:end], 0) for n in marker.numbers)
        return tuple(self._by_number[number] for number in numbers if number in self._by_number)

    def _directly_behind(self, figure: UnsupportedFigure) -> tuple[Resolved, ...]:
        """The references of the first run of markers after a figure."""
        piece, offset = self.text.marked.place(figure.end)
        numbers: list[int] = []
        end = None
        for marker in markers_in(piece.text[offset:], 0):
            if end is not None and piece.text[offset + end : offset + marker.start].strip(" ,;"):
                break
            numbers += marker.numbers
            end = marker.end
        return tuple(self._by_number[number] for number in numbers if number in self._by_number)

    def _citations(self) -> Iterator[Citation]:
        """What the references name; of a whole source its sentences that have a figure of the text."""
        written = (figure for piece in self._traced.pieces for figure in figures_of(piece))
        figures = list({(one.kind, one.low, one.high, one.bound, one.unit): one for one in written}.values())
        of_sources: dict[tuple[str, ...], Sequence[Quoted]] = {}
        for one in self._traced.references:
            if not one.names_whole_source:
                yield from one.citations
                continue
            if one.source_ids not in of_sources:
                of_sources[one.source_ids] = sentences_with(figures, one.source_ids, self._shelf)
            for sentence in of_sources[one.source_ids] or self._first_sentence(one):
                yield self._resolver.citation(one.reference.number, sentence)

    def _first_sentence(self, one: Resolved) -> list[Quoted]:
        """Where no sentence of a source has a figure of the text: one, so that the source counts as cited."""
        passages = (passage for source_id in one.source_ids for passage in self._shelf.passages_of(source_id))
        first = next((passage for passage in passages if passage.sentences), None)
        return [Quoted(first, 0, 1)] if first else []

    def _fault(self, figure: UnsupportedFigure) -> Fault | None:
        where = self.text.marked.where(figure.start)
        if not figure.is_cited:
            return Fault(WITHOUT_SOURCE, where, f"{figure.text}: no source is cited for it.")
        references = [one for one in self.references_at(figure.start) if one.is_of_library]
        near = self._near(figure.start)
        if self._trials.follows(near, references):
            return None
        if dated := self._dated_otherwise(near, references):
            return Fault(DATE_WRONG, where, dated)
        unquoted = [one for one in references if not one.reference.quotations]
        if unquoted:
            return self._fault_of_unquoted(figure, near, unquoted)
        return Fault(UNSUPPORTED, where, self._in_words(figure, near, is_quoted=True))

    def _fault_of_unquoted(self, figure: UnsupportedFigure, near: Near, unquoted: Sequence[Resolved]) -> Fault | None:
        """What is wrong with a figure that rests on places, or on sources as a whole."""
        where = self.text.marked.where(figure.start)
        found, nearest = self._trials.tried(near, unquoted)
        if not found:
            own = self._is_own_count(near, unquoted) or self._is_place_of_another(near, unquoted)
            told = more_telling(self._trials.against_all(near, unquoted) or figure, nearest, near.claim)
            return None if own else Fault(UNSUPPORTED, where, self._in_words(told, near))
        behind = [one for one in self._directly_behind(figure) if one in unquoted] or unquoted
        here = {citation.passage_id for one in unquoted for citation in one.citations}
        stands_here = any(quoted.passage.id in here for quoted in found)
        beside = any(one.names_what_is_beside(quoted.passage) for one in behind for quoted in found)
        if stands_here or beside or any(one.names_whole_source for one in unquoted):
            return None
        return Fault(PLACE_WRONG, where, self._elsewhere(figure, behind, found[0]))

    def _in_words(self, figure: UnsupportedFigure, near: Near, *, is_quoted: bool = False) -> str:
        """What is wrong with a figure, with what the sources say instead if that is of the same."""
        return of_document(with_like_hint(figure, near, self._shelf, is_quoted=is_quoted))

    def _dated_otherwise(self, near: Near, references: Sequence[Resolved]) -> str | None:
        """What is wrong with a day or year that is said to be when a source was published."""
        source_ids = [source for one in references for source in one.source_ids]
        told = (wrong_date(one, near.sentence, source_ids, self._shelf) for one in near.figures_of_sentence)
        return next((wrong for wrong in told if wrong), None)

    def _near(self, start: int) -> Near:
        """The figure that begins there with what says of whom it speaks."""
        piece, offset = self.text.marked.place(start)
        return near_figure(self.text.pieces, self._places[id(piece)], offset)

    def _elsewhere(self, figure: UnsupportedFigure, references: Sequence[Resolved], stands: Quoted) -> str:
        passages = [self._shelf.passage(citation.passage_id) for one in references for citation in one.citations]
        known = " and ".join(dict.fromkeys(_what_is_there(passage) for passage in passages if passage))
        place = self._resolver.where_it_stands(stands.passage)
        return f"{figure.text}: {known or 'the place named does not give it'}; it stands in {place}."

    def is_of_the_writer(self, start: int) -> bool:
        """Whether the figure that begins there is plainly the writer's own."""
        near = self._near(start)
        return is_of_the_writer(near.sentence, near.offset_in_sentence)

    def _is_own_count(self, near: Near, references: Sequence[Resolved]) -> bool:
        """Whether a figure is a small count of which the sources say nothing: "the four questions below"."""
        source_ids = [source for one in references for source in one.source_ids]
        counted = [one for one in near.figures if _is_small_count(one)]
        return bool(counted) and not any(counts_otherwise(one, source_ids, self._shelf) for one in counted)

    def _is_place_of_another(self, near: Near, references: Sequence[Resolved]) -> bool:
        """Whether a slide that a source has is named as the place of another figure, which is judged with it."""
        slides = {int(one.low) for one in near.figures if one.kind == "slide"}
        sources = [source for one in references for source in one.source_ids]
        places = (passage.locator for source in sources for passage in self._shelf.passages_of(source))
        has_it = slides and slides <= {place.number for place in places if place.kind == "slide"}
        return bool(has_it) and any(one.kind not in _OF_OTHERS for one in figures_in(near.sentence))


def _is_small_count(figure: Figure) -> bool:
    """Digits are data; a number in words may count the text's own parts."""
    return figure.kind == "count" and figure.high <= _SMALL and not any(map(str.isdigit, figure.text))


def _what_is_there(place: Passage) -> str:
    """That a place does not have a figure, or is not known well enough to have it."""
    label = place.locator.label
    if place.read != "no":
        return f"{label} does not give it"
    known = f"its alt text “{place.locator.heading}”" if place.locator.kind == "slide" else "its heading"
    return f"{label} has not been read, and {known} does not give it"
