"""What a user's own report says of one segment, where a question names none and nothing is said of all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aidx_assistant.answering.candidates import Candidate
from aidx_assistant.answering.judging import Judged
from aidx_assistant.answering.question import Question
from aidx_assistant.answering.relevance import THRESHOLD
from aidx_assistant.answering.suitability import FOR_ALL, unfit
from aidx_assistant.evidence import Segment, Source
from aidx_assistant.segments import segments_named
from aidx_assistant.vocabulary.numbers import ORDINALS

_MOST = 3
"""One for each segment."""
_NAMES: Mapping[Segment, str] = {"provider": "providers", "payer": "payers", "pharma": "pharma"}


def of_one_segment(question: Question, ranked: Sequence[Judged], sources: Mapping[str, Source]) -> list[Candidate]:
    """The best figure for each segment that an own report gives one of; none where all are asked about.

    The reports that ship give a figure for all where there is one: what they do not give is not known.
    """
    if segments_named(question.text):
        return []
    of_segment: dict[frozenset[Segment], Candidate] = {}
    for item in sorted(ranked, key=lambda item: -item.features.log_odds):
        candidate = item.candidate
        is_own = candidate.known is None and item.breaks == FOR_ALL and item.features.log_odds >= THRESHOLD
        if is_own and unfit(candidate, question, sources, apart_from=FOR_ALL) is None:
            of_segment.setdefault(_segments(candidate), candidate)
    return list(of_segment.values())[:_MOST]


def told_of_segments(picked: Sequence[Candidate]) -> str:
    """Of whom a sentence speaks that does not name the segment that its report is about; empty where each does."""
    unnamed = [candidate for candidate in picked if _segments(candidate).isdisjoint(segments_named(candidate.text))]
    if len(picked) == 1:
        told = [f"This is said of {_named(one)} only." for one in unnamed]
    else:
        told = [f"The {ORDINALS[picked.index(one)]} figure is said of {_named(one)} only." for one in unnamed]
    return "\n\n" + " ".join(told) if told else ""


def _named(candidate: Candidate) -> str:
    return " and ".join(_NAMES[segment] for segment in _NAMES if segment in _segments(candidate))


def _segments(candidate: Candidate) -> frozenset[Segment]:
    return frozenset(finding.segment for finding in candidate.values)
