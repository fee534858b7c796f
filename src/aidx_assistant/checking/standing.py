"""Who comes first or last: a figure that another one of its sentence beats is not the first, nor the last the other way
round; and which of two figures of a change is the earlier one.
"""

from __future__ import annotations

import re

from aidx_assistant.checking.clauses import clauses_of
from aidx_assistant.checking.directions import course_of
from aidx_assistant.figures import Figure, figures_in

_FIRST = re.compile(
    r"\b(?:leads?|led)\b(?!\s+to\b)|\b(?:com(?:es?|ing)|is|are|ranks?|stands?|takes?)\s+(?:first|ahead|top(?=\s*(?:$|[,.;]|with\b|at\b|among\b)))"
    r"|\bin\s+(?:the\s+)?first\s+place|\b(?:has|have)\s+the\s+(?:most|highest|largest|greatest|biggest)\b|\btops\b",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"\b(?:com(?:es?|ing)|is|are|ranks?|stands?)\s+(?:the\s+)?(?:last|bottom)\b|\bin\s+last\s+place"
    r"|\b(?:has|have)\s+the\s+(?:fewest|lowest|smallest|least)\b|\b(?:spends?|pays?|uses?)\s+(?:the\s+)?least\b",
    re.IGNORECASE,
)
_ORDERED = re.compile(
    r"\b(?:followed\s+by|ahead|first|second|third|leads?|last|ranks?|ranked|order|top|most|least)\b", re.IGNORECASE
)
_SET_AGAINST = re.compile(r"\b(?:from|than|against|versus|vs\.?|compared\s+(?:with|to))\s+\S{0,2}$", re.IGNORECASE)
_PARTS = re.compile(r"[.;:(]\s|\b(?:while|whereas|but|and)\b", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+$", re.IGNORECASE)
_TO = re.compile(r"\s+(?:\w+\s+){0,3}?to\s+(?:\w+\s+){0,2}?$", re.IGNORECASE)

_LONGER = re.compile(
    r"\s+(?:longer|shorter|later|sooner|earlier|faster|slower|cheaper|dearer|higher|lower)\b(?!\s+or\b)", re.IGNORECASE
)
_COMPARES = re.compile(
    r"\b(?:longer|shorter|later|sooner|earlier|faster|slower|cheaper|dearer|higher|lower|more|less|fewer|than|by|sav\w+|gain\w*"
    r"|differ\w*|gap|los[et]\w*|add\w*|cut\w*|r[io]se\w*|f[ae]ll\w*|increas\w*|reduc\w*|extra|additional)\b",
    re.IGNORECASE,
)
_BESIDE = 60
"""Letters before and after a figure in which words say that it is a difference."""


def is_beaten(claimed: str, sentence: str, figure: Figure) -> bool:
    """Whether a claim puts first, or last, a figure that is not the largest, or smallest, of those that its sentence
    puts in an order.
    """
    first, last = _FIRST.search(claimed), _LAST.search(claimed)
    if bool(first) == bool(last) or not _ORDERED.search(sentence):
        return False
    others = [
        one.low
        for one in figures_in(sentence)
        if one.kind == figure.kind
        and (one.unit == figure.unit or "" in (one.unit, figure.unit))
        and one.low == one.high
        and not _SET_AGAINST.search(sentence[: one.start])
    ]
    return any(other > figure.low if first else other < figure.low for other in others)


def is_turned_round(text: str, figure: Figure, start: int, sentence: str) -> bool:
    """Whether a text tells a change from one figure to another, the one at `start` among them, whose years in the
    sentence of a source are the other way round.
    """
    pair = _change_at(text, start)
    if pair is None or figure.kind not in ("percent", "count", "money", "duration"):
        return False
    years: dict[float, set[int]] = {}
    for clause in clauses_of(sentence, list(figures_in(sentence))):
        if clause.figure.kind == figure.kind:
            years.setdefault(clause.figure.low, set()).update(clause.years)
    before, after = (years.get(one.low, set()) for one in pair)
    way = course_of(text[_part_before(text, pair[0].start) : pair[0].start]).sides.get("amount")
    if way and (pair[1].low - pair[0].low) * way < 0:  # "fell from 37% to 44%"
        return True
    return bool(before and after) and len(before) == len(after) == 1 and min(before) > max(after)


def makes_a_difference(after: str, figure: Figure, sentence: str, place: int) -> bool:
    """Whether "17 minutes longer" is told of a length that a source gives as it is, its figure ending at `place`."""
    if figure.kind not in ("duration", "money") or not _LONGER.match(after):
        return False
    return not (_COMPARES.search(sentence[place : place + _BESIDE]) or _COMPARES.search(sentence[:place][-_BESIDE:]))


def _part_before(text: str, place: int) -> int:
    """Where the part of a sentence that ends at `place` begins."""
    return max((match.end() for match in _PARTS.finditer(text, 0, place)), default=0)


def _change_at(text: str, start: int) -> tuple[Figure, Figure] | None:
    """The two figures of "from 28% to 25%" of which one begins at `start`."""
    figures = figures_in(text)
    for one, other in zip(figures, figures[1:], strict=False):
        if start in (one.start, other.start) and one.kind == other.kind:
            if _FROM.search(text[: one.start]) and _TO.fullmatch(text[one.end : other.start]):
                return one, other
    return None
