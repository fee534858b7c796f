"""Evidence as a request shows it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EvidenceBlock:
    """One search result of a request. No sentence is empty: the API refuses that."""

    source: str
    title: str
    sentences: tuple[str, ...]
