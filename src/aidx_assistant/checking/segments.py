"""Which segment a figure's surroundings speak of."""

from __future__ import annotations

import re
from functools import lru_cache

from aidx_assistant.evidence import Segment
from aidx_assistant.segments import Mention, mentions

_ENUMERATED = re.compile(
    r"(?:\s(?:leaders?|executives?|organi[sz]ations?|companies))?[\s,/&]*(?:and|or)?\s*(?:\w+\s)?", re.IGNORECASE
)
_SET_APART = re.compile(
    r"\b(?:not|unlike|except(?:\s+for)?|excluding|other\s+than)\s+(?:(?:by|at|in|for|of|among|the|only)\s+)?$",
    re.IGNORECASE,
)
"""Before a segment that gives way to another: "not payers but providers"."""
_UNKNOWN = re.compile(
    r"\b(?:no|nothing|not\s+\w+|n[’']t\s+\w+)\s+(?:\w+\s+){0,4}?(?:for|on|about|from)\s+$", re.IGNORECASE
)
"""Before a segment of which nothing is said: "there is no figure for payers, but …"."""
COMPARED = re.compile(
    r"\b(?:than|versus|vs\.?|against|unlike|behind|ahead\s+of|above|below|compared\s+(?:with|to)|relative\s+to)\s+"
    r"(?:\w+\s+){0,2}(?:\w+\s+(?:and|or|nor)\s+)?$",
    re.IGNORECASE,
)
"""Before a segment that another is compared with."""

_WITH = re.compile(
    r"\b(?:share|sharing|jointly|together|develop\w*|build\w*|work\w*|partner\w*|data|collaborat\w*|cooperat\w*)"
    r"\b[^,;:.]{0,40}?\bwith\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
"""Before a segment with which something is done: it is not of this one that the figure tells."""


def named(text: str) -> frozenset[Segment]:
    """The segments a text names; all three of them in one enumeration are "all"."""
    found = affirmed(text)
    for first, second, third in zip(found, found[1:], found[2:], strict=False):
        three = {first.segment, second.segment, third.segment}
        joints = (text[first.end : second.start], text[second.end : third.start])
        if three == {"provider", "payer", "pharma"} and all(_ENUMERATED.fullmatch(joint) for joint in joints):
            return frozenset({"all"})
    return frozenset(mention.segment for mention in found)


@lru_cache(maxsize=2048)
def affirmed(text: str) -> tuple[Mention, ...]:
    """The segments a text names, without those it says nothing of, sets another apart from, or has as partners."""
    found = tuple(mention for mention in mentions(text) if not _UNKNOWN.search(text[: mention.start]))
    own = tuple(mention for mention in found if not _WITH.search(text[: mention.start]))
    return tuple(mention for mention in own if not _SET_APART.search(text[: mention.start])) or own


def nearest(text: str, position: int) -> frozenset[Segment]:
    """The segment named nearest to a position, with those it is listed with.

    One that another is compared with ("ahead of payers") gives way to that other.
    """
    found = mentions(text)
    leading = [mention for mention in found if not COMPARED.search(text[: mention.start])] or found
    if not leading:
        return frozenset()
    closest = min(leading, key=lambda m: min(abs(m.start - position), abs(m.end - position)))
    together = {closest.segment}
    for one, other in zip(found, found[1:], strict=False):
        if closest in (one, other) and _ENUMERATED.fullmatch(text[one.end : other.start]):
            together |= {one.segment, other.segment}
    return frozenset(together)
