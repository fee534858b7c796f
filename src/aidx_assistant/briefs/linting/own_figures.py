"""Figures that writers give of themselves beside what a source says: "we spent $3 million; 46% of providers …"."""

from __future__ import annotations

import re

from aidx_assistant.vocabulary.grammar import CONTRASTING

_SELF = re.compile(r"\b(?:we|us|our|ours|I|my)\b", re.IGNORECASE)
_ONLY_TELLS = re.compile(
    r"\b(?:we|I)\s+(?:\w+\s+){0,2}?(?:see|saw|note[ds]?|know|knew|learn\w*|read|find|found|believe|think|assume|understand"
    r"|conclude|cite|quote|say|said|report|hear\w*|observe\w*|gather|infer|suggest|argue|mention\w*|are\s+told)\b"
    r"|\b(?:our|my)\s+(?:\w+\s+)?(?:sources?|markets?|sectors?|industry|peers?|competitors?|segments?|field|view|reading"
    r"|analysis|memo)\b|\b(?:shows?|tells?|helps?)\s+us\b",
    re.IGNORECASE,
)
"""The writer only tells what is so of others."""
_OTHERS = re.compile(
    r"(?<!our )(?<!my )\b(?:providers?|payers?|payors?|insurers?|pharma|executives?|leaders|respondents?"
    r"|organi[sz]ations?|companies|those\s+surveyed|index|report|survey|study|deck|article|sources?|market|industry)\b",
    re.IGNORECASE,
)


_BORDER = re.compile(
    rf"[;:()]|\s[—–-]\s|—|,(?!\d)|\b(?:{CONTRASTING}|but|against|versus|than|compared)\b", re.IGNORECASE
)
_GOES_ON = re.compile(r"\s*(?:and|or|up|down|i\.e\.|that\s+is|of\s+which|plus|over|in)\b", re.IGNORECASE)
"""What only says more of the figure before: "we spent $3 million, or 4% of the budget"."""


def is_of_the_writer(sentence: str, start: int) -> bool:
    """Whether the figure at `start` of a sentence is plainly said of whoever writes, and of nobody else.

    Only the words count that no comma, bracket or contrast parts from it.
    """
    borders = list(_BORDER.finditer(sentence))
    before = [one.end() for one in borders if one.end() <= start]
    first = before[-1] if before else 0
    last = next((one.start() for one in borders if one.start() >= start), len(sentence))
    stretch = sentence[first:last]
    if _ONLY_TELLS.search(stretch) or _OTHERS.search(stretch):
        return False
    if _SELF.search(stretch):
        return True
    return bool(before and _GOES_ON.match(stretch)) and is_of_the_writer(sentence, borders[len(before) - 1].start() - 1)
