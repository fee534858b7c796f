"""Rules for what a figure counts: a count of jobs is none of hospitals, a share of people none of a budget."""

from __future__ import annotations

from aidx_assistant.answering.candidates import Candidate
from aidx_assistant.answering.question import Question
from aidx_assistant.segments import segments_named
from aidx_assistant.terms import keys_of, thesaurus

_ITSELF = frozenset({"ai", "=ai"})
"""What all the reports are about."""
_JOBS = frozenset({"=job"})


def other_thing_counted(candidate: Candidate, question: Question) -> bool:
    """A share of people is no share of a budget, and no size of a return."""
    if "figure" not in question.asks or not question.counted or "slide" in question.asks:
        return False
    counted = question.counted
    if "count" in question.asks and candidate.known is None:  # of payers' jobs are no payers
        counted = _beside_segments(question) or counted
    held = candidate.keys | candidate.context | candidate.asked_keys
    if candidate.known is None and candidate.values and all(finding.population for finding in candidate.values):
        told = " ".join(f"{finding.measure} {finding.population}" for finding in candidate.values)
        held = candidate.keys | keys_of(told)  # and not its heading: what it counts it says itself
    if not counted & held:
        return True
    if not any(question.counted & keys for keys in thesaurus().counted.values()):
        return False
    populations = [f"{found.population} {found.unit or ''}" for found in candidate.findings if found.population]
    return bool(populations) and not question.counted & keys_of(" ".join(populations))


def other_measure(candidate: Candidate, question: Question) -> bool:
    """A figure of those counted is the one asked for only where it says something of what is asked about them."""
    if "figure" not in question.asks or not question.counted or question.about_deck:
        return False
    if not any(figure.kind == "percent" for figure in candidate.figures):
        return False
    asked = [term for term in question.terms if term.keys.isdisjoint(question.counted | _ITSELF)]
    held = candidate.keys | candidate.context
    return bool(asked) and all(term.keys.isdisjoint(held) for term in asked)


def other_count(candidate: Candidate, question: Question) -> bool:
    """A count of jobs is no count of hospitals; a share may be of anything, but is no count of those asked."""
    counts = [figure.unit for figure in candidate.figures if figure.kind == "count"]
    if "people_count" in question.asks and (
        not counts or any(figure.kind == "percent" for figure in candidate.figures)
    ):
        return True
    if not question.counted or not counts or "count" not in question.asks:
        return False
    counts += [f"{finding.measure} {finding.population} {finding.unit or ''}" for finding in candidate.findings]
    counted = keys_of(" ".join(counts))
    if "people_count" in question.asks and _JOBS & counted - question.counted:
        return True
    return not question.counted & counted


def _beside_segments(question: Question) -> frozenset[str]:
    """Keys of what is counted, without the words for a segment: of "payers' jobs" the jobs."""
    others = (t.keys for t in question.terms if t.keys <= question.counted and not segments_named(t.text))
    return frozenset().union(*others)
