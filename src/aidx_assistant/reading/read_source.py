"""A source with everything that was read of it."""

from __future__ import annotations

from dataclasses import dataclass

from aidx_assistant.evidence import Finding, Passage, Source


@dataclass(frozen=True, slots=True)
class ReadSource:
    """A source with everything that was read of it, in reading order."""

    source: Source
    passages: tuple[Passage, ...]
    findings: tuple[Finding, ...]
    cut: tuple[str, ...] = ()
    """Headings of sections whose text breaks off."""
