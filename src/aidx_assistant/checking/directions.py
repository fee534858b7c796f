"""Which way a claim points: more or less, still in or beyond, ahead or behind, have or lack, A over B or B over A."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from aidx_assistant.checking.words import concepts
from aidx_assistant.vocabulary.grammar import CONTRASTING

_OPPOSITES: tuple[tuple[str, str, str], ...] = (
    (
        "stage",
        r"beyond|past\s+(?:the|ideation|proofs?|pilots?)|(?:moved|got|gone|made\s+it)\s+past|moved\s+(?:on|out|ahead|forward)"
        r"|progressed|pass(?:ed|es|ing)\s+(?:the(?:ir)?\s+)?(?:ideation|idea|pilot|proof|poc|stage|experiment)\w*|advanced\s+(?:to|past|beyond|out|from)|graduated|exited|outgrown|got(?:ten)?\s+out"
        r"|left\s+(?:the\s+)?(?:ideation|idea|pilot|proof|stage|experiment)\w*",
        r"still|remain(?:s|ed|ing)?|stuck"
        r"|(?<!of )(?<!average )(?<!the )(?<!hospital )(?<!inpatient )stay(?:s|ed|ing)?|linger\w*|stalled"
        r"|have\s+not\s+left|yet\s+to\s+(?:move|leave|get|advance|progress)",
    ),
    (
        "amount",
        r"increas\w+|rais(?:e|es|ed|ing)|rise|rises|rising|grow|grows|growing|growth|higher|boost\w*|expand\w*|gain\w*|rose|risen|grew|grown"
        r"|climb\w*|jump\w*|surg(?:e|es|ed|ing)|up(?=\s+from\b)"
        r"|(?:push|driv|go|goes|went|come|came|bring)\w*\s+(?:\w+\s+){0,3}?up",
        r"reduc\w+|lower|lowers|lowering|cut|cuts|cutting|decreas\w+|fall|falls|falling|fell|fallen|drop\w*|slump\w*|slash\w*|declin\w+(?!\s+to\b)|down(?=\s+from\b)|shrink\w*|los(?:es?|ing|t)\s+ground|sav(?:e|es|ing|ings)|(?:bring|driv|push|go|goes|went|com|came)\w*\s+(?:\w+\s+){0,3}?down",
    ),
    (
        "willing",
        r"open|willing|prefer\w*|favou?r\w*|ready|receptive|amenable|happy|prepared|keen|interested|acceptable|consider",
        r"closed|unwilling|reluctan\w+|opposed|oppos(?:e|es|ing)|averse|resist\w*|hesitan\w+|refus\w+|reject\w*|declin(?:e|es|ed)\s+(?:to|any)"
        r"|rul(?:e|es|ed|ing)\s+out|shun\w*|avoid\w*|(?:are|is|be|was|were)\s+against|unready|uninterested|unacceptable",
    ),
    (
        "belief",
        r"believ\w+|expect\w*|think|thinks|anticipat\w+|confident|convinced|foresee\w*|predict\w*",
        r"doubt\w*|dispute\w*|disbeliev\w+|scepti\w+|skepti\w+|deny|denies|dismiss\w*|unlikely|unconvinced",
    ),
    (
        "profit",
        r"(?:mak(?:e|es|ing)|made|earn\w*)\s+money|profitab\w+|pays?\s+off|paid\s+off|break(?:s|ing)?[-\s]even",
        r"los(?:e|es|ing|t)\s+money|unprofitab\w+|loss-making|in\s+the\s+red",
    ),
    (
        "moment",
        r"now|today|currently|at\s+present|nowadays",
        r"(?:years?|months?|decades?)\s+(?:ago|earlier|before)|previously|formerly",
    ),
    (
        "budget",
        r"over\s+(?:the\s+|their\s+)?budget|overr[ua]n\w*|overspen\w+",
        r"(?:under|within|below)\s+(?:the\s+|their\s+)?budget|underspen\w+",
    ),
    ("number", r"more(?=\s+\w)(?!\s+(?:than|likely|often|or\s+less)\b)", r"(?:fewer|less)(?=\s+\w)(?!\s+than\b)"),
    ("vacancy", r"vacant|unfilled|vacanc\w+", r"filled|occupied"),
    ("length", r"(?<!no )longer|lengthen\w*", r"shorter|shorten\w*"),
    ("gap", r"narrow(?:s|ed|ing)|caught\s+up|catching\s+up", r"widen\w*|further\s+behind|f(?:all|ell|alling)\s+behind"),
    (
        "rank",
        r"first|foremost|top|leading|leads?(?=\s+(?:with|at|by|all|the|in|,|$))",
        r"last(?!\s+(?:year|month|week|decade|quarter|\w+\s+(?:year|month)s))|bottom|least\s+important|minor",
    ),
    (
        "opening",
        r"open(?:s|ed|ing)?(?=\s+(?:an?|one|new|another|more|their|its)\b)|launch\w*",
        r"clos(?:e|es|ed|ing)(?=\s+(?:an?|one|another|some|their|its|the)\b)|shut\w*",
    ),
    ("place", r"central\w*|c-suite", r"decentral\w*|local\w*|departmental|department|distributed"),
    ("side", r"in-house|internal\w*", r"external\w*|outsourc\w*|outside"),
    (
        "ability",
        r"succeed\w*|manage|manages|achiev\w+|reach|reaches|reached",
        r"fail|fails|failed|failing|struggle\w*|miss|misses|missed",
    ),
    ("breadth", r"vertical|speciali[sz]ed", r"horizontal|general[-\s]purpose|generic"),
    ("ease", r"easy|easier|easily|simple|simpler", r"difficult\w*|hard|harder|complex"),
    (
        "quality",
        r"success\w*|positive|meaningful|significant",
        r"unsuccessful|negative|negligible|meaningless|insignificant|disappointing",
    ),
)  # fmt: skip
_PATTERNS = tuple(
    (name, re.compile(rf"(?<![\w-])(?:(?P<plus>{plus})|(?P<minus>{minus}))(?![\w-])", re.IGNORECASE))
    for name, plus, minus in _OPPOSITES
)
_NEGATION = re.compile(
    r"(?<![\w-])(?:(?:do|does|did|have|has|had|are|is|was|were|will|would)\s+not(?!\s+(?:only|just|merely|alone|least|quite))"
    r"|not\s+(?:yet|have|been|to\s+have)|never|no(?=\s+[a-z])(?!\s+(?:fewer|less|more|longer|doubt|separate|figure|single))"
    r"|none|without|otherwise|rarely|seldom|\w+n[’']t(?!\s+(?:only|just|merely))|cannot|fail(?:s|ed)?\s+to|yet\s+to"
    r"|(?<!a )(?<!the )lack(?:s|ed|ing)?(?!\s+of\b)|absent|no\s+longer)(?![\w-])",
    re.IGNORECASE,
)
_ABSENCE = re.compile(
    r"\b(?:still(?=\s+(?:in|at|on|being|pilot\w*|test\w*|plan\w*|wait\w*|un\w+))|remain\w*|stuck|shortage|scarc\w+|insufficient|too\s+(?:little|few)|lack\s+of|missing|absence|limited"
    r"|obstacles?|barriers?|hurdles?|roadblocks?|challenges?|unchanged|elsewhere)\b",
    re.IGNORECASE,
)
"""What these affirm may as well be said by denying its opposite: "still in pilots", "not yet in production"."""
_OTHERS = re.compile(
    r"\bno(?=\s+(?:[\w-]+\s+){1,4}?(?:more|greater|\w+er)\s+(?:\w+\s+){0,4}?than\b)|\bthan\s+(?:\w+\s+){1,3}?(?:(?:that|who|which)\s+(?:do|does|did|have|has|had|are|were)\s*(?:not|n[’']t)|without)\b",
    re.IGNORECASE,
)
"""What denies nothing: "no method gained more than this one", "sooner than those that did not"."""
_AND = re.compile(r"\b(?:and|or|nor)\b")
_NEGATION_REACH = 3
_NO_COMPARATIVES = (
    r"(?:consider|whether|(?:an)?other|after|number|provider|payer|insurer|under|over|n?ever|n?either|per|together"
    r"|however|order|offer|matter|member|leader|manager|quarter|customer|answer|remember|deliver|cover|partner|rather|sooner|\w*maker)\b"
)
_COMPARATORS = re.compile(
    r"(?<![\w-])(?:(?P<minus>(?:slower|more\s+slowly|less\s+\w+|less(?:\s+\w+)?|worse|lower|weaker|smaller|later|fewer)\s+(?:\w+\s+){0,3}?than|inferior\s+to"
    r"|(?:fall\w*|fell|rank\w*|is|are)\s+(?:\w+\s+)?behind|below(?=\s+[a-z])|lag(?:s|ged|ging)?(?:\s+behind)?|trail(?:s|ed|ing)?|underperform\w*|fall(?:s|ing)?\s+short\s+of)"
    rf"|(?P<plus>(?:(?!{_NO_COMPARATIVES})\w+er|more(?:\s+\w+)?)\s+(?:\w+\s+){{0,3}}?than"
    r"|(?:superior|preferable)\s+to|ahead\s+of|rather\s+than|instead\s+of"
    r"|(?<!take )(?<!takes )(?<!taken )(?<!taking )(?<!took )over(?=\s+[a-z])"
    r"|above(?=\s+[a-z])|outpac\w+|outstrip\w*|outgrow\w*|outperform\w*|exceed\w*|surpass\w*|outrun\w*|overtak\w+"
    r"|beat(?:s|en|ing)?|in\s+preference\s+to"
    r"|than))(?![\w-])",
    re.IGNORECASE,
)
_ANYTHING = "*"
_PRONOUN = re.compile(r"\b(?:they|them|it)\b", re.IGNORECASE)
_PART = re.compile(rf"[;:]|\s[—–-]\s|—|\b(?:{CONTRASTING}|but|yet)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`left` compared with `right`: above it (sign 1) or below (-1)."""

    left: frozenset[str]
    right: frozenset[str]
    sign: int


