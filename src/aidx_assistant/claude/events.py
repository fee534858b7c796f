"""What comes back while Claude answers, as plain data in the order of the stream."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aidx_assistant.answers import Usage
from aidx_assistant.claude.tool_calls import ToolCall


@dataclass(frozen=True, slots=True)
class BlockStarted:
    """A text block of the answer begins; sent together with the block's first text or citation."""

    index: int


@dataclass(frozen=True, slots=True)
class TextDelta:
    """More text of the block."""

    index: int
    text: str


@dataclass(frozen=True, slots=True)
class CitationDelta:
    """A citation of the block, before or after the text that it supports.

    The three positions are None where the citation does not point into a search result.
    """

    index: int
    search_result_index: int | None
    """0-based over all evidence of the request."""
    start_block: int | None
    """0-based sentence of that evidence."""
    end_block: int | None
    """End of the range, exclusive."""
    cited_text: str
    """As the API sent it: may be empty, or hold trailing spaces and control characters."""
    source: str
    title: str


@dataclass(frozen=True, slots=True)
class BlockEnded:
    """Every block that started ends before MessageEnded, also where the stream broke off."""

    index: int


@dataclass(frozen=True, slots=True)
class Retrying:
    """The request is sent again after a pause; nothing of an answer has been given out yet."""

    seconds: float
    reason: str
    """Why, as a sentence for the user."""


@dataclass(frozen=True, slots=True)
class MessageEnded:
    """The last event of every stream that did not raise."""

    stop_reason: str | None
    """The API's word ("end_turn", "max_tokens", "refusal" …); None where the stream broke off before it came."""
    refusal: str | None
    """The explanation that came with a refusal, if any did."""
    model: str
    """The model that answered, as the API named it; empty where it did not."""
    usage: Usage
    fault: str | None = None
    """Why the stream broke off, as a sentence for the user."""
    content: tuple[Mapping[str, Any], ...] = ()
    """All blocks as they came, thinking and calls of tools included, to be sent back."""
    calls: tuple[ToolCall, ...] = ()
    """The tools that the reply calls; of a reply that broke off, not all of them may be whole."""


MessageEvent = BlockStarted | TextDelta | CitationDelta | BlockEnded | Retrying | MessageEnded
