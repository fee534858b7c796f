"""Rules for what a figure counts: a count of jobs is none of hospitals, a share of people none of a budget."""

from __future__ import annotations

import re

from aidx_assistant.answering.candidates import Candidate
from aidx_assistant.answering.question import Question
from aidx_assistant.segments import segments_named
from aidx_assistant.terms import keys_of, thesaurus

_ITSELF = frozenset({"ai", "=ai"})
"""What all the reports are about."""
_JOBS = frozenset({"=job"})
_SAMPLE = frozenset({"=surveysize"})
_SAMPLED = re.compile(
    r"\b(?:interview(?:ed|s)|survey(?:ed|s)|poll(?:ed|s)|questioned|spoke with|talked to|took part|participa\w+"
    r"|responded|answered|respon(?:ses|dents)|sample)\b",
    re.IGNORECASE,
)


def other_thing_counted(candidate: Candidate, question: Question) -> bool:
    """A share of people is no share of a budget, and no size of a return."""
    if "figure" not in question.asks or not question.counted or "slide" in question.asks:
        return False
    counted = question.counted if candidate.known else question.those or question.counted
    if "count" in question.asks and candidate.known is None:  # of payers' jobs are no payers
        counted = _beside_segments(question, counted) or counted
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
    held = candidate.keys | candidate.context
    own = [question.those] if candidate.known is None and question.those else []
    return any(_says_nothing_else(question, counted, held) for counted in (question.counted, *own))


def _says_nothing_else(question: Question, counted: frozenset[str], held: frozenset[str]) -> bool:
    """Whether a text with these keys has none of what is asked about those counted."""
    asked = [term for term in question.terms if term.keys.isdisjoint(counted | _ITSELF)]
    return bool(asked) and all(term.keys.isdisjoint(held) for term in asked)


def other_count(candidate: Candidate, question: Question) -> bool:
    """A count of jobs is no count of hospitals; a share may be of anything, but is no count of those asked, and what
    is only a time or a price counts nobody.
    """
    if candidate.known is None and "count" in question.asks and not {"duration", "money"} & question.asks:
        kinds = {figure.kind for figure in candidate.figures} - {"year", "date", "slide"}
        if kinds and kinds <= {"duration", "money"}:
            return True
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


def only_sampled(candidate: Candidate, question: Question) -> bool:
    """How many were interviewed is not how many of them do something.

    Of what ships the classifier knows that. A share counts whoever answered so.
    """
    if candidate.known is not None or "figure" not in question.asks or question.for_slide:
        return False
    if {"people_count", "participants"} & question.asks or not _SAMPLED.search(candidate.text):
        return False
    if any(figure.kind in ("percent", "money", "duration") for figure in candidate.figures):
        return False
    asked = [term for term in question.terms if term.keys.isdisjoint(question.counted | _ITSELF | _SAMPLE)]
    return any(term.keys.isdisjoint(candidate.keys) for term in asked)


def _beside_segments(question: Question, counted: frozenset[str]) -> frozenset[str]:
    """Keys of what is counted, without the words for a segment: of "payers' jobs" the jobs."""
    others = (t.keys for t in question.terms if t.keys <= counted and not segments_named(t.text))
    return frozenset().union(*others)