@dataclass(frozen=True, slots=True)
class Course:
    """Which sides a text takes."""

    sides: Mapping[str, int]
    """1 or -1 for every dimension of which the text takes one side, negation reckoned in."""
    negations: int
    """How many words deny something."""
    used: Mapping[str, int]
    """How many of them are reckoned in for a dimension."""


@lru_cache(maxsize=2048)
def course_of(text: str) -> Course:
    """The directions of a text."""
    signs: dict[str, set[int]] = {}
    used: Counter[str] = Counter()
    negations = list(_NEGATION.finditer(_OTHERS.sub(lambda match: " " * len(match.group()), text)))
    for name, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            sign = 1 if match["plus"] else -1
            for negation in negations:
                if _denies(text, negation, match):
                    used[name] += 1
                    sign = -sign
            signs.setdefault(name, set()).add(sign)
    sides = {name: next(iter(both)) for name, both in signs.items() if len(both) == 1}
    return Course(sides, len(negations) - _joined(text, negations), used)


def _joined(text: str, negations: Sequence[re.Match[str]]) -> int:
    """How many only go on with the denial before them: "do not use it and have no plans"."""
    pairs = zip(negations, negations[1:], strict=False)
    return sum(bool(_AND.search(text, one.end(), other.start())) for one, other in pairs)


