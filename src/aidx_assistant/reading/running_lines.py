"""Headers, footers and page numbers: what repeats at the edges of pages, and is no part of what they say."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from aidx_assistant.reading.placed_text import PlacedText

_Key = tuple[str, str, int | None]
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
                edge
                and (
                    not running.isdisjoint(_keys(edge, line.text, number)) or _is_page_number(line.text, number, shift)
                )
            )
        ]
        for number, (lines, of_page) in enumerate(zip(pages, edges, strict=True), 1)
    ]


def _edge(line: PlacedText, height: float) -> str:
    if line.bottom <= _EDGE * height:
        return "top"
    return "bottom" if line.top >= (1 - _EDGE) * height else ""


def _keys(edge: str, text: str, page: int) -> tuple[_Key, _Key]:
    """What a running line has in common on all pages: its text, or its text but for the page's number.

    That number is one at the start or end which is larger than the page's by the same on each page; a figure is not.
    """
    number = re.search(r"\d+", found.group()) if (found := _NUMBER.search(text)) else None
    shift = int(number.group()) - page if number else None
    return (edge, text.casefold(), None), (edge, _NUMBER.sub("#", text.casefold(), count=1), shift)


def _running(pages: Sequence[Sequence[PlacedText]], edges: Sequence[Sequence[str]], usual: float) -> set[_Key]:
    found: defaultdict[_Key, set[int]] = defaultdict(set)
    for number, (lines, of_page) in enumerate(zip(pages, edges, strict=True), 1):
        for line, edge in zip(lines, of_page, strict=True):
            if edge and line.size <= 1.15 * usual and not _OF_CONTENT.match(line.text):
                for key in _keys(edge, line.text, number):
                    found[key].add(number)
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
