"""One question with all that it is asked with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aidx_assistant.answering.history import History
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.evidence import Segment


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question as it was typed, what it is asked of, and the conversation before it."""

    question: str
    segment: Segment | None
    source_id: str | None
    earlier: Sequence[str]
    """The questions of the conversation, as they were understood."""
    history: History
    """What Claude is told of the conversation."""
    deep: bool
    cancellation: Cancellation
    """One for all requests of the question: they count together."""