@lru_cache(maxsize=4096)
def denied(text: str, place: int) -> bool:
    """Whether a word of the text that begins at `place` is denied by one shortly before it."""
    return any(
        negation.end() <= place and _near(text[negation.end() : place]) for negation in _NEGATION.finditer(text[:place])
    )


def _near(between: str) -> bool:
    return len(between.split()) < _NEGATION_REACH and not re.search(r"[,;]", between)


def _denies(text: str, negation: re.Match[str], word: re.Match[str]) -> bool:
    return negation.end() <= word.start() and _near(text[negation.end() : word.start()])


@lru_cache(maxsize=8192)
def opposed(claimed: str, claimed_tight: str, stated: str, stated_tight: str) -> str | None:
    """The dimension in which two claims point opposite ways, or None.

    Clauses are compared in the dimensions that both take a side of; plain negation only within the commas
    around the figure.
    """
    if _reversed(claimed, stated):
        return "comparison"
    one, other = _sides(claimed, claimed_tight), _sides(stated, stated_tight)
    common = [name for name in one if name in other]
    for name in common:
        if one[name] != other[name]:
            return name
    left = [_unused(course_of(text), common) for text in (claimed_tight, stated_tight)]
    affirming = stated if left[0] else claimed
    return "negation" if left[0] != left[1] and not _ABSENCE.search(affirming) else None


def _sides(clause: str, tight: str) -> dict[str, int]:
    """The sides a clause takes; within the commas around the figure they count most."""
    return {**course_of(clause).sides, **course_of(tight).sides}


def _unused(course: Course, common: Sequence[str]) -> bool:
    """Whether a text denies something beyond the dimensions already compared."""
    return (course.negations - sum(course.used.get(name, 0) for name in common)) % 2 == 1


@lru_cache(maxsize=2048)
def comparisons_in(text: str) -> tuple[Comparison, ...]:
    """The comparisons a text makes, each within its own part of the sentence."""
    return tuple(
        Comparison(
            _side(_PART.split(text[: match.start()])[-1]),
            _side(_PART.split(text[match.end() :])[0]),
            1 if match["plus"] else -1,
        )
        for match in _COMPARATORS.finditer(text)
    )


def _side(text: str) -> frozenset[str]:
    """The words of one side of a comparison; a pronoun that stands alone may be any."""
    return concepts(text) or (frozenset({_ANYTHING}) if _PRONOUN.search(text) else frozenset())


def _common(one: frozenset[str], other: frozenset[str]) -> int:
    return len(one & other) or int(_ANYTHING in one)


def _reversed(claimed: str, stated: str) -> bool:
    """Whether two comparisons of the same things point opposite ways; only the best matching pair counts.

    The same things: words of either side of the one are found on a side each of the other.
    """
    best, reverse = 0, False
    for one in comparisons_in(claimed):
        for other in comparisons_in(stated):
            shared = (one.left & one.right) | (other.left & other.right)
            left, right = one.left - shared, one.right - shared
            straight = (_common(left, other.left), _common(right, other.right))
            crossed = (len(left & other.right), len(right & other.left))
            if all(crossed) and sum(crossed) >= best:
                best, reverse = sum(crossed), one.sign * other.sign > 0
            elif all(straight) and sum(straight) > max(best, sum(crossed)):
                best, reverse = sum(straight), one.sign * other.sign < 0
    return reverse
