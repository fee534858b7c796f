"""Where a text names a segment of the market."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from aidx_assistant.evidence import Segment

_PROVIDER = (
    r"(?<!cloud )(?<!service )(?<!services )(?<!technology )(?<!tech )(?<!solution )(?<!software )(?<!vendor )(?<!AI )"
    r"providers?|(?:hospital|health|healthcare|delivery|care|medical)[- ](?:systems?|networks?)|hospitals?|medical\s+cent(?:er|re)s?"
    r"|clinics?|physician\s+(?:groups?|practices?)|health\s+trusts?"
)
_PAYER = r"pay[eo]rs?|insurers?|insurance\s+(?:compan(?:y|ies)|firms?|side)|health[- ](?:plans?|insur\w+)|health\s+insurance"
_PHARMA = (
    r"(?:bio)?pharma(?:s|ceuticals?|ceutical\s+\w+)?|pharmacos?|drug[- ]?makers?|drug[- ]compan(?:y|ies)|drug\s+manufacturers?"
    r"|life[- ]sciences?"
)
_ALL = (
    r"(?:all|every|each|three)(?:\s+of)?(?:\s+the)?(?:\s+three)?\s+(?:segments?|sectors?|groups?|respondents|those\s+surveyed"
    r"|participants)|across\s+(?:the\s+)?(?:segments|sectors|industry|board)|overall|in\s+total|industry[- ]wide"
    r"|taken\s+together|combined|in\s+aggregate|sector[- ]wide|market[- ]wide"
)
_MENTION = re.compile(
    rf"(?<![\w-])(?:(?P<provider>{_PROVIDER})|(?P<payer>{_PAYER})|(?P<pharma>{_PHARMA})|(?P<all>{_ALL}))(?![\w])",
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
    """The segments a text names; all three of them together are "all"."""
    found = {mention.segment for mention in mentions(text)}
    return frozenset({"all"}) if {"provider", "payer", "pharma"} <= found else frozenset(found)
