"""Tries a figure against sentences of the sources that a text refers to, one by one or all together."""

from __future__ import annotations

from collections.abc import Sequence

from aidx_assistant.answers import Citation, UnsupportedFigure
from aidx_assistant.briefs.linting.complements import affirmed
from aidx_assistant.briefs.linting.derived import is_worked_out
from aidx_assistant.briefs.linting.examined import examined
from aidx_assistant.briefs.linting.fitting import sentences_with, stated_sentences
from aidx_assistant.briefs.linting.following import is_first_told, is_ratio_told, is_sum_told
from aidx_assistant.briefs.linting.held import HeldShelf
from aidx_assistant.briefs.linting.surroundings import Near
from aidx_assistant.briefs.linting.told_otherwise import told_otherwise
from aidx_assistant.briefs.tracing.quotations import Quoted
from aidx_assistant.briefs.tracing.reference import Resolved, Resolver
from aidx_assistant.checking.values import fit
from aidx_assistant.checking.words import concepts

_MOST_TRIED = 12
"""Sentences of a source that are tried for a figure."""
_OF_FEWER = "says this only of"
_MOST_COMPARED = 600
"""Sentences of the sources among which the one is looked for that says what a figure should be."""


class Trials:
    """Judges figures of a text, each for itself."""

    def __init__(self, resolver: Resolver, shelf: HeldShelf) -> None:
        self._resolver = resolver
        self._shelf = shelf

    def tried(self, near: Near, references: Sequence[Resolved]) -> tuple[list[Quoted], UnsupportedFigure | None]:
        """The sentences of the sources that bear a figure out by themselves, and what is wrong with it at another."""
        source_ids = _sources_of(references)
        figures = near.figures
        bearing: list[Quoted] = []
        wrong: list[UnsupportedFigure] = []
        for quoted in sentences_with(figures, source_ids, self._shelf, near.claim)[:_MOST_TRIED]:
            citations = [self._resolver.citation(one.reference.number, quoted) for one in references]
            faults = list(self._faults(near, citations))
            if not faults and near.piece.kind not in ("row", "header"):
                otherwise = told_otherwise(near.piece.text, figures[0], quoted, source_ids, self._shelf)
                faults = [otherwise] if otherwise else []
            if faults:
                wrong += faults
            else:
                bearing.append(quoted)
        words = concepts(near.claim)
        wrong.sort(key=lambda fault: -len(words & concepts(fault.found_instead or "")))
        return bearing, wrong[0] if wrong else None

    def against_all(self, near: Near, references: Sequence[Resolved]) -> UnsupportedFigure | None:
        """What the sources say instead of a figure, seen from all their sentences with other numbers.

        None where that would be too many sentences to look at.
        """
        figures = near.figures
        others = [
            quoted
            for quoted, stated in stated_sentences(_sources_of(references), self._shelf)
            if not any(fit(claimed, one) != "other" for claimed in figures for one in stated)
            and all(claimed.low != quoted.passage.locator.number for claimed in figures)
        ]
        if len(others) > _MOST_COMPARED:
            return None
        citations = [self._resolver.citation(one.reference.number, quoted) for one in references for quoted in others]
        return next(iter(self._faults(near, citations)), None)

    def follows(self, near: Near, references: Sequence[Resolved]) -> bool:
        """Whether a figure that no sentence gives follows from figures that the references bear out."""
        sentence = near.sentence
        for figure in near.figures_of_sentence:
            is_cell = near.piece.kind in ("row", "header")  # its words are of several cells, which name much
            told = not is_cell and is_sum_told(figure, sentence, _sources_of(references), self._shelf)
            told |= is_first_told(figure, sentence, _sources_of(references), self._shelf)
            told |= is_worked_out(figure, sentence, _sources_of(references), self._shelf)
            if told or is_ratio_told(figure, sentence):
                return True
        complements = (affirmed(near.piece, figure) for figure in near.figures)
        return any(other and self._is_borne_out(near.told_as(other), references) for other in complements)

    def _is_borne_out(self, near: Near, references: Sequence[Resolved]) -> bool:
        citations = [citation for one in references for citation in one.citations]
        if citations and not self._faults(near, citations):
            return True
        whole = [one for one in references if one.names_whole_source]
        return bool(whole and self.tried(near, whole)[0])

    def _faults(self, near: Near, citations: Sequence[Citation]) -> tuple[UnsupportedFigure, ...]:
        """What is wrong with a figure if it rests on these."""
        text = examined(near.pieces, citations, self._shelf, only=(near.piece, near.offset))
        return text.checked.checks.figures_unsupported


def more_telling(figure: UnsupportedFigure, at_same_number: UnsupportedFigure | None, claim: str) -> UnsupportedFigure:
    """What to say of a figure: of what was found instead, that which speaks more of what the text speaks of.

    A source that says it of fewer goes first, if it has most of the text's words: what lacks is their name, not another
    figure.
    """
    if at_same_number is None:
        return figure
    words = concepts(claim)
    likeness = [len(words & concepts(one.found_instead or "")) for one in (figure, at_same_number)]
    if _OF_FEWER in at_same_number.reason and 2 * likeness[1] > len(words):
        return at_same_number
    of_else = "of something else" in at_same_number.reason  # another unit: alike in its digits alone
    return figure if likeness[0] > likeness[1] or (of_else and likeness[0] == likeness[1]) else at_same_number


def _sources_of(references: Sequence[Resolved]) -> list[str]:
    return list(dict.fromkeys(source for one in references for source in one.source_ids))
