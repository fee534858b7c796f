"""Which of the sentences that answer suits the form of the question best; it orders them and decides nothing."""

from __future__ import annotations

import re

from aidx_assistant.answering.candidates import Candidate
from aidx_assistant.answering.question import Question
from aidx_assistant.answering.wording import keys_of, thesaurus

_CAUSE = re.compile(
    r"\b(?:because|barriers?|obstacles?|roadblocks?|reasons?|hold(?:s|ing)? back|due to|owing to|caused?|prevents?"
    r"|thanks to|since|so that|led to|despite|links?)\b",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\bhow many\b|\bnumber of\b|\bhow (?:large|big) (?:is|was)\b", re.IGNORECASE)
_SHARE = re.compile(r"\b(?:share|percent\w*|proportion|fraction|portion|rate)\b|%", re.IGNORECASE)


def preference(candidate: Candidate, question: Question) -> float:
    """What to add to the log odds of a sentence for its form."""
    return (
        _for_figures(candidate, question)
        + _for_reasons(candidate, question)
        + _for_whom(candidate, question)
        + _for_slides(candidate, question)
    )


def _for_figures(candidate: Candidate, question: Question) -> float:
    kinds = {figure.kind for figure in candidate.figures}
    if "comparison" in question.wants or "figure" in question.wants:
        points = 0.8 if candidate.has_amount else 0.0
        if _COUNT.search(question.text) and kinds & {"count"}:
            counted = " ".join(f"{f.population} {f.unit or ''}" for f in candidate.findings) + " ".join(
                figure.unit for figure in candidate.figures
            )
            points += 1.0 + (1.0 if question.counted & keys_of(counted) else 0.0)
        if _SHARE.search(question.text) and kinds & {"percent"}:
            points += 0.5
        return points
    return 0.0


def _for_reasons(candidate: Candidate, question: Question) -> float:
    return 2.0 if "reason" in question.wants and _CAUSE.search(candidate.text) else 0.0


def _for_whom(candidate: Candidate, question: Question) -> float:
    """A sentence about those asked for before one about others, or about fewer."""
    narrowing = thesaurus().narrowing & (candidate.keys | candidate.context)
    points = 0.8 if narrowing & question.keys else 0.0
    if narrowing - question.keys:
        points -= 1.0
    if not question.segments and "all" not in candidate.named_segments and candidate.named_segments:
        points -= 0.5
    return points


def _for_slides(candidate: Candidate, question: Question) -> float:
    if not candidate.is_pointer:
        return 0.0
    if question.slides:
        return (1.0 if " about " in candidate.text else 0.0) - (1.0 if " belongs " in candidate.text else 0.0)
    return 0.0
