"""Questions put to Claude together with their evidence, and the stream of its answer."""

from __future__ import annotations

import contextlib
import os
import random
import socket
import uuid
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aidx_assistant.answers import Usage
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.claude.accounting import Account
from aidx_assistant.claude.events import (
    BlockEnded,
    BlockStarted,
    CitationDelta,
    MessageEnded,
    MessageEvent,
    Retrying,
    TextDelta,
)
from aidx_assistant.claude.evidence_blocks import EvidenceBlock
from aidx_assistant.claude.faults import Circumstances, Fault, early_end, fault_of, wire_errors
from aidx_assistant.claude.models import ModelTold, check_abilities, model_told
from aidx_assistant.claude.params import countable, params_of
from aidx_assistant.claude.replies import ReplyReader
from aidx_assistant.claude.requests import MessageRequest, Picture
from aidx_assistant.claude.usage import tokens_roughly
from aidx_assistant.errors import ClaudeError
from aidx_assistant.printable import shown_address

if TYPE_CHECKING:
    import anthropic
    from anthropic.types import RawMessageStreamEvent

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
    "Picture",
    "Retrying",
    "TextDelta",
]

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 16.0
"""Seconds before the second try, doubling up to the longest, where the API does not ask for a pause itself."""

_SOON = 5.0
"""Seconds to wait for what is good to know before a question is asked."""
_NOTHING = Usage(0, 0)


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


