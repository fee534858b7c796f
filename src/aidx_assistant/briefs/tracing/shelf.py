"""What tracing needs of the library."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from aidx_assistant.checking import Evidence
from aidx_assistant.evidence import Passage


class Shelf(Evidence, Protocol):
    """A library whose sources can be read from end to end."""

    def passages_of(self, source_id: str) -> Sequence[Passage]:
        """A source's passages in reading order."""
