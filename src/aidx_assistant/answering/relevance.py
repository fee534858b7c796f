"""How well a sentence answers a question: its features, their calibrated weights, and the loosest threshold."""

from __future__ import annotations

import math
from dataclasses import dataclass

from aidx_assistant.answering.candidates import Candidate, Evidence, evidence_of
from aidx_assistant.answering.draft import Retrieved
from aidx_assistant.answering.question import Question, understood
from aidx_assistant.answering.wording import CONCEPT, Term, thesaurus

FEATURES = ("similarity", "coverage", "unknown", "passage")


@dataclass(frozen=True, slots=True)
class Weighted:
    """A term of the question with its weight in this evidence."""

    term: Term
    weight: float
    known: bool
    """Whether any sentence of the evidence has it."""


def weighted_terms(question: Question, evidence: Evidence) -> tuple[Weighted, ...]:
    """Inverse document frequencies over the sentences of the evidence."""
    count = len(evidence.candidates)
    weighted = []
    for term in question.terms:
        frequency = sum(not term.keys.isdisjoint(candidate.keys) for candidate in evidence.candidates)
        weighted.append(Weighted(term, math.log((count + 1) / (frequency + 0.5)), frequency > 0))
    return tuple(weighted)


def features(candidate: Candidate, weighted: tuple[Weighted, ...]) -> tuple[float, ...]:
    """The values of FEATURES, each 0 to 1."""
    total = sum(item.weight for item in weighted) or 1.0
    covered = sum(item.weight * _credit(item.term, candidate) for item in weighted)
    unknown = sum(item.weight for item in weighted if not item.known)
    return (candidate.similarity, covered / total if weighted else 0.0, unknown / total, candidate.passage_score)


def _credit(term: Term, candidate: Candidate) -> float:
    if not term.keys.isdisjoint(candidate.keys):
        return 1.0
    return 0.7 if not term.keys.isdisjoint(candidate.context) else 0.0
