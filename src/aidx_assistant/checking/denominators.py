"""What a figure is for each of, and whether it is a median or an average: $2 million a year are none a month."""

from __future__ import annotations

import re

_TIMES = r"years?|months?|quarters?|weeks?|days?|hours?"
_PER = re.compile(
    rf"\bper\s+(?P<per>[a-z]+)|\b(?P<adverb>annual|year|month|week|dai|quarter|hour)ly\b|\b(?P<annual>annual)\b"
    rf"|/\s?(?P<slash>{_TIMES}|bed|patient|member|visit|user)\b",
    re.IGNORECASE,
)
_DIRECTLY_AFTER = re.compile(
    rf"^[^\s\w]?(?:\s+[a-z-]+){{0,2}}?\s?(?:each|every|\ban?)\s+(?P<time>{_TIMES})\b(?!\s+(?:ago|later|earlier|before|after|or))",
    re.IGNORECASE,
)
_EACH_SUM = re.compile(
    rf"[$€£][\d.,]+(?:\s?(?:million|billion|[kmb]))?\s+(?:each|every|an?)\s+(?P<time>{_TIMES})\b", re.IGNORECASE
)
"""A sum with what it is for, which those beside it leave out: "$180,000 a year at hospitals, $420,000 at insurers"."""
_ONE_NAME = {"annual": "year", "dai": "day", "cent": "", "annum": "year", "capita": "person"}
ONCE = "once"
_ONCE_ONLY = re.compile(r"\bto\s+(?:set\s+up|install)\b|\bset-?up\b|\bup-?front\b|\bone-(?:off|time)\b", re.IGNORECASE)
"""What is paid once, and for no year or bed."""
_MEDIAN = re.compile(r"\bmedians?\b", re.IGNORECASE)
_AVERAGE = re.compile(r"\b(?:averag\w+|means?(?=\s+(?:of|is|was)\b))\b", re.IGNORECASE)


def denominators_clash(claimed: str, after_claimed: str, stated: str, after_stated: str) -> tuple[str, str] | None:
    """What a claim gives its figure for each of and what the source does, where these differ and both tell it.

    `claimed` and `stated`: all that is said with the figure; `after_…`: what directly follows it.
    """
    one, other = _denominators(claimed, after_claimed), _denominators(stated, after_stated)
    return (min(one), min(other)) if one and other and not one & other else None


_THOSE_THAT = re.compile(
    r"(?:^|[.;:]\s*)\W*(?:of|among)\s+(?:the\s+|all\s+)?(?:[\w-]+\s+){0,3}?(?:that|who|which)\s+(?P<first>[^,;:.]+),\s*(?:[a-z]+\s+){0,3}$",
    re.IGNORECASE,
)
_A_TIME = re.compile(rf"\b(?:past|last|since|now|{_TIMES}|(?:19|20)\d\d)\b", re.IGNORECASE)
_OF_THOSE_THAT = re.compile(
    r"\s*of\s+(?:the\s+|all\s+)?(?:[\w-]+\s+){0,3}?(?:that|who|which)\s+(?P<second>(?:\w+\s+){1,4}?\w+)\b",
    re.IGNORECASE,
)
"""Only some of those who were asked: "of the hospitals that were hit, 29%", "29% of the hospitals that were hit"."""


_DID = re.compile(
    r"\s*\b(?:do|does|did|has|have|had|is|are|was|were|can|could|will|would)(?:\s+so)?\b\s*", re.IGNORECASE
)


def restricted_to(before: str, after: str, context: str = "") -> str:
    """What those have in common of whom a share is one, as the words before it or after it tell; empty for all, and
    where that is a time. "Of those that did" takes up the last verb of `context`, which stands before.
    """
    told = _THOSE_THAT.search(before) or _OF_THOSE_THAT.match(after)
    common = (told.groupdict().get("first") or told.groupdict().get("second") or "") if told else ""
    if _DID.fullmatch(common):
        verbs = list(_DID.finditer(context))
        common = context[verbs[-1].end() :].rstrip(" .;") if verbs else ""
    return "" if _A_TIME.search(common) else common


def averages_clash(claimed: str, stated: str) -> bool:
    """Whether a median is called an average, or the reverse."""
    kinds = [(bool(_MEDIAN.search(text)), bool(_AVERAGE.search(text))) for text in (claimed, stated)]
    return {(True, False), (False, True)} == set(kinds)


def has_average(text: str) -> bool:
    """Whether a text names a median or an average."""
    return bool(_MEDIAN.search(text) or _AVERAGE.search(text))


def _denominators(text: str, after: str) -> frozenset[str]:
    found = [match[match.lastgroup or 0].lower() for match in _PER.finditer(text)]
    if directly := _DIRECTLY_AFTER.match(after):
        found.append(directly["time"].lower())
    found += [match["time"].lower() for match in _EACH_SUM.finditer(text)] if not found else []
    if not found and _ONCE_ONLY.search(text):
        found = [ONCE]
    names = (_ONE_NAME.get(name, name.removesuffix("s")) for name in found)
    return frozenset(filter(None, names))
