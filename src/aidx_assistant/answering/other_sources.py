"""What other sources give for the same, which may differ: of a user's own reports no finding says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aidx_assistant.answering.candidates import Candidate
from aidx_assistant.answering.judging import Judged
from aidx_assistant.answering.question import Question
from aidx_assistant.answering.relevance import THRESHOLD
from aidx_assistant.evidence import Source
from aidx_assistant.terms import thesaurus

_ANOTHER_SOURCE = 4.0
"""Log odds that the best figure of another source may lie below the best."""


def of_other_sources(
    question: Question, picked: Sequence[Candidate], ranked: Sequence[Judged], sources: Mapping[str, Source]
) -> list[Candidate]:
    """Where a figure is asked for, the best that each other source gives for it at first hand: they may differ.

    Another report may be about one segment alone, and says so; that is no reason to keep it back.
    """
    if not ({"figure", "share"} & question.asks or (picked[0].values and "comparison" in question.asks)):
        return []
    cited = {candidate.passage.source_id for candidate in picked}
    order = next((item.order for item in ranked if item.candidate == picked[0]), 0.0)
    further = []
    for item in ranked:
        id_ = item.candidate.passage.source_id
        is_near = item.order >= order - _ANOTHER_SOURCE and item.candidate.has_amount
        if id_ not in cited and is_near and not sources[id_].attribution and _may_stand_beside(item, question):
            cited.add(id_)
            further.append(item.candidate)
    return further


def of_each_source(question: Question, ranked: Sequence[Judged]) -> list[Candidate]:
    """Where sources are asked to agree, and one of them is the user's own: the best figure of each for the same."""
    if "disagreement" not in question.asks:
        return []
    given = [
        item
        for item in ranked
        if item.candidate.has_amount
        and _may_stand_beside(item, question)
        and not item.candidate.keys & thesaurus().narrowing - question.keys
    ]
    best: dict[str, Candidate] = {}
    for item in given:
        if item.order >= given[0].order - _ANOTHER_SOURCE:
            best.setdefault(item.candidate.passage.source_id, item.candidate)
    is_any_own = any(candidate.known is None for candidate in best.values())
    return list(best.values()) if is_any_own else []


def _may_stand_beside(item: Judged, question: Question) -> bool:
    of_a_narrower_group = item.candidate.keys & thesaurus().narrowing - question.keys
    fits = item.breaks is None or (item.breaks == "for all" and not of_a_narrower_group)
    return fits and item.features.log_odds >= THRESHOLD