class Claude:
    """A client of the Messages API. Opened at the first request; `close` it after the last."""

    def __init__(
        self,
        connection: ClaudeConnection,
        *,
        sleep: Callable[[float], None] | None = None,
        account: Account | None = None,
    ) -> None:
        self._connection = connection
        self._sleep = sleep
        self._account = account
        self._told: dict[str, ModelTold | None] = {}
        self._client: anthropic.Anthropic | None = None

    @property
    def host(self) -> str:
        """Whom it asks: host and port."""
        return self._circumstances("").host

    def stream(self, request: MessageRequest, cancellation: Cancellation | None = None) -> Iterator[MessageEvent]:
        """The answer as it comes; closing the iterator closes the connection, and so does the cancellation.

        Until something of the answer has come, a try that failed is repeated with growing pauses, each announced
        by Retrying. After that, and once cancelled, nothing is repeated: where the stream breaks off,
        MessageEnded has no stop reason and a fault. Raises ClaudeError where no try succeeded; its text and its
        causes never hold the key. The account is asked before every try, and told what it took.
        """
        circumstances = self._circumstances(request.model)
        cancellation = cancellation or Cancellation()
        self._check_abilities(request)
        count = cache(lambda: self.counted(request))
        sleep = self._sleep or cancellation.wait
        tries_left = self._connection.max_retries
        pause = FIRST_PAUSE
        while True:
            if self._account:
                self._account.admit(request, count, cancellation)
            reply = ReplyReader(self._account.tokens_in if self._account else tokens_roughly)
            fault = yield from self._try(request, reply, circumstances, cancellation)
            if reply.begun or reply.stop_reason or cancellation.cancelled:
                yield from reply.ended(fault.reason)
                return
            if not fault.transient or not tries_left:
                raise fault.as_error() from fault.cause
            wait = fault.retry_after or pause * random.uniform(0.75, 1.25)
            yield Retrying(wait, fault.reason)
            sleep(wait)
            if cancellation.cancelled:
                yield from reply.ended(fault.reason)
                return
            tries_left -= 1
            pause = min(2 * pause, LONGEST_PAUSE)

    def counted(self, request: MessageRequest) -> int | None:
        """The tokens that the request gives to read, by the API's own count; None where it does not tell soon."""
        try:
            client = self._opened()
            counted = client.messages.count_tokens(**countable(params_of(request)), timeout=self._soon)
        except wire_errors():
            return None
        return counted.input_tokens if isinstance(counted.input_tokens, int) else None

    def models(self) -> tuple[ModelTold, ...]:
        """The models that the API offers, as it orders them. Raises ClaudeError where it does not tell soon."""
        try:
            return tuple(model_told(info) for info in self._opened().models.list(timeout=self._soon))
        except wire_errors() as error:
            fault = fault_of(error, self._circumstances(""))
            raise fault.as_error() from fault.cause

    def model(self, name: str) -> ModelTold | None:
        """What the API tells of one model; None where it does not tell soon."""
        try:
            return model_told(self._opened().models.retrieve(name, timeout=self._soon))
        except wire_errors():
            return None

    def open(self) -> None:
        """Loads the SDK, which takes seconds, before the first request does."""
        self._opened()

    def close(self) -> None:
        """Releases the connections."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def _check_abilities(self, request: MessageRequest) -> None:
        """Asks the API once for a model that something is set for. Raises SettingsError where it does not take it."""
        if request.effort or request.thinking:
            if request.model not in self._told:
                self._told[request.model] = self.model(request.model)
            told = self._told[request.model]
            check_abilities(request.model, told, effort=request.effort, thinking=request.thinking)

    def _try(
        self, request: MessageRequest, reply: ReplyReader, circumstances: Circumstances, cancellation: Cancellation
    ) -> Generator[MessageEvent, None, Fault]:
        """Sends the request once and reads the reply as far as it comes; gives back why no more came."""
        note = self._noting(request, reply, cancellation)
        try:
            with self._sent(request) as stream, cancellation.waking(lambda: _hang_up(stream)):
                content_type = stream.response.headers.get("content-type", "")
                for event in stream:
                    yield from reply.read(event)
                    if getattr(event, "type", None) == "message_start":
                        note()
                    if reply.stopped:
                        break
        except wire_errors() as error:
            return fault_of(error, circumstances)
        finally:
            note()
        return early_end(circumstances, event_stream=content_type.startswith("text/event-stream"))

    def _noting(self, request: MessageRequest, reply: ReplyReader, work: Cancellation) -> Callable[[], None]:
        """Tells the account what this try has taken so far, if anything."""
        receipt = uuid.uuid4().hex

        def note() -> None:
            if self._account and reply.usage != _NOTHING:
                self._account.note(receipt, request.model, reply.model, reply.usage, work)

        return note

    def _sent(self, request: MessageRequest) -> anthropic.Stream[RawMessageStreamEvent]:
        """The raw stream: the SDK's accumulating one fails on a delta whose block it has not seen start."""
        stream: anthropic.Stream[RawMessageStreamEvent]
        stream = self._opened().messages.create(**params_of(request), stream=True)
        return stream

    def _opened(self) -> anthropic.Anthropic:
        if self._client is None:
            import anthropic
            import httpx2

            connection = self._connection
            key = _usable_key(connection.api_key)
            timeout = anthropic.Timeout(connection.stream_timeout, connect=connection.connect_timeout)
            try:
                # A client of the transport's own: the SDK's, where it cannot be built, complains on standard error.
                transport = httpx2.Client(timeout=timeout, follow_redirects=True)
                self._client = anthropic.Anthropic(
                    api_key=key, base_url=connection.base_url or None, max_retries=0, http_client=transport
                )
            except (ImportError, OSError, ValueError) as error:  # a proxy or certificate setting of the environment
                reason = str(error).replace(key, "…") if len(key) > 8 else error
                raise ClaudeError(
                    f"The connection to Claude cannot be set up: {reason}",
                    remedies=("proxy", "offline"),
                ) from None
        return self._client

    @property
    def _soon(self) -> float:
        """Seconds."""
        return min(_SOON, self._connection.connect_timeout, self._connection.stream_timeout)

    def _circumstances(self, model: str) -> Circumstances:
        connection = self._connection
        address = connection.base_url or os.environ.get("ANTHROPIC_BASE_URL") or "https://api.anthropic.com"
        return Circumstances(
            api_key=connection.api_key.strip(),
            address=shown_address(address),
            host=_host(address),
            model=model,
            connect_timeout=connection.connect_timeout,
            stream_timeout=connection.stream_timeout,
        )


def _hang_up(stream: anthropic.Stream[RawMessageStreamEvent]) -> None:
    """Ends the connection under a stream, so that whoever reads it wakes: closing the stream itself would not."""
    network_stream = stream.response.extensions.get("network_stream")
    connection = network_stream.get_extra_info("socket") if network_stream else None
    if connection is not None:
        with contextlib.suppress(OSError):  # it had ended already
            connection.shutdown(socket.SHUT_RDWR)


def _usable_key(api_key: str) -> str:
    """The key as it can stand in a header; the transport's own error about one that cannot would print it."""
    key = api_key.strip()
    if not key:
        raise ClaudeError("There is no API key.", remedies=("enter key", "offline"))
    if not all("!" <= char <= "~" for char in key):
        raise ClaudeError("The API key holds characters that no key has.", remedies=("key", "offline"))
    return key


def _host(address: str) -> str:
    """Host and port of an address, without any credentials in it."""
    try:
        return urlsplit(address).netloc.rpartition("@")[2] or "the server"
    except ValueError:
        return "the server"
