"""Questions as they come in: made readable, and the chosen segment put beside them."""

from __future__ import annotations

from aidx_assistant.errors import UsageError
from aidx_assistant.evidence import Segment
from aidx_assistant.segments import segments_named

_LONGEST_QUESTION = 4000
"""Characters; a longer text is a document, not a question."""


def usable(question: str) -> str:
    """The question in one line. Raises UsageError where it is empty or too long."""
    readable = question.encode("utf-8", "replace").decode()  # bytes of an argument that are no UTF-8
    words = " ".join("".join(char if char.isprintable() else " " for char in readable).split())
    if not words:
        raise UsageError("The question is empty.", 'Ask one, e.g. aidx ask "Why do so few pilots reach production?"')
    if len(words) > _LONGEST_QUESTION:
        raise UsageError(
            f"The question has {len(words)} characters; at most {_LONGEST_QUESTION} can be asked.", "Shorten it."
        )
    return words


def with_segment(question: str, segment: Segment | None) -> str:
    """The question with the segment chosen beside it, where it does not name one itself."""
    if segment is None or segment == "all" or segments_named(question):
        return question
    return f"{question} (for {_MEMBERS[segment]})"


_MEMBERS = {"provider": "providers", "payer": "payers", "pharma": "pharma"}
