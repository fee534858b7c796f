"""The words by which people name the three segments of the market."""

from __future__ import annotations

import re

from aidx_assistant.evidence import Segment

_NAMES: dict[Segment, str] = {
    "provider": r"providers?|hospitals?|health[- ]systems?|medical cent(?:er|re)s?|clinics?|idns?",
    "payer": r"payers?|payors?|insurers?|insurance compan(?:y|ies)|health[- ]plans?|health insurance",
    "pharma": r"(?:bio)?pharmas?|pharmaceuticals?|pharmacos?|drug[- ]?makers?|drug compan(?:y|ies)"
    r"|life[- ]sciences?",
    "all": r"(?:all|three|each|every|any)(?: of)?(?: the)?(?: three)? (?:segments?|sectors?|groups?)"
    r"|across (?:the )?(?:segments|sectors|industry)|overall",
}
_PATTERNS = {segment: re.compile(rf"\b(?:{names})\b", re.IGNORECASE) for segment, names in _NAMES.items()}


def segments_named(text: str) -> tuple[Segment, ...]:
    """The segments that the words of a text name, each once, in the order of `SEGMENTS`; empty where none.

    "all" is named only by words such as "all segments" or "overall", never assumed.
    """
    return tuple(segment for segment, pattern in _PATTERNS.items() if pattern.search(text))
