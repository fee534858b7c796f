"""How well each sentence answers a question, and in which order those that do come."""

from __future__ import annotations

from dataclasses import dataclass

from aidx_assistant.answering.candidates import Candidate, Evidence
from aidx_assistant.answering.draft import Retrieved
from aidx_assistant.answering.preference import preference
from aidx_assistant.answering.question import Question
from aidx_assistant.answering.relevance import THRESHOLD, Features, behind, features, precision, weighted_terms
from aidx_assistant.answering.suitability import unfit

_MEANING = 1.0
"""What similarity adds to the order of sentences that all answer."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate with its features and the rule that it breaks, if any."""

    candidate: Candidate
    features: Features
    breaks: str | None
    order: float
    """Log odds, and how well its form suits the question: what comes first."""

    @property
    def answers(self) -> bool:
        return self.breaks is None and self.features.log_odds >= THRESHOLD


def judged(question: Question, evidence: Evidence, retrieved: Retrieved) -> tuple[Judged, ...]:
    """Every candidate judged, the best first."""
    all_judged = []
    for candidate, found, rule in weighed(question, evidence, retrieved):
        order = found.log_odds
        if rule is None and order >= THRESHOLD:
            order += _MEANING * found.similarity + precision(candidate, question)
            order += preference(candidate, question, retrieved.sources)
        all_judged.append(Judged(candidate, found, rule, order))
    return tuple(sorted(all_judged, key=lambda item: (-item.order, item.candidate.place)))


def weighed(
    question: Question, evidence: Evidence, retrieved: Retrieved
) -> tuple[tuple[Candidate, Features, str | None], ...]:
    """Every candidate with its features and the rule that it breaks, if any."""
    weighted = weighted_terms(question, evidence)
    found = [features(candidate, weighted, question) for candidate in evidence.candidates]
    broken = [unfit(candidate, question, retrieved.sources) for candidate in evidence.candidates]
    return tuple(zip(evidence.candidates, behind(found, broken), broken, strict=True))
