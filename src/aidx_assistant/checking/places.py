"""Of which country a figure is: what is said of all countries asked, or of another one, is not said of this one."""

from __future__ import annotations

import re
from functools import lru_cache

from aidx_assistant.vocabulary.places import PLACES

_NAMES = [name for name, _ in PLACES]
_PLACE = re.compile(rf"(?<![\w-])(?:{'|'.join(f'({words})' for _, words in PLACES)})(?![\w-])")
"""The group that matches is the place, by its number."""
_WIDE = frozenset({"Europe", "Asia", "Africa", "Latin America"})
"""What holds others: of which country a figure is, these do not tell."""


@lru_cache(maxsize=4096)
def places_in(text: str) -> frozenset[str]:
    """The countries and parts of the world that a text names, or whose people."""
    return frozenset(_NAMES[(match.lastindex or 1) - 1] for match in _PLACE.finditer(text))


def other_places(claimed: str, own: str, near: str, report: str) -> tuple[str, str] | None:
    """The place that a claim's words name and that the source's figure is of instead, "all" for all of them; None where
    nothing tells.

    `own`: what the source says with the figure, `near`: its sentence and what that takes up, `report`: title, heading
    and whom it asked.
    """
    said = places_in(claimed)
    if not said:
        return None
    there, around, asked = places_in(own), places_in(near), places_in(report)
    if there:
        both_wide = there & _WIDE and said - _WIDE <= around
        return None if said & there or both_wide else (_named(said), _named(there))
    if said & around or not (around or asked) or asked == said or (asked and said <= _WIDE):
        return None
    return _named(said), _named(around) if around else "all"


def _named(places: frozenset[str]) -> str:
    return " and ".join(sorted(places))
