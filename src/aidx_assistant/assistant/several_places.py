"""Finds the places that a user names one after the other, and the sources in which such a name is found as well."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aidx_assistant.assistant.places import Place, find_place
from aidx_assistant.errors import UsageError
from aidx_assistant.evidence import Source
from aidx_assistant.library.store import Store

_KIND = re.compile(r"slide|page|picture", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:(?P<kind>slide|page|picture)s?)?\s*(?P<numbers>\d.*)", re.IGNORECASE | re.DOTALL)
_BETWEEN = re.compile(r",|&|\band\b", re.IGNORECASE)
_DASH = re.compile(r" ?[-–] ?")
_RUN = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?", re.ASCII)
_MOST = 100
"""Numbers in one text."""


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place as it was named."""

    name: str
    place: Place
    also_in: tuple[Source, ...]
    """Other sources that have a place of this name."""


def find_places(store: Store, words: Sequence[str], source_id: str | None = None) -> tuple[NamedPlace, ...]:
    """The places that the words of a command name: one by all words together, or one or more by each.

    `slides 8, 9 and 12-14` are five. Raises UsageError as `find_place` does.
    """
    together = " ".join(words)
    if len(words) > 1:
        try:
            return (_named(store, together, source_id),)
        except UsageError:
            pass
    names = [name for text in _with_numbers(words) for name in _one_by_one(text)]
    return tuple(_named(store, name, source_id) for name in names)


def _named(store: Store, name: str, source_id: str | None) -> NamedPlace:
    place = find_place(store, name, source_id)
    others = () if source_id else tuple(_others(store, name, place.source))
    return NamedPlace(name, place, others)


def _others(store: Store, name: str, found_in: Source) -> Iterable[Source]:
    for source in store.sources():
        if source.id != found_in.id:
            try:
                find_place(store, name, source.id)
            except UsageError:
                continue
            yield source


def _with_numbers(words: Sequence[str]) -> list[str]:
    """`slide`, `8` as one."""
    joined: list[str] = []
    for word in words:
        if joined and word.strip("#").isdecimal() and _KIND.fullmatch(joined[-1].strip()):
            joined[-1] = f"{joined[-1]} {word}"
        else:
            joined.append(word)
    return joined


def _one_by_one(text: str) -> list[str]:
    """`slides 8, 9 and 12-14` as `slide 8`, `slide 9` …, numbers alone as slides; any other text as it is."""
    match = _NUMBERED.fullmatch(text.strip())
    if match is None:
        return [text]
    parts = _DASH.sub("-", " ".join(_BETWEEN.sub(" ", match["numbers"]).split())).split()
    found = [_RUN.fullmatch(part) for part in parts]
    runs = [range(int(run[1]), int(run[2] or run[1]) + 1) for run in found if run]
    if len(runs) < len(parts) or not all(runs) or sum(map(len, runs)) > _MOST:
        return [text]
    return [f"{match['kind'] or 'slide'} {number}" for run in runs for number in run]
