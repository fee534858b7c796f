"""What a claim says beside its figure and its measure: of whom, of what, in which direction, until when."""

from __future__ import annotations

import re
from functools import lru_cache

from aidx_assistant.checking.stages import PILOTS
from aidx_assistant.segments import mentions
from aidx_assistant.vocabulary.bodies import LEADERS, SEGMENT_BODIES

_SIZED_WHO = (
    rf"{SEGMENT_BODIES}|payors?|plans?|pharmas?|pharmaceuticals?|systems?|organi[sz]ations?"
    r"|institutions?|compan(?:y|ies)|firms?|makers|manufacturers|drugmakers?|ones|groups|drug|health|healthcare|clinics?"
)
"""Of whom a size is told."""
_WHO = rf"{_SIZED_WHO}|players|group|enterprises?"
_LARGE = re.compile(
    r"\b(?P<large>large(?:r|st)?|big(?:ger|gest)?|major)\b(?!\s+(?:tech|language|technology))"
    r"|\b(?P<small>small(?:er|est)?)\b|\b(?P<mid>mid-?\s?sized?|medium-?\s?sized?)\b",
    re.IGNORECASE,
)
_SIZED = re.compile(
    rf"\s*(?:[-,]\s*)?(?:(?:US|U\.S\.|american|integrated|healthcare|health|surveyed|provider|payer|and|but|single|ai)\s+)*"
    rf"(?:{_SIZED_WHO})\b",
    re.IGNORECASE,
)
_NEAR = 12
_APART = re.compile(r"\sof\s|[;:()]")
"""Characters between a size and the segment it is said of; "a larger share of providers" says nothing of their size."""
_PILOTS = rf"(?:{PILOTS}|projects?|trials?)"
_COMPLETED = re.compile(
    rf"\b(?:completed?|finished|concluded|fully\s+run)\s+(?:[\w-]+\s+){{0,3}}?{_PILOTS}"
    rf"|{_PILOTS}\s+(?:\w+\s+){{0,4}}?(?:completed?|finished|concluded|run\s+to\s+(?:completion|the\s+end)|come\s+to\s+an\s+end)"
    rf"|{_PILOTS}\s+(?:that\s+)?(?:reach|get\s+to|got\s+to)\w*\s+(?:completion|the\s+end)|of\s+those\s+completed",
    re.IGNORECASE,
)
_ARE_COMPLETED = re.compile(
    rf"^\W*(?:of\s+)?(?:\w+\s+){{0,3}}?{_PILOTS}\s+(?:are|is|get|were|have\s+been)\s+(?:completed|finished|concluded)\W*$",
    re.IGNORECASE,
)
_NAMES_PILOTS = re.compile(rf"\b(?:{_PILOTS}|proof-of-concept)\b", re.IGNORECASE)
_UNFINISHED = re.compile(r"\b(?:not|never|un|in)[-\s]?(?:completed?|finished)\b|\bunfinished\b", re.IGNORECASE)

_BASES: tuple[tuple[str, str], ...] = (
    ("pilots", rf"{PILOTS}|trials?"),
    ("budgets", r"budgets?|spend(?:ing)?|expenditures?"),
    ("costs", r"costs|prices|premiums|fees|bills"),
    ("projects", r"projects?|initiatives?|use[-\s]cases?|applications?|efforts|deployments"),
    ("jobs", r"jobs?(?:[-\s]to[-\s]be[-\s]done)?|jtbds?"),
    ("people", rf"{LEADERS}|respondents?|buyers?|participants|people|those\s+surveyed|{_WHO}"),
)
_BASE = re.compile(
    r"^\W*(?:of|among)\s+(?!what\b)(?:(?:all|the|their|its|these|those|our|surveyed|completed|large|provider|payer|pharma|ai|genai|"
    r"generative|healthcare|health|use|drug|finished|in-scope|labou?r|pharma[’']s)(?:[’']s?)?\s+)*"
    r"(?:(?!(?:by|in|at|of|from|who|that|to|for|on|with|and|or|as|which|have|has|are|is|say|see)\b)[\w-]+\s+){0,2}?(?P<base>"
    + "|".join(f"(?P<{name}>{words})" for name, words in _BASES)
    + r")(?![\w’'])",
    re.IGNORECASE,
)

_TIMING = re.compile(
    r"(?<!not )\b(?P<within>within|inside|during|in(?!\s+addition)"
    r"|by\s+the\s+end\s+of|before\s+the\s+end\s+of)\s+(?:[a-z]+\s+){0,3}?"
    r"(?:(?:first|next|coming|following)\s+)?(?:(?:three|two|four|five|six|ten|\d+)[\w\s–-]{0,12}?)?(?:years?|months?|decades?|quarters?)\b"
    r"|\b(?P<after>after|beyond|following|once|only\s+after|longer\s+than|later\s+than)\s+(?:[a-z]+\s+){0,3}?(?:first\s+|one\s+|\d+\s+)?"
    r"(?:years?|months?|decades?|quarters?)\b|\b(?P<still>first[-\s]year)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=2048)
def sizes_in(text: str) -> frozenset[str]:
    """Sizes of organisations: "large providers" has "large", "large tech incumbents" has none."""
    return frozenset(
        match.lastgroup or ""
        for match in _LARGE.finditer(text)
        if _SIZED.match(text, match.end()) or _segment_follows(text, match.end())
    )


def _segment_follows(text: str, end: int) -> bool:
    return any(
        end <= mention.start <= end + _NEAR and not _APART.search(text, end, mention.start)
        for mention in mentions(text)
    )


@lru_cache(maxsize=2048)
def completion_in(text: str) -> bool | None:
    """Whether the proofs of concept of a text are called completed; None where it names none."""
    if _COMPLETED.search(text) and not _UNFINISHED.search(text):
        return True
    return False if _NAMES_PILOTS.search(text) else None


def says_completed(text: str) -> bool:
    """Whether all a text says of proofs of concept is that they are completed."""
    return bool(_ARE_COMPLETED.match(text))


@lru_cache(maxsize=2048)
def base_after(text: str) -> str | None:
    """What a percentage is a share of, from the words that directly follow it ("of AI projects")."""
    match = _BASE.match(text)
    return next((name for name, _ in _BASES if match[name]), None) if match else None


@lru_cache(maxsize=2048)
def base_named(population: str) -> str | None:
    """The base that a finding's population names, e.g. "projects" for "AI projects"."""
    return base_after(f"of {population}")


def bases_clash(claimed: str | None, stated: str | None) -> bool:
    """Whether two bases cannot be told for one another: a share of people is no share of budgets or projects.

    People and proofs of concept are not held apart: "46% of large providers" is usual shorthand for the share
    of their proofs of concept; pilots and projects are loosely used for one another.
    """
    if claimed is None or stated is None or claimed == stated:
        return False
    return {claimed, stated} not in ({"people", "pilots"}, {"pilots", "projects"}, {"projects", "jobs"})


@lru_cache(maxsize=2048)
def timing_in(text: str) -> str | None:
    """Whether a span of time is an end ("within the first year") or a start ("after the first year")."""
    found = {("after" if match["after"] else "within") for match in _TIMING.finditer(text)}
    return found.pop() if len(found) == 1 else None
