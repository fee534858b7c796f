"""Figures that stand together: a list of them, or an exact one that repeats a rough one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aidx_assistant.checking.borders import BORDERS, JOINTS, NO_WORDS
from aidx_assistant.figures import Figure

_COARSE = 1.0
"""Percentage points by which a fraction may miss the percentage that repeats it."""
_RESPECTIVELY = re.compile(r",?\s*\brespectively\b[\s,]*|[\s,]+$", re.IGNORECASE)
_ITEM_BORDERS = re.compile(r",\s*(?:and|or)\s+|,\s*|\s+and\s+|\s+or\s+")
_OPPOSED = re.compile(r"vs|versus|against|compared", re.IGNORECASE)
_CLOSED_ITEM = re.compile(r"\s*\)\W*(?:,|\w)")
"""After a figure in brackets, which belongs to the words before them: "providers (46%) and roughly a quarter of …"."""
_ENDS = re.compile(r"\s*(?:[),;.]|$|respectively)", re.IGNORECASE)
"""Only there do two opposed figures have the words before them in common: "more than payers (85% vs 83%)"."""
_LISTED = re.compile(
    rf"(?=[\s,]*[,/&a-z])[\s,]*(?:{JOINTS}|/|&)?[\s,]*(?:another\s)?\s*",
    re.IGNORECASE,
)


def grouped(figures: Sequence[Figure], text: str) -> list[list[Figure]]:
    """Figures with no words between them stand together: "nearly half (45%)", "22, 19 and 18 jobs"."""
    groups = [[figures[0]]]
    for figure in figures[1:]:
        between = text[groups[-1][-1].end : figure.start]
        unlike = _CLOSED_ITEM.match(between) or (_OPPOSED.search(between) and not _ENDS.match(text, figure.end))
        if (NO_WORDS.fullmatch(between) and not unlike) or _in_apposition(groups[-1][-1], figure, text):
            groups[-1].append(figure)
        else:
            groups.append([figure])
    return groups


def is_series(group: Sequence[Figure], text: str) -> bool:
    """Whether figures that stand together are a list: "22, 19 and 18", not "nearly half (45%)"."""
    pairs = zip(group, group[1:], strict=False)
    return len(group) > 1 and all(_LISTED.fullmatch(text, one.end, other.start) for one, other in pairs)


def _in_apposition(rough: Figure, exact: Figure, text: str) -> bool:
    """Whether an exact figure only repeats a rough one: "less than half of their pilots, 46%, …"."""
    between = text[rough.end : exact.start]
    set_off = re.search(r"[,(]\s*$", between) and re.match(r"\s*(?:[,).]|$)", text[exact.end :])
    if rough.kind != exact.kind or not (rough.fraction or rough.low % 10 == 0):
        return False
    apart = 0.35 * rough.low if rough.bound != exact.bound else _COARSE if rough.fraction else 0.0
    bracketed = rough.fraction and not exact.fraction and between.endswith("(") and not BORDERS.search(between[:-1])
    return bool(set_off and (bracketed or 0 < apart >= abs(rough.low - exact.low)))


def _without_common_words(items: list[str]) -> tuple[list[str], str]:
    """Items of equal length, and the words before the first and after the last that belong to all of them.

    "of providers have deployed", "are implementing", "are piloting robots" have "of providers" and "robots" in common.
    """
    words = [item.split() for item in items]
    length = len(words[1]) if len(words) > 2 else min(len(words[0]), len(words[1]))
    common = [*words[0][:-length], *words[-1][length:]]
    words[0], words[-1] = words[0][-length:], words[-1][:length]
    return [" ".join(item) for item in words], " ".join(common)


def items_after(text: str, length: int) -> tuple[list[str], str] | None:
    """The items that words after a series list for its figures, one each, and the words common to all; else None."""
    items = _ITEM_BORDERS.split(_RESPECTIVELY.sub("", text).strip(" .,;"))
    return _without_common_words(items) if len(items) == length and all(item.strip() for item in items) else None
