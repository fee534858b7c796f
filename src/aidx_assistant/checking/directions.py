"""Which way a claim points: more or less, still in or beyond, ahead or behind, have or lack, A over B or B over A."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from aidx_assistant.checking.words import concepts

_OPPOSITES: tuple[tuple[str, str, str], ...] = (
    (
        "stage",
        r"beyond|past|moved\s+(?:on|out|ahead|forward)|progressed|advanced|graduated|left|exited|cleared|outgrown|got(?:ten)?\s+out",
        r"still|remain(?:s|ed|ing)?|stuck|stay(?:s|ed|ing)?|linger\w*|stalled|have\s+not\s+left|yet\s+to\s+(?:move|leave|get|advance|progress)",
    ),
    (
        "amount",
        r"increas\w+|rais(?:e|es|ed|ing)|rise|rises|rising|grow|grows|growing|growth|higher|boost\w*|expand\w*|gain\w*|up",
        r"reduc\w+|lower|lowers|lowering|cut|cuts|cutting|decreas\w+|fall|falls|falling|drop\w*|shrink\w*|sav(?:e|es|ing|ings)|down",
    ),
    (
        "willing",
        r"open|willing|ready|receptive|amenable|happy|prepared|keen|interested|acceptable|consider",
        r"closed|unwilling|reluctan\w+|opposed|averse|resist\w*|hesitan\w+|refus\w+|reject\w*|unready|uninterested|unacceptable",
    ),
    (
        "belief",
        r"believ\w+|expect\w*|think|thinks|anticipat\w+|confident|convinced|foresee\w*|predict\w*|predict",
        r"doubt\w*|dispute\w*|disbeliev\w+|scepti\w+|skepti\w+|deny|denies|dismiss\w*|unlikely|unconvinced|unsure|question",
    ),
    ("rank", r"first|foremost|top|leading|most|best|highest|heaviest", r"last|least|bottom|lowest|lightest"),
    ("place", r"central\w*|c-suite", r"decentral\w*|local\w*|departmental|department|distributed"),
    ("side", r"in-house|internal\w*", r"external\w*|outsourc\w*|outside"),
    (
        "ability",
        r"succeed\w*|manage|manages|achiev\w+|reach|reaches|reached",
        r"fail|fails|failed|failing|struggle\w*|miss|misses|missed",
    ),
    ("ease", r"easy|easier|easily|simple|simpler", r"difficult\w*|hard|harder|complex"),
    ("quality", r"success\w*|positive|meaningful|significant", r"unsuccessful|negative|negligible|meaningless|insignificant|disappointing"),
)  # fmt: skip
_PATTERNS = tuple(
    (name, re.compile(rf"(?<![\w-])(?:(?P<plus>{plus})|(?P<minus>{minus}))(?![\w-])", re.IGNORECASE))
    for name, plus, minus in _OPPOSITES
)
_NEGATION = re.compile(
    r"(?<![\w-])(?:not(?!\s+(?:only|just|merely|alone|least|quite|surprisingly|yet\s+known))|never|no(?!\s+(?:fewer|less|more|longer|doubt))"
    r"|none|neither|nor|without|hardly|scarcely|rarely|seldom|\w+n[’']t|cannot|fail(?:s|ed)?\s+to|yet\s+to"
    r"|lack(?:s|ed|ing)?|absen(?:t|ce)|missing|no\s+longer)(?![\w-])",
    re.IGNORECASE,
)
_NEGATION_REACH = 3
_COMPARATORS = re.compile(
    r"(?<![\w-])(?:(?P<minus>(?:slower|less(?:\s+\w+)?|worse|lower|weaker|smaller|later|inferior|fewer)\s+(?:\w+\s+){0,3}?(?:than|to)"
    r"|behind|below|lag(?:s|ged|ging)?(?:\s+behind)?|trail(?:s|ed|ing)?|underperform\w*|fall(?:s|ing)?\s+short\s+of)"
    r"|(?P<plus>(?:\w+er|more(?:\s+\w+)?|superior|better|ahead|preferable)\s+(?:\w+\s+){0,3}?(?:than|to|of)|rather\s+than|instead\s+of"
    r"|over(?=\s+[a-z])|above(?=\s+[a-z])|outpac\w+|outstrip\w*|outgrow\w*|outperform\w*|exceed\w*|surpass\w*|outrun\w*|overtak\w+"
    r"|beat(?:s|en|ing)?|in\s+preference\s+to"
    r"|than))(?![\w-])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`left` compared with `right`: above it (sign 1) or below (-1)."""

    left: frozenset[str]
    right: frozenset[str]
    sign: int


@lru_cache(maxsize=2048)
def directions_in(text: str) -> dict[str, int]:
    """The direction (1 or -1) of every dimension that the text takes one side of; "negation" where it negates."""
    signs: dict[str, set[int]] = {}
    negations = list(_NEGATION.finditer(text))
    used: set[int] = set()
    for name, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            sign = 1 if match["plus"] else -1
            for negation in negations:
                between = text[negation.end() : match.start()]
                if negation.end() <= match.start() and len(between.split()) < _NEGATION_REACH and not re.search(r"[,;]", between):
                    used.add(negation.start())
                    sign = -sign
            signs.setdefault(name, set()).add(sign)
    found = {name: next(iter(both)) for name, both in signs.items() if len(both) == 1}
    if (len(negations) - len(used)) % 2:
        found["negation"] = -1
    return found


@lru_cache(maxsize=8192)
def opposed(claimed: str, claimed_tight: str, stated: str, stated_tight: str) -> str | None:
    """The dimension in which two claims point opposite ways, or None.

    The whole clause is compared in the dimensions that both take a side of; plain negation only within the
    commas around the figure.
    """
    reversal = _reversed(claimed, stated)
    if reversal is not None:
        return "comparison" if reversal else None
    one, other = directions_in(claimed), directions_in(stated)
    common = [name for name, _ in _PATTERNS if name in one and name in other]
    for name in common:
        if one[name] != other[name]:
            return name
    denied, denies = "negation" in directions_in(claimed_tight), "negation" in directions_in(stated_tight)
    return "negation" if denied != denies and not common else None


@lru_cache(maxsize=2048)
def comparison_in(text: str) -> Comparison | None:
    """The comparison a text makes, if it makes one."""
    match = _COMPARATORS.search(text)
    if match is None:
        return None
    return Comparison(
        concepts(text[: match.start()]), concepts(text[match.end() :]), 1 if match["plus"] else -1
    )


def _reversed(claimed: str, stated: str) -> bool | None:
    """Whether two comparisons of the same things point opposite ways; None where they cannot be matched."""
    one, other = comparison_in(claimed), comparison_in(stated)
    if one is None or other is None:
        return None
    shared = (one.left & one.right) | (other.left & other.right)
    left, right = one.left - shared, one.right - shared
    straight = len(left & other.left) + len(right & other.right)
    crossed = len(left & other.right) + len(right & other.left)
    if straight == crossed:
        return None
    return (one.sign * other.sign > 0) == (crossed > straight)
