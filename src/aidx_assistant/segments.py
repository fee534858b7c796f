"""The words by which people name the three segments of the market."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from aidx_assistant.evidence import SEGMENTS, Segment
from aidx_assistant.vocabulary.bodies import OUTSIDERS

_COUNTED = "|".join(
    f"(?<={words} )"
    for words in (
        *("% of", "% of the", "cent of", "half of", "half the", "third of", "thirds of", "quarter of", "quarters of"),
        *("fifth of", "fifths of", "  of", "  of the", "in three", "in four", "in five", "in ten", "most", "among"),
        *("took", "takes", "cost", "costs"),
    )
)
"""What stands before a short name of those who were asked: a plan that is counted is a health plan. Two blanks stand
for the figure where it is masked."""
_PROVIDER = (
    r"(?<!cloud )(?<!service )(?<!technology )(?<!tech )(?<!solution )(?<!software )(?<!AI )providers?"
    r"(?!-(?:owned|sponsored|led|facing|run))"
    r"|(?:hospital|health|delivery|care)[- ](?:systems|networks)|(?<!the )(?:hospital|health)[- ](?:system|network)"
    r"|hospitals?"
    r"|(?<!health )(?<!managed )care\s+organi[sz]ations?"
    rf"|(?:{_COUNTED})systems|systems(?=\s+\d)|systems(?=\s+with\s+(?:more|fewer|less|over|under|up|at\s+(?:least|most))\b)"
    r"|medical\s+cent(?:er|re)s?|clinics?|physician\s+(?:groups?|practices?)|health\s+trusts?"
)
_PAYER = (
    r"(?<!their )(?:pay[eo]rs|insurers)|pay[eo]r|insurer|insurance\s+(?:compan(?:y|ies)|firms?|side)"
    r"|health[- ](?:plans?|insur\w+)"
    rf"|plans(?=\s+\d)|(?:{_COUNTED})plans(?!\s+(?:to|for)\b)"
    r"|managed[- ]care\s+(?:organi[sz]ations?|plans?)"
    r"|(?:medicare(?:\s+advantage)?|medicaid|(?<!have )(?<!has )(?<!with )(?:commercial|insurance)|MA)\s+"
    r"(?:plans?|carriers?|health\s+plans?)"
)
_PHARMA = (
    r"(?:bio)?pharma(?:s|ceuticals?|ceutical\s+\w+)?|pharmacos?|drug[- ]?makers?"
    r"|drug[- ](?:compan(?:y|ies)|firms?|industry|producers?|boss(?:es)?|chiefs?|executives?|leaders?)"
    r"|drug\s+manufacturers?|life[- ]sciences?"
)
_ALL = (
    r"(?:all|every|each|three)(?:\s+of)?(?:\s+the)?(?:\s+(?:three|surveyed))?\s+(?:segments?|sectors?|groups?"
    r"|respondents|those\s+surveyed|participants|organi[sz]ations|executives|leaders)"
    r"|everyone|everybody|across\s+(?:the\s+)?(?:whole\s+)?(?:segments|sectors|industry|board|survey|sample|market)|overall|in\s+total|taken\s+together|combined"
    r"|in\s+aggregate|(?:industry|sector|market)[- ]wide"
)
_MENTION = re.compile(
    rf"(?<![\w-])(?:(?P<provider>{_PROVIDER})|(?P<payer>{_PAYER})|(?P<pharma>{_PHARMA})|(?P<all>{_ALL}))(?![\w])",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:(?:medical[- ])?device\s+(?:makers?|manufacturers?|compan(?:y|ies)|firms?)|med-?tech"
    rf"|diagnostics\s+compan(?:y|ies)|{OUTSIDERS}|employers?"
    r"|nursing\s+homes?|home\s+(?:care|health)|hospices?|retailers?|distributors?|tech(?:nology)?\s+"
    r"(?:firms?|compan(?:y|ies))|(?:other|all)\s+(?:industries|sectors))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A segment named at a place of a text."""

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


def segments_named(text: str) -> tuple[Segment, ...]:
    """The segments that the words of a text name, each once, in the order of `SEGMENTS`; empty where none.

    "all" is named only by words such as "all segments" or "overall", never assumed.
    """
    named = {mention.segment for mention in mentions(text)}
    return tuple(segment for segment in SEGMENTS if segment in named)


def names_others(text: str) -> bool:
    """Whether a text speaks of whoever belongs to none of the three segments: device makers, vendors."""
    return _OTHERS.search(text) is not None
