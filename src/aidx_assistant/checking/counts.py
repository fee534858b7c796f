"""Small counts that announce a list, and counts that are about the answer itself.

A count of the answer's own parts ("two findings", "three sources") is no claim about data and is not checked.
A count up to 20 also holds where the list it announces, in the answer or in a cited sentence, has that many
items, and where it counts the segments that exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from aidx_assistant.checking.words import concepts
from aidx_assistant.figures import Figure
from aidx_assistant.segments import mentions

_OWN_PARTS = frozenset(
    "findings points sources sections reports figures statements sentences examples things ways notes caveats "
    "numbers passages answers takeaways observations respects aspects conclusions lessons statistics percentages "
    "questions versions wordings documents publications themes messages citations readings "
    "accounts rates cases terms items bullets measures metrics indicators data".split()
)
_SEGMENT_NOUNS = frozenset("segments segment sectors sector groups group".split())
_SEGMENTS_OF_THE_MARKET = 3
_LARGEST = 20
_PARTS = re.compile(r"[:;]|\s[—–-]\s|—|,\s*(?:namely|i\.e\.)")
_PARENTHESIS = re.compile(r"\([^)]*\)")
_SEPARATOR = re.compile(r",\s*(?:and|or|as\s+well\s+as)\s+|,\s*|\s+(?:and|or|as\s+well\s+as)\s+", re.IGNORECASE)
_OPENING = re.compile(r"\s*(?:in|at|among|for|according|of|on|across|by|with)\b", re.IGNORECASE)
_ANNOUNCES = re.compile(r"\s*(?:[:.;—–-]|$|(?:are|is|were|in\s+all|of\s+them)\b)")
_USE_CASES = re.compile(r"[^.;:,]{0,40}?\buse[-\s]cases\b", re.IGNORECASE)
_TALKING_POINTS = re.compile(r"\s+(?:\w+\s+){1,2}points\b", re.IGNORECASE)
_POINTING = re.compile(r"\b(?:the|these|those|all|other|its|of|between|both)\s+$", re.IGNORECASE)

_FIGURES_OF_BRIEF = re.compile(
    r"\s+figures?\s+(?:on\s+use\s+or\s+results|for\s+healthcare\s+at\s+large|only\s+says?)\b", re.IGNORECASE
)
"""How many figures a brief's recommendation rests on, however many: they are counted again by verdicts.py."""


def is_about_the_answer(figure: Figure, text: str) -> bool:
    """Whether a count is one of the answer's own parts, or only points back ("the two")."""
    if figure.kind != "count" or figure.bound != "exact":
        return False
    if _FIGURES_OF_BRIEF.match(text, figure.end):
        return True
    if figure.low > _LARGEST:
        return False
    if (figure.unit in _OWN_PARTS and not _USE_CASES.match(text, figure.end)) or _TALKING_POINTS.match(
        text, figure.end
    ):
        return True
    written_out = figure.text.isalpha()
    return written_out and not figure.unit and bool(_POINTING.search(text[: figure.start]))


def is_borne_out(figure: Figure, text: str, items: int, cited: Iterable[str], stated: Iterable[Figure]) -> bool:
    """Whether a small count is the length of a list in the answer or in a cited sentence.

    Never where a cited sentence counts the same and comes to another number (`stated`: its figures).
    """
    if figure.kind != "count" or figure.low != figure.high or figure.low > _LARGEST or figure.bound != "exact":
        return False
    if any(other.kind == "count" and _counts_the_same(other, figure) for other in stated):
        return False
    count = int(figure.low)
    if figure.unit in _SEGMENT_NOUNS:
        named = {mention.segment for sentence in (text, *cited) for mention in mentions(sentence)} - {"all"}
        return count in (_SEGMENTS_OF_THE_MARKET, len(named)) and count > 1
    if items:
        return items == count
    if not figure.unit and not _ANNOUNCES.match(text, figure.end):
        return False
    told = concepts(figure.unit or text)
    return count in _list_lengths(text[figure.end :]) or any(
        count in _list_lengths(sentence) and concepts(sentence) & told for sentence in cited
    )


def _counts_the_same(one: Figure, other: Figure) -> bool:
    return bool(one.unit) and (one.unit == other.unit or bool(concepts(one.unit) & concepts(other.unit)))


def _list_lengths(text: str) -> set[int]:
    """Lengths of the lists in a text: items between commas, the last after "and" or "or"."""
    lengths = set()
    for part in _PARTS.split(_PARENTHESIS.sub(" ", text)):
        separators = [match.group() for match in _SEPARATOR.finditer(part)]
        joined = [position for position, separator in enumerate(separators) if separator.strip(" ,")]
        opening = 1 if _OPENING.match(part) else 0
        if separators:
            last = joined[-1] if joined else len(separators) - 1
            lengths.add(last + 2 - (opening if "," in separators[0] else 0))
    return lengths - {0, 1}
