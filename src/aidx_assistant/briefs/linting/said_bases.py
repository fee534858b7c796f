"""base-wrong: whom a `Source:` line says its figures count, and for when, is what the source says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from aidx_assistant.answers import Citation
from aidx_assistant.briefs.brief import Fault
from aidx_assistant.briefs.linting.held import HeldEvidence
from aidx_assistant.briefs.source_line import BETWEEN_BASES, base_of
from aidx_assistant.briefs.tracing.reference import Resolved
from aidx_assistant.checking.words import stem
from aidx_assistant.evidence import Finding

WRONG = "base-wrong"
_ANYBODY = ", all segments"
_WORD = re.compile(r"[^\W\d_]+")
_SMALL_WORDS = frozenset(map(stem, "a an and at by for in of on the their those to with who whom".split()))
_OF_SURVEYS = frozenset(map(stem, "all asked respondents segments surveyed".split()))
"""What a reader may add without counting anybody else."""


def base_faults(line: Resolved, citations: Iterable[Citation], evidence: HeldEvidence) -> Iterator[Fault]:
    """What is wrong with the base in a line, seen from the findings that the cited sentences state."""
    findings = [
        finding
        for citation in citations
        for finding in evidence.findings_of(citation.passage_id, range(*citation.sentences))
        if base_of(finding)
    ]
    if not findings:
        return
    for said in line.reference.base.split(BETWEEN_BASES) if line.reference.base else ():
        if not any(_is_base_of(said, finding) for finding in findings):
            counted = " and ".join(dict.fromkeys(f"“{base_of(finding)}”" for finding in findings))
            yield Fault(WRONG, line.reference.where, f"The Source: line counts “{said}”; the source counts {counted}.")


def time_frame_faults(line: Resolved, citations: Iterable[Citation], evidence: HeldEvidence) -> Iterator[Fault]:
    """What is wrong with the time frame in a line, seen from the findings that the cited sentences state."""
    said = line.reference.time_frame
    frames = [
        finding.time_frame
        for citation in citations
        for finding in evidence.findings_of(citation.passage_id, range(*citation.sentences))
        if finding.value and finding.time_frame
    ]
    wrong = [one for one in said.split(BETWEEN_BASES) if frames and _stems(one) not in map(_stems, frames)]
    for one in wrong if said else ():
        meant = " and ".join(dict.fromkeys(f"“{frame}”" for frame in frames))
        yield Fault(WRONG, line.reference.where, f"The Source: line says “{one}”; the source says {meant}.")


def _is_base_of(said: str, finding: Finding) -> bool:
    """Whether words name the base of a finding: none of its words is left out, and none added but the statement's."""
    own = _stems(base_of(finding).removesuffix(_ANYBODY))
    words = _stems(said.removesuffix(_ANYBODY))
    return own <= words and words - own <= _stems(finding.statement) | _OF_SURVEYS


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, _WORD.findall(text))) - _SMALL_WORDS
