"""Questions put to Claude together with their evidence, and the stream of its answer."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aidx_assistant.claude.events import (
    BlockEnded,
    BlockStarted,
    CitationDelta,
    MessageEnded,
    MessageEvent,
    Retrying,
    TextDelta,
)
from aidx_assistant.claude.faults import Circumstances, Fault, fault_of, silence, wire_errors
from aidx_assistant.claude.replies import ReplyReader
from aidx_assistant.errors import ClaudeError

if TYPE_CHECKING:
    import anthropic
    from anthropic.types import (
        CacheControlEphemeralParam,
        MessageParam,
        RawMessageStreamEvent,
        SearchResultBlockParam,
        TextBlockParam,
    )

__all__ = [
    "BlockEnded",
    "BlockStarted",
    "CitationDelta",
    "Claude",
    "ClaudeConnection",
    "EvidenceBlock",
    "MessageEnded",
    "MessageEvent",
    "MessageRequest",
    "Retrying",
    "TextDelta",
]

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 16.0
"""Seconds before the second try, doubling up to the longest, where the API does not ask for a pause itself."""

_BROKE_OFF = "The stream ended before the answer did."
_CACHED_TO_HERE: CacheControlEphemeralParam = {"type": "ephemeral"}


@dataclass(frozen=True, slots=True)
class ClaudeConnection:
    """How to reach the Messages API."""

    api_key: str = field(repr=False)
    base_url: str | None
    """None: `ANTHROPIC_BASE_URL`, else Anthropic's own address."""
    max_retries: int
    """Tries after the first."""
    connect_timeout: float
    """Seconds to wait for a connection."""
    stream_timeout: float
    """Seconds without a byte after which an answer counts as stalled."""


@dataclass(frozen=True, slots=True)
class EvidenceBlock:
    """One search result of a request. No sentence is empty: the API refuses that."""

    source: str
    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MessageRequest:
    """One question to Claude. System prompt and evidence are marked for the prompt cache, the question is not."""

    model: str
    max_tokens: int
    system: str
    evidence: tuple[EvidenceBlock, ...]
    question: str


class Claude:
    """A client of the Messages API. Opened at the first request; `close` it after the last."""

    def __init__(self, connection: ClaudeConnection, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._connection = connection
        self._sleep = sleep
        self._client: anthropic.Anthropic | None = None

    def stream(self, request: MessageRequest) -> Iterator[MessageEvent]:
        """The answer as it comes; closing the iterator closes the connection.

        Until something of the answer has come, a try that failed is repeated with growing pauses, each announced
        by Retrying. After that nothing is repeated: where the stream breaks off, MessageEnded has no stop reason
        and a fault. Raises ClaudeError where no try succeeded; its text and its causes never hold the key.
        """
        circumstances = self._circumstances(request.model)
        for tries_made in range(1, self._connection.max_retries + 2):
            reply = ReplyReader()
            fault = yield from self._try(request, reply, circumstances)
            if reply.begun or reply.stop_reason:
                yield from reply.ended(fault.reason if fault else _BROKE_OFF)
                return
            if fault is None or not fault.transient or tries_made > self._connection.max_retries:
                break
            pause = fault.retry_after or _pause_after(tries_made)
            yield Retrying(pause, fault.reason)
            self._sleep(pause)
        fault = fault or silence(circumstances, event_stream=True)
        raise fault.as_error() from fault.cause

    def close(self) -> None:
        """Releases the connections."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def _try(
        self, request: MessageRequest, reply: ReplyReader, circumstances: Circumstances
    ) -> Generator[MessageEvent, None, Fault | None]:
        """Sends the request once and reads the reply as far as it comes; gives back what went wrong."""
        try:
            with self._sent(request) as stream:
                for event in stream:
                    yield from reply.read(event)
                    if reply.stopped:
                        return None
                content_type = stream.response.headers.get("content-type", "")
        except wire_errors() as error:
            return fault_of(error, circumstances)
        if reply.begun or reply.stop_reason:
            return None
        return silence(circumstances, event_stream=content_type.startswith("text/event-stream"))

    def _sent(self, request: MessageRequest) -> anthropic.Stream[RawMessageStreamEvent]:
        """The raw stream: the SDK's accumulating one fails on a delta whose block it has not seen start."""
        import anthropic

        return self._opened().messages.create(
            model=request.model,
            max_tokens=request.max_tokens,
            system=[_text(request.system, cached=True)] if request.system.strip() else anthropic.omit,
            messages=[_question_with_evidence(request)],
            stream=True,
        )

    def _opened(self) -> anthropic.Anthropic:
        if self._client is None:
            import anthropic

            self._client = anthropic.Anthropic(
                api_key=_usable_key(self._connection.api_key),
                base_url=self._connection.base_url or None,
                max_retries=0,
                timeout=anthropic.Timeout(
                    self._connection.stream_timeout, connect=self._connection.connect_timeout
                ),
            )
        return self._client
