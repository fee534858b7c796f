"""Where a text names a segment of the market."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from aidx_assistant.evidence import Segment

_PROVIDER = (
    r"(?<!cloud )(?<!service )(?<!technology )(?<!tech )(?<!solution )(?<!software )(?<!AI )providers?"
    r"|(?:hospital|health|delivery|care)[- ](?:systems|networks)|(?<!the )(?:hospital|health)[- ](?:system|network)"
    r"|hospitals?"
    r"|medical\s+cent(?:er|re)s?|clinics?|physician\s+(?:groups?|practices?)|health\s+trusts?"
)
_PAYER = r"pay[eo]rs?|insurers?|insurance\s+(?:compan(?:y|ies)|firms?|side)|health[- ](?:plans?|insur\w+)"
_PHARMA = (
    r"(?:bio)?pharma(?:s|ceuticals?|ceutical\s+\w+)?|pharmacos?|drug[- ]?makers?|drug[- ]compan(?:y|ies)"
    r"|drug\s+manufacturers?|life[- ]sciences?"
)
_ALL = (
    r"(?:all|every|each|three)(?:\s+of)?(?:\s+the)?(?:\s+(?:three|surveyed))?\s+(?:segments?|sectors?|groups?"
    r"|respondents|those\s+surveyed|participants|organi[sz]ations|executives|leaders)"
    r"|everyone|everybody|across\s+(?:the\s+)?(?:segments|sectors|industry|board)|overall|in\s+total|taken\s+together|combined"
    r"|in\s+aggregate|(?:industry|sector|market)[- ]wide"
)
_MENTION = re.compile(
    rf"(?<![\w-])(?:(?P<provider>{_PROVIDER})|(?P<payer>{_PAYER})|(?P<pharma>{_PHARMA})|(?P<all>{_ALL}))(?![\w])",
    re.IGNORECASE,
)


_ENUMERATED = re.compile(
    r"(?:\s(?:leaders?|executives?|organi[sz]ations?|companies))?[\s,/&]*(?:and|or)?\s*(?:\w+\s)?", re.IGNORECASE
)
_COMPARED = re.compile(
    r"\b(?:than|versus|vs\.?|against|unlike|behind|ahead\s+of|above|below|compared\s+(?:with|to)|relative\s+to)\s+"
    r"(?:\w+\s+){0,2}(?:\w+\s+(?:and|or|nor)\s+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    segment: Segment
    start: int
    end: int


@lru_cache(maxsize=2048)
def mentions(text: str) -> tuple[Mention, ...]:
    """Every naming of a segment, in order; "cloud providers" and the like name none."""
    return tuple(
        Mention(match.lastgroup, match.start(), match.end())  # type: ignore[arg-type]
        for match in _MENTION.finditer(text)
    )


def named(text: str) -> frozenset[Segment]:
    """The segments a text names; all three of them in one enumeration are "all"."""
    found = mentions(text)
    for first, second, third in zip(found, found[1:], found[2:], strict=False):
        three = {first.segment, second.segment, third.segment}
        joints = (text[first.end : second.start], text[second.end : third.start])
        if three == {"provider", "payer", "pharma"} and all(_ENUMERATED.fullmatch(joint) for joint in joints):
            return frozenset({"all"})
    return frozenset(mention.segment for mention in found)


def nearest(text: str, position: int) -> frozenset[Segment]:
    """The segment named nearest to a position, with those it is listed with.

    One that another is compared with ("ahead of payers") gives way to that other.
    """
    found = mentions(text)
    leading = [mention for mention in found if not _COMPARED.search(text[: mention.start])] or found
    if not leading:
        return frozenset()
    closest = min(leading, key=lambda m: min(abs(m.start - position), abs(m.end - position)))
    together = {closest.segment}
    for one, other in zip(found, found[1:], strict=False):
        if closest in (one, other) and _ENUMERATED.fullmatch(text[one.end : other.start]):
            together |= {one.segment, other.segment}
    return frozenset(together)
