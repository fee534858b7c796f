"""disagreement-not-shown: where the library's sources say different things about what a text tells, it says so."""

from __future__ import annotations

from collections.abc import Iterator

from aidx_assistant.briefs.brief import Fault
from aidx_assistant.briefs.linting.examined import Examined
from aidx_assistant.checking.values import fit
from aidx_assistant.evidence import Finding
from aidx_assistant.figures import figures_in

NOT_SHOWN = "disagreement-not-shown"


def disagreement_faults(text: Examined) -> Iterator[Fault]:
    """One fault for each disagreement with a finding that the text tells, unless it says what differs."""
    told: set[str] = set()
    for finding, where in _told_findings(text):
        for other in _differing(finding, text):
            difference = finding.difference or other.difference or f"{finding.statement} / {other.statement}"
            pair = " ".join(sorted((finding.id, other.id)))
            if pair in told or _is_shown(finding, other, text):
                continue
            told.add(pair)
            yield Fault(NOT_SHOWN, where, f"The sources differ on this, and the text does not say so: {difference}")


def _told_findings(text: Examined) -> Iterator[tuple[Finding, str]]:
    """The findings whose figure, or the sentence of which, a piece of the text cites, and where it does."""
    by_number: dict[int, list[Finding]] = {}
    for citation in text.citations:
        if citation.verified:
            found = text.evidence.findings_of(citation.passage_id, range(*citation.sentences))
            by_number.setdefault(citation.number, []).extend(found)
    for piece, start in zip(text.pieces, text.marked.starts, strict=True):
        for number in _markers(piece.text):
            for finding in by_number.get(number, ()):
                if _is_told(finding, piece.text):
                    yield finding, text.marked.where(start)


def _markers(text: str) -> tuple[int, ...]:
    from aidx_assistant.checking.statements import markers_in

    return tuple(dict.fromkeys(number for marker in markers_in(text, 0) for number in marker.numbers))


def _is_told(finding: Finding, text: str) -> bool:
    """Whether a text gives the figure of a finding; one without a figure is told wherever it is cited."""
    stated = figures_in(finding.value or "")
    return not stated or any(fit(figure, stated[0]) == "same" for figure in figures_in(text))


def _differing(finding: Finding, text: Examined) -> Iterator[Finding]:
    """The findings that say something else, whichever of the two names the other."""
    for other in text.evidence.findings():
        if other.id in finding.differs_from or finding.id in other.differs_from:
            yield other


def _is_shown(finding: Finding, other: Finding, text: Examined) -> bool:
    """Whether the text says what differs, in the library's words, or one piece of it cites both findings."""
    said = [difference for one in (finding, other) if (difference := one.difference)]
    if any(difference in text.marked.text for difference in said):
        return True
    both = [_numbers_of(finding, text), _numbers_of(other, text)]
    return any(all(numbers & set(_markers(piece.text)) for numbers in both) for piece in text.pieces)


def _numbers_of(finding: Finding, text: Examined) -> set[int]:
    return {
        citation.number
        for citation in text.citations
        if citation.verified
        and citation.passage_id == finding.passage_id
        and finding.sentence in range(*citation.sentences)
    }
