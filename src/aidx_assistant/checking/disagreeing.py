"""Cited sentences that say different things about the same."""

from __future__ import annotations

from collections.abc import Sequence

from aidx_assistant.answers import Citation, Disagreement
from aidx_assistant.evidence import Finding


def disagreements_among(citations: Sequence[Citation], findings: Sequence[Finding]) -> tuple[Disagreement, ...]:
    """One disagreement for each pair of cited findings of which one names the other in `differs_from`."""
    cited: dict[str, set[int]] = {}
    for finding in findings:
        for citation in citations:
            first, end = citation.sentences
            if citation.verified and citation.passage_id == finding.passage_id and first <= finding.sentence < end:
                cited.setdefault(finding.id, set()).add(citation.number)
    found: dict[str, set[int]] = {}
    told: set[frozenset[str]] = set()
    for finding in findings:
        for other in finding.differs_from:
            pair = frozenset({finding.id, other})
            if finding.id in cited and other in cited and pair not in told:
                told.add(pair)
                about = finding.difference or finding.topic
                found.setdefault(about, set()).update(cited[finding.id] | cited[other])
    return tuple(Disagreement(about, tuple(sorted(numbers))) for about, numbers in found.items())
