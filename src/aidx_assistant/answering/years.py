"""Whether a sentence is of the years that a question names."""

from __future__ import annotations

import re

from aidx_assistant.answering.candidates import Candidate
from aidx_assistant.answering.question import Question
from aidx_assistant.evidence import Source
from aidx_assistant.segments import segments_named
from aidx_assistant.terms import Term, thesaurus

_ONE_YEAR_OR_ANOTHER = re.compile(r"\b(?:19|20)\d\d\s+or\s+(?:in\s+)?(?:19|20)\d\d\b", re.IGNORECASE)
_WORK = r"(?:survey|report|index|study|edition|brief|pulse|article|deck)"
_EDITION = re.compile(
    rf"\b(?:19|20)\d\d\s+(?:\w+\s+){{0,4}}?{_WORK}\b|\b{_WORK}\s+(?:\w+\s+){{0,2}}?(?:19|20)\d\d\b",
    re.IGNORECASE,
)
"""A year by which a source is named."""


def other_year(candidate: Candidate, question: Question, source: Source) -> bool:
    """Whether a sentence is of other years than those asked about, or has nothing but the year of what is asked."""
    asked = set(question.years)
    if candidate.known is not None or not asked:
        return not names_years(candidate, question, source)
    if candidate.years & asked:  # another year that is asked about may stand in another row
        return _has_the_year_alone(candidate, question)
    if candidate.years and not _EDITION.search(question.text):
        return True
    return not names_years(candidate, question, source)


def names_years(candidate: Candidate, question: Question, source: Source) -> bool:
    """Whether a sentence and the date of its source have every year that is asked about, or the one of two."""
    published = {int(source.date[:4])} if source.date[:4].isdigit() else set()
    asked, known = set(question.years), candidate.years | published
    return asked <= known or bool(_ONE_YEAR_OR_ANOTHER.search(question.text) and asked & known)


def _has_the_year_alone(candidate: Candidate, question: Question) -> bool:
    """Whether a sentence has no word of what a question is about, beside its years, those counted and AI."""
    subject = [term for term in question.terms if _tells(term)]
    return bool(subject) and all(term.keys.isdisjoint(candidate.keys | candidate.context) for term in subject)


def _tells(term: Term) -> bool:
    if term.text.isdigit() or "=ai" in term.keys or segments_named(term.text):
        return False
    return not term.keys & thesaurus().narrowing
