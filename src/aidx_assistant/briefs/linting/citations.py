"""citation-unresolved: every marker names a citation, and every citation is what the library holds there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aidx_assistant.answers import Citation
from aidx_assistant.briefs.brief import Fault
from aidx_assistant.briefs.linting.examined import Examined
from aidx_assistant.briefs.linting.held import HeldEvidence
from aidx_assistant.briefs.linting.wording import as_sentence
from aidx_assistant.checking.statements import MARKER

UNRESOLVED = "citation-unresolved"
_NUMBER = re.compile(r"\d+")


def marker_faults(text: Examined) -> Iterator[Fault]:
    """Markers that name no citation, each number once."""
    told: set[int] = set()
    for match in MARKER.finditer(text.marked.text):
        for number in map(int, _NUMBER.findall(match[1])):
            if number not in told and not text.cited(number):
                told.add(number)
                yield Fault(UNRESOLVED, text.marked.where(match.start()), f"[{number}] names no citation.")


def quotation_faults(text: Examined) -> Iterator[Fault]:
    """Citations whose quotation is not what the library holds, where they are first named."""
    for citation in text.citations:
        if not citation.verified:
            where = _first_named(citation.number, text) or f"citation {citation.number}"
            yield Fault(UNRESOLVED, where, f"[{citation.number}] {what_the_library_says(citation, text.evidence)}")


def what_the_library_says(citation: Citation, evidence: HeldEvidence) -> str:
    """What stands where a citation points, for one that does not quote it."""
    passage = evidence.passage(citation.passage_id)
    if passage is None:
        return f"{citation.label}: the library holds no such place."
    said = " ".join(passage.sentences[slice(*citation.sentences)]) or passage.text
    return as_sentence(f"{citation.label} is quoted as “{citation.quote}”; the library says “{said}”")


def _first_named(number: int, text: Examined) -> str | None:
    for match in MARKER.finditer(text.marked.text):
        if number in map(int, _NUMBER.findall(match[1])):
            return text.marked.where(match.start())
    return None
