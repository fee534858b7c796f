"""Questions as they come in: made readable, and the chosen segment put beside them."""

from __future__ import annotations

from aidx_assistant.errors import UsageError
from aidx_assistant.evidence import Segment
from aidx_assistant.printable import without_sequences
from aidx_assistant.segments import segments_named

_LONGEST = 4000
"""Characters; a longer text is a document, not a question."""


def usable(question: str) -> str:
    """The question in one line. Raises UsageError where it is empty or too long."""
    return _in_one_line(question, "question", "Ask one, e.g. “Why do so few pilots reach production?”")


def usable_query(query: str) -> str:
    """What is to be searched for, in one line. Raises UsageError where it is empty or too long."""
    return _in_one_line(query, "query", "Name what to search for, e.g. “ambient scribes”.")


def _in_one_line(text: str, what: str, hint: str) -> str:
    readable = without_sequences(text.encode("utf-8", "replace").decode())  # bytes of an argument that are no UTF-8
    words = " ".join("".join(char if char.isprintable() else " " for char in readable).split())
    if not words:
        raise UsageError(f"The {what} is empty.", hint)
    if len(words) > _LONGEST:
        raise UsageError(f"The {what} has {len(words)} characters; at most {_LONGEST} can be used.", "Shorten it.")
    return words


def with_segment(question: str, segment: Segment | None) -> str:
    """The question with the segment chosen beside it, where it does not name one itself."""
    if segment is None or segment == "all" or segments_named(question):
        return question
    return f"{question} (for {_MEMBERS[segment]})"


_MEMBERS = {"provider": "providers", "payer": "payers", "pharma": "pharma"}
