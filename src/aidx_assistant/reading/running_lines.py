"""Headers, footers and page numbers: what repeats at the edges of pages, and is no part of what they say."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from aidx_assistant.reading.placed_text import PlacedText

_EDGE = 0.15
"""Share of the height at the top and at the bottom."""
_NUMBER = re.compile(r"^\W*\d{1,5}\b|\b\d{1,5}\W*$")
_PAGE_NUMBER = re.compile(
    r"\W*(?P<word>page|slide|p\.)?\s*(?P<number>\d{1,5})\W*(?:(?P<of>of|/|\|)\s*\d{1,5})?\W*", re.IGNORECASE
)
_ROMAN = re.compile(r"[ivxlc]{1,7}")
_OF_CONTENT = re.compile(r"(?:sources?|notes?|base|n)\b\s*[:=(]", re.IGNORECASE)
"""Says where a figure comes from: kept on every page."""


def without_running_lines(
    pages: Sequence[Sequence[PlacedText]], heights: Sequence[float], usual: float
) -> list[list[PlacedText]]:
    """The lines of each page without headers, footers and page numbers.

    A line at the edge is a running one where the same, page numbers apart, stands there on three pages that are not
    far from each other (on both pages of two), in letters not larger than `usual`; a title stays. A number is the
    page's where it counts with the pages.
    """
    edges = [[_edge(line, height) for line in lines] for lines, height in zip(pages, heights, strict=True)]
    running = _running(pages, edges, usual)
    shift = _shift(pages, edges)
    return [
        [
            line
            for line, edge in zip(lines, of_page, strict=True)
            if not (
                edge and ((edge, *_pattern(line.text, number)) in running or _is_page_number(line.text, number, shift))
            )
        ]
        for number, (lines, of_page) in enumerate(zip(pages, edges, strict=True), 1)
    ]


def _edge(line: PlacedText, height: float) -> str:
    if line.bottom <= _EDGE * height:
        return "top"
    return "bottom" if line.top >= (1 - _EDGE) * height else ""


def _pattern(text: str, page: int) -> tuple[str, int]:
    """The line without a number at its start or end, and what that is larger than the page's: the same on each page
    if it is the page's number, and different if it is a figure."""
    number = re.search(r"\d+", found.group()) if (found := _NUMBER.search(text)) else None
    return _NUMBER.sub("#", text.casefold(), count=1), int(number.group()) - page if number else 0


def _running(
    pages: Sequence[Sequence[PlacedText]], edges: Sequence[Sequence[str]], usual: float
) -> set[tuple[str, str, int]]:
    found: defaultdict[tuple[str, str, int], set[int]] = defaultdict(set)
    for number, (lines, of_page) in enumerate(zip(pages, edges, strict=True), 1):
        for line, edge in zip(lines, of_page, strict=True):
            if edge and line.size <= 1.15 * usual and not _OF_CONTENT.match(line.text):
                found[edge, *_pattern(line.text, number)].add(number)
    needed = min(3, len(pages))
    return {
        key
        for key, numbers in found.items()
        if len(numbers) >= max(needed, 2) and max(numbers) - min(numbers) + 1 <= 3 * len(numbers)
    }


def _shift(pages: Sequence[Sequence[PlacedText]], edges: Sequence[Sequence[str]]) -> int | None:
    """What printed page numbers are larger than the pages' own, where at least two pages agree."""
    shifts: Counter[int] = Counter()
    for number, (lines, of_page) in enumerate(zip(pages, edges, strict=True), 1):
        printed = {
            int(match["number"])
            for line, edge in zip(lines, of_page, strict=True)
            if edge and (match := _PAGE_NUMBER.fullmatch(line.text))
        }
        shifts.update(one - number for one in printed)
    commonest = shifts.most_common(1)
    return commonest[0][0] if commonest and commonest[0][1] >= 2 else None


def _is_page_number(text: str, number: int, shift: int | None) -> bool:
    match = _PAGE_NUMBER.fullmatch(text)
    if match:
        printed = int(match["number"])
        return (
            bool(match["word"] or match["of"]) or printed == number or (shift is not None and printed - number == shift)
        )
    return _ROMAN.fullmatch(text.strip(" -–.")) is not None
