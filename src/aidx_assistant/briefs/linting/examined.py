"""A text with what code established about it, for the rules to judge."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from aidx_assistant.answers import Citation
from aidx_assistant.briefs.calculation import Calculation, calculations_in
from aidx_assistant.briefs.linting.held import HeldEvidence
from aidx_assistant.briefs.written.piece import MarkedText, Piece, marked_text
from aidx_assistant.checking import CheckedAnswer, Evidence, check_answer

_MARKER = re.compile(r"\[\d{1,4}(?:\s*[,;]\s*\d{1,4})*\]")
_OWN = re.compile(r"\bown\s+calculations?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CalculationAt:
    """A calculation and the offset of its piece in the whole text, from which its own offsets count."""

    calculation: Calculation
    base: int

    @property
    def span(self) -> tuple[int, int]:
        """Offsets in the whole text, end exclusive."""
        return self.base + self.calculation.start, self.base + self.calculation.end


@dataclass(frozen=True, slots=True)
class Examined:
    """A text, its citations checked against the library, its figures against the citations."""

    marked: MarkedText
    citations: tuple[Citation, ...]
    """With `verified` set."""
    checked: CheckedAnswer
    """Of the text without its calculations: these are judged by themselves."""
    calculations: tuple[CalculationAt, ...]
    evidence: HeldEvidence
    checkable: str
    """The text that was checked: with spaces, at the same offsets, for calculations and told differences."""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return self.marked.pieces

    def cited(self, number: int) -> tuple[Citation, ...]:
        """What a marker names; empty where it names nothing."""
        return tuple(citation for citation in self.citations if citation.number == number)


def examined(
    pieces: Iterable[Piece],
    citations: Sequence[Citation],
    evidence: Evidence,
    only: tuple[Piece, int] | None = None,
) -> Examined:
    """Checks a text, given by its pieces, whose markers name `citations` by number.

    `only`: a piece and the offset in it of the one figure to be judged.
    """
    held = evidence if isinstance(evidence, HeldEvidence) else HeldEvidence(evidence)
    marked = marked_text(pieces)
    calculations = tuple(_calculations(marked))
    checkable = without_told_differences(without_calculations(marked.text, calculations), held)
    starts = zip(marked.pieces, marked.starts, strict=True)
    only_at = next((start + only[1] for piece, start in starts if piece is only[0]), None) if only else None
    checked = check_answer(checkable, citations, held, only_at)
    return Examined(marked, checked.citations, checked, calculations, held, checkable)


def _calculations(marked: MarkedText) -> Iterator[CalculationAt]:
    for piece, start in zip(marked.pieces, marked.starts, strict=True):
        if "=" in piece.text or "≈" in piece.text:
            text = marked.text[start : start + len(piece.text)]
            yield from (CalculationAt(calculation, start) for calculation in calculations_in(text))


def without_calculations(text: str, calculations: Iterable[CalculationAt]) -> str:
    """The text with calculations, and the word “own calculation”, as spaces; their citations and all offsets stay."""
    for calculation in calculations:
        start, end = calculation.span
        text = text[:start] + _blanked_but_markers(text[start:end]) + text[end:]
    return _OWN.sub(_spaces, text)


def without_told_differences(text: str, evidence: HeldEvidence) -> str:
    """The text with every sentence of the library that tells where sources differ as spaces: these are its words."""
    for difference in {finding.difference for finding in evidence.findings() if finding.difference}:
        text = text.replace(difference, " " * len(difference))
    return text


def _blanked_but_markers(text: str) -> str:
    kept, position = "", 0
    for marker in _MARKER.finditer(text):
        kept += " " * (marker.start() - position) + marker.group()
        position = marker.end()
    return kept + " " * (len(text) - position)


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match.group())
