"""Rules for questions that hold two things against each other: which of the two a sentence speaks of."""

from __future__ import annotations

import re

from aidx_assistant.answering.candidates import Candidate
from aidx_assistant.answering.question import Question
from aidx_assistant.terms import CONCEPT, keys_of

_PREFERRED = re.compile(
    r"\b(?:prefer\w*|favou?r\w*|choos\w+|rather|sooner|back|trust|opt(?:s|ed)? for|rates?)\s+"
    r"(?P<side>(?:[\w'’-]+\s*){1,4}?)"
    r"(?=\s*(?:\b(?:to|over|than|rather|instead|above|ahead|higher|as superior)\b|[?.,]|$))",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"(?P<first>.+?)\b(?:compared? (?:with|to|against)|versus|vs\.?)\s(?P<second>.+)", re.IGNORECASE)
_SIDES = re.compile(r"(?P<first>.+)\b(?:rather than|superior to|better than|over|above)\b(?P<second>.+)", re.IGNORECASE)


def other_side(candidate: Candidate, question: Question) -> bool:
    """Who prefers the one of two does not tell how many prefer the other."""
    asked, said = _PREFERRED.search(question.text), _SIDES.search(candidate.text)
    if asked is None or said is None:
        return False
    wanted = {key for key in keys_of(asked["side"]) if key.startswith(CONCEPT)}
    first, second = keys_of(said["first"]), keys_of(said["second"])
    return bool(wanted & second - first) and not wanted & first - second


def one_side(candidate: Candidate, question: Question) -> bool:
    """What is said of one of two things does not compare them."""
    sides = _COMPARED.search(question.text) if "comparison" in question.asks else None
    if (
        sides is None
        or "figure" in question.asks
        or question.segments
        or question.figures
        or question.at_large
        or question.for_slide
    ):
        return False
    first, second = (keys_of(sides[name]) for name in ("first", "second"))
    held = candidate.keys | candidate.context
    return not all(_met(question, side - other, held) for side, other in ((first, second), (second, first)))


def _met(question: Question, side: frozenset[str], held: frozenset[str]) -> bool:
    """Whether one of the words that tell a side apart is held; where there is none, it is."""
    telling = [term for term in question.terms if term.keys & side]
    return not telling or any(not term.keys.isdisjoint(held) for term in telling)
