"""Which sentences answer a question, in which order, or why none does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aidx_assistant.answering.candidates import Candidate, Evidence
from aidx_assistant.answering.draft import Retrieved
from aidx_assistant.answering.preference import REASON, WHO, preference
from aidx_assistant.answering.question import Question
from aidx_assistant.answering.relevance import (
    THRESHOLD,
    Features,
    behind,
    features,
    precision,
    weighted_terms,
)
from aidx_assistant.answering.suitability import unfit
from aidx_assistant.evidence import Finding

MOST_SENTENCES = 6
_BESIDES = 2
"""How many sentences a plain question is answered with at most, before contrasts and disagreements."""
_MEANING = 1.0
"""What similarity adds to the order of sentences that all answer."""
_OUT_OF_REACH = 2.5
"""How far below the threshold a sentence is not held against the rules any more: it answers nothing."""
_NEARLY_AS_GOOD = 0.6
"""Log odds that a further sentence may lie below the best."""


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
        breaks = rule if order >= THRESHOLD - _OUT_OF_REACH else None
        if breaks is None and order >= THRESHOLD:
            order += _MEANING * found.similarity + precision(candidate, question)
            order += preference(candidate, question, retrieved.sources)
        all_judged.append(Judged(candidate, found, breaks, order))
    return tuple(sorted(all_judged, key=lambda item: (-item.order, item.candidate.place)))


def weighed(
    question: Question, evidence: Evidence, retrieved: Retrieved
) -> tuple[tuple[Candidate, Features, str | None], ...]:
    """Every candidate with its features and the rule that it breaks, if any."""
    weighted = weighted_terms(question, evidence)
    found = [features(candidate, weighted, question) for candidate in evidence.candidates]
    broken = [unfit(candidate, question, retrieved.sources) for candidate in evidence.candidates]
    return tuple(zip(evidence.candidates, behind(found, broken), broken, strict=True))


def chosen(question: Question, ranked: Sequence[Judged]) -> tuple[Candidate, ...]:
    """The sentences that answer, best first, at most MOST_SENTENCES; none where nothing answers."""
    answering = [item for item in ranked if item.answers]
    if not answering:
        return ()
    picked = _first_picks(question, answering, ranked)
    total = _over_all(question, picked[0], ranked)
    if total is not None:
        picked = [total, *(candidate for candidate in picked if candidate.place != total.place)]
    by_finding = {finding.id: item.candidate for item in ranked for finding in item.candidate.findings}
    for candidate in (*_contrasts(question, picked, by_finding.values()), *_disagreeing(question, picked, by_finding)):
        if not _repeats(candidate, picked):
            picked.append(candidate)
    return tuple(picked[:MOST_SENTENCES])


def _first_picks(question: Question, answering: Sequence[Judged], ranked: Sequence[Judged]) -> list[Candidate]:
    if question.slides:
        return _of_slides(question, answering, ranked)
    if len(question.segments) > 1:
        return _of_segments(question, answering)
    best = answering[0]
    picked = [best.candidate]
    limit = MOST_SENTENCES if {"disagreement", "section"} & question.asks else _BESIDES
    if "list" in question.asks and best.candidate.slides_named > 1:
        limit = 1
    # What is to be explained goes with the reason, which its form puts far ahead.
    reach = _NEARLY_AS_GOOD + (2.0 * REASON if "reason" in question.asks else 0.0)
    for item in answering[1:]:
        if len(picked) == limit:
            break
        close = item.order >= best.order - reach
        if close and not _repeats(item.candidate, picked):
            picked.append(item.candidate)
    return picked


def _over_all(question: Question, best: Candidate, ranked: Sequence[Judged]) -> Candidate | None:
    """The same measure over all segments, where a figure was asked for and no segment was named."""
    if "figure" not in question.asks or question.segments or {"segment", "superlative"} & question.asks:
        return None
    others = [item.candidate for item in ranked if item.breaks is None and not item.candidate.is_pointer]
    for finding in best.findings:
        if finding.value and finding.segment != "all":
            for candidate in others:
                if any(_same_over_all(finding, other) for other in candidate.findings):
                    return candidate
    return None


def _of_slides(question: Question, answering: Sequence[Judged], ranked: Sequence[Judged]) -> list[Candidate]:
    """For each slide asked for the sentence that says most about it; for one alone, that it has not been read too."""
    picked = []
    for number in question.slides:
        own = [item.candidate for item in answering if item.candidate.passage.locator.number == number]
        picked += own[:1]
    if not picked:
        return [answering[0].candidate]
    if len(question.slides) == 1:
        id_ = picked[0].passage.id
        unread = (item.candidate for item in ranked if item.candidate.tells_nothing)
        picked += [candidate for candidate in unread if candidate.passage.id == id_]
    return picked


def _of_segments(question: Question, answering: Sequence[Judged]) -> list[Candidate]:
    """The best sentence for each segment, in the question's order; one of all of them, or of none, is enough."""
    best = answering[0].candidate
    of_all = [item.candidate for item in answering if set(question.segments) <= item.candidate.named_segments]
    if best in of_all or not best.named_segments - {"all"}:
        return [best]
    if of_all and WHO.search(question.text):  # which of them: a sentence that compares them says it
        return of_all[:1]
    picked: list[Candidate] = []
    for segment in question.segments:
        own = [item.candidate for item in answering if segment in item.candidate.named_segments]
        picked += [candidate for candidate in own[:1] if not _repeats(candidate, picked)]
    return picked or [best]


def _contrasts(question: Question, picked: Iterable[Candidate], others: Iterable[Candidate]) -> list[Candidate]:
    """For a figure of one population, the same measure over all, from the same source."""
    narrow = [f for c in picked for f in c.findings if f.unit == "percent" and f.segment != "all"]
    if not narrow or not ({"comparison", "figure"} & question.asks):
        return []
    others = list(others)
    return [
        candidate
        for finding in narrow
        for candidate in others
        for other in candidate.findings
        if _same_over_all(finding, other) and not candidate.is_pointer
    ]


def _same_over_all(finding: Finding, other: Finding) -> bool:
    same = finding.source_id == other.source_id and finding.measure == other.measure
    return same and other.segment == "all" and finding.unit == other.unit


def _disagreeing(question: Question, picked: Iterable[Candidate], by_finding: dict[str, Candidate]) -> list[Candidate]:
    """What another source says otherwise; where the question asks about disagreement, the same source as well."""
    found = []
    for candidate in picked:
        for finding in candidate.findings:
            for id_ in finding.differs_from:
                other = by_finding.get(id_)
                same_source = other is not None and other.passage.source_id == finding.source_id
                if other is not None and not other.is_pointer and ("disagreement" in question.asks or not same_source):
                    found.append(other)
    return found


def _repeats(candidate: Candidate, picked: Sequence[Candidate]) -> bool:
    """Whether a sentence says nothing that the picked ones do not say."""
    return any(candidate.place == one.place or candidate.text == one.text for one in picked)
