"""Narrower groups than the segments: which of them a text speaks of."""

from __future__ import annotations

from aidx_assistant.answering.candidates import Candidate
from aidx_assistant.answering.question import Question
from aidx_assistant.terms import keys_of, thesaurus

_FURTHER_GROUPS = frozenset({"=small", "=largeproviders", "=device", "=laboratory", "=pharmacist"})
"""Groups that several words mean alike."""
_BODIES = keys_of("organisations executives leaders respondents companies providers hospitals payers insurers pharma")
"""Whoever is counted as a whole."""


def of_another_group(candidate: Candidate, question: Question) -> bool:
    """A figure that counts a narrower group alone is none of all; of what ships the classifier knows that."""
    if candidate.known is not None or "figure" not in question.asks or question.for_slide:
        return False
    if "people_count" in question.asks:  # those surveyed are told group by group
        return False
    groups = thesaurus().apart | _FURTHER_GROUPS
    if not candidate.keys & groups - question.keys or _own_names(question) & candidate.keys:
        return False
    populations = [keys_of(finding.population) for finding in candidate.values]
    return not any(keys & _BODIES and not keys & groups for keys in populations)


def _own_names(question: Question) -> frozenset[str]:
    """Stems of those counted that the thesaurus has no name for: "agency" of home care agencies."""
    return frozenset(key for key in question.counted if keys_of(key) == {key} and key not in thesaurus().silent)
