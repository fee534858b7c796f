"""The references of a document, each looked up once and known by its number."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import replace
from itertools import chain

from aidx_assistant.briefs.tracing.reference import Reference, Resolved, Resolver

_MOST = 999
"""References that markers can number."""
_OWN = re.compile(r"\[?([1-9]\d{0,2})\]?")


class Register:
    """Gives references their numbers: a note its own where it has one, all else those after the notes'."""

    def __init__(self, resolver: Resolver, labels: list[str]) -> None:
        self._resolver = resolver
        self._first = 1 + max((number for label in labels if (number := _own_number(label))), default=0)
        self._resolved: dict[Hashable, Resolved] = {}
        self._taken: set[int] = set()
        self.refused = 0
        """References beyond those that can be numbered."""

    def __contains__(self, key: Hashable) -> bool:
        return key in self._resolved

    def get(self, key: Hashable) -> Resolved | None:
        return self._resolved.get(key)

    @property
    def references(self) -> tuple[Resolved, ...]:
        return tuple(self._resolved.values())

    def add(self, key: Hashable, reference: Reference) -> Resolved | None:
        """Looks a reference up, once for each key; None where there are too many."""
        if key not in self._resolved:
            if len(self._resolved) >= _MOST:
                self.refused += 1
                return None
            number = self._free_number(key)
            self._taken.add(number)
            self._resolved[key] = self._resolver.resolved(replace(reference, number=number))
        return self._resolved[key]

    def _free_number(self, key: Hashable) -> int:
        own = _own_number(key) if isinstance(key, str) else None
        if own is not None and own not in self._taken:
            return own
        numbers = chain(range(self._first, _MOST + 1), range(1, _MOST + 1))
        return next(number for number in numbers if number not in self._taken)


def _own_number(label: str) -> int | None:
    match = _OWN.fullmatch(label)
    return int(match[1]) if match else None
