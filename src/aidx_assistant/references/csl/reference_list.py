"""References to several places by a style's manual: in its order, alike ones told apart."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from string import ascii_lowercase

from aidx_assistant.references.cited_place import CitedPlace
from aidx_assistant.references.csl.item import CslItem
from aidx_assistant.references.csl.manuals import MANUALS, mended
from aidx_assistant.references.csl.processor import rendered, sorted_positions


def csl_references(places: Sequence[CitedPlace], style: str) -> list[tuple[int, str]]:
    """The position of each place and its reference in a style of `MANUALS`, in the order of the style's list."""
    manual = MANUALS[style]
    items = [manual.item(place) for place in places]
    order = list(range(len(items)))
    if not manual.numbered and len(items) > 1:
        order = sorted_positions(manual.style, manual.locale, items)
        _tell_years_apart(items, order)
    texts = rendered(manual.style, manual.locale, items)
    return [(at, mended(texts[at], manual, items[at], places[at])) for at in order]


def _tell_years_apart(items: Sequence[CslItem], order: Sequence[int]) -> None:
    """Adds letters to the years of items that have authors and year in common: 2025a, 2025b, in their order.

    So do APA (8.19), Chicago (chapter 13) and Cite Them Right; the processor knows the letters but does not give them.
    """
    alike: defaultdict[str, list[int]] = defaultdict(list)
    for at in order:
        authors, issued = items[at].get("author"), items[at].get("issued", {})
        year = issued.get("literal") or issued.get("date-parts", [[None]])[0][0]
        if authors:
            alike[json.dumps([authors, year])].append(at)
    for positions in alike.values():
        for count, at in enumerate(positions if len(positions) > 1 else ()):
            items[at]["year-suffix"] = _letters(count)


def _letters(count: int) -> str:
    """`a` to `z`, then `aa`, `ab` …"""
    before, last = divmod(count, len(ascii_lowercase))
    return f"{_letters(before - 1) if before else ''}{ascii_lowercase[last]}"
