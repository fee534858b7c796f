"""What checking needs of the library."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from aidx_assistant.evidence import Finding, Passage, Source


class Evidence(Protocol):
    """A library, as far as checking asks it."""

    def passage(self, passage_id: str) -> Passage | None:
        """The passage, or None where the library has none of that id."""

    def findings(self) -> Sequence[Finding]:
        """All findings of the library, curated and imported."""

    def sources(self) -> Sequence[Source]:
        """All sources of the library."""
