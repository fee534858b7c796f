"""Which of the sentences that answer suits the form of the question best; it orders them and decides nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping

from aidx_assistant.answering.candidates import Candidate
from aidx_assistant.answering.question import Question
from aidx_assistant.evidence import Source
from aidx_assistant.terms import CONCEPT, keys_of, stem, thesaurus, words_of
from aidx_assistant.vocabulary.numbers import ROUGHLY

REASON = 2.0
"""What a reason gains over other sentences where the question is why."""
CAUSE = re.compile(
    r"\b(?:because|barriers?|obstacles?|roadblocks?|reasons?|hold(?:s|ing)? back|due to|owing to|caused?|prevents?"
    r"|thanks to|since|so that|led to|despite|links?)\b",
    re.IGNORECASE,
)
WHO = re.compile(r"\bwho(?:se|m)?\b|\b(?:which|what) (?:segment|sector|compan|organi[sz]ation)", re.IGNORECASE)
_WHO_HOLDS = re.compile(
    r"\bwho(?:se|m)?\b(?:\W+\w+){0,3}?\W+(?:own(?:s|ed)?|holds?|held|controls?|decides?|sets?|signs?|approves?|authori[sz]es?"
    r"|pays?|funds?|financ\w+|manages?|oversees?|responsible|accountable|in charge)\b",
    re.IGNORECASE,
)
"""Asks in whose hands something is."""
_HOLDER = re.compile(
    r"\b(?:made|paid(?: for)?|held|owned|signed|decided|set|approved|funded|financed|controlled|managed|run|led)\b"
    r"(?:\W+\w+){0,2}?\W+(?:by|in|from|at)\b|\bcommittees?\b",
    re.IGNORECASE,
)
"""Says in whose hands, and not only how much or how fast."""
_HELD = 1.5
"""What a sentence that names the holder gains where that is asked for."""
_NAMED = re.compile(r"(?<=[a-z,:] )(?:[A-Z][a-z]+)")
_SLIDES = re.compile(r"\bslides\b", re.IGNORECASE)
_PART = re.compile(r"\b(?:appendix|part) of the deck\b")
_SHARE = re.compile(r"\b(?:share|percent\w*|proportion|fraction|portion|rate)\b|%", re.IGNORECASE)
_ROUGHLY = re.compile(rf"\b(?:{ROUGHLY})\s+\d", re.IGNORECASE)
_ASKED_ABOUT = re.compile(r"\bask\w*\b[^,.;]{0,40}\babout\b", re.IGNORECASE)
"""An exact number may follow it."""


def preference(candidate: Candidate, question: Question, sources: Mapping[str, Source]) -> float:
    """What to add to the log odds of a sentence for its form."""
    return (
        _for_figures(candidate, question)
        + _for_reasons(candidate, question)
        + _for_whom(candidate, question)
        + _for_slides(candidate, question)
        + (2.0 if question.figures & candidate.numbers else 0.0)
        + _for_source(candidate, question, sources)
    )


def _for_figures(candidate: Candidate, question: Question) -> float:
    kinds = {figure.kind for figure in candidate.figures}
    if "comparison" in question.asks or "figure" in question.asks:
        points = 0.8 if candidate.has_amount else 0.0
        points -= 0.8 if _ROUGHLY.search(_ASKED_ABOUT.sub("", candidate.text)) else 0.0
        if "count" in question.asks and kinds & {"count"}:
            counted = " ".join(f"{f.population} {f.unit or ''}" for f in candidate.findings) + " ".join(
                figure.unit for figure in candidate.figures
            )
            points += 1.0 + (1.0 if question.counted & keys_of(counted) else 0.0)
        if _SHARE.search(question.text) and kinds & {"percent"}:
            points += 0.5
        return points
    return 0.0


def _for_reasons(candidate: Candidate, question: Question) -> float:
    return REASON if "reason" in question.asks and CAUSE.search(candidate.text) else 0.0


def _for_whom(candidate: Candidate, question: Question) -> float:
    """A sentence about those asked for before one about others, or about fewer."""
    narrowing = thesaurus().narrowing & (candidate.keys | candidate.context)
    points = 0.8 if narrowing & question.keys else 0.0
    if {"figure", "comparison"} & question.asks and narrowing - question.keys:
        points -= 1.0
    of_one = candidate.named_segments and "all" not in candidate.named_segments
    if of_one and not question.segments and not WHO.search(question.text):
        points -= 1.0
    if _WHO_HOLDS.search(question.text) and _HOLDER.search(candidate.text):
        points += _HELD
    if WHO.search(question.text) and len(_NAMED.findall(candidate.text)) > 1:
        points += -1.0 if any(figure.kind == "date" for figure in candidate.figures) else 0.8
    return points


def _for_slides(candidate: Candidate, question: Question) -> float:
    """The slide that is asked for, a span before a single one, the whole deck before a part that is not named."""
    if "count" in question.asks and _PART.search(candidate.text) and not question.part:
        return 0.0 if CONCEPT + "appendix" in question.keys else -4.0
    if not candidate.is_pointer:
        return 0.0
    if question.slides:
        belongs = " belongs " in candidate.text and CONCEPT + "part" not in question.keys
        own = candidate.passage.locator.kind == "slide" and candidate.position == 0
        return (1.0 if own else 0.0) - (3.0 if belongs else 0.0)
    wanted = 4 if "list" in question.asks else 2
    return 0.5 * min(candidate.slides_named, wanted) if _SLIDES.search(question.text) else 0.0


def _for_source(candidate: Candidate, question: Question, sources: Mapping[str, Source]) -> float:
    """A source that the question names before others; what is quoted at second hand last."""
    own = sources[candidate.passage.source_id]
    points = -0.3 if own.attribution else 0.0
    others = {word for id_, source in sources.items() if id_ != own.id for word in _stems(source.title)}
    named = _stems(own.title) - others - thesaurus().silent
    return points + (2.0 if named & question.keys else 0.0)


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words_of(text))
