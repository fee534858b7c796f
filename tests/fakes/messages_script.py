"""What a test has the Messages server say: replies, how their bytes travel, where they break, and plain failures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Cite:
    """A citation of `content[start:end]` of one search result, counted over the whole request from 0."""

    search_result: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Text:
    """One text block of the answer."""

    text: str
    citations: tuple[Cite, ...] = ()


@dataclass(frozen=True, slots=True)
class Thinking:
    """One thinking block of the answer."""

    thinking: str


@dataclass(frozen=True, slots=True)
class ToolUse:
    """One tool_use block of the answer."""

    name: str
    arguments: Mapping[str, Any] | str
    """Text is sent as it is, whether or not it is JSON."""


Piece = Text | Thinking | ToolUse


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a reply is cut into events and bytes."""

    chunking: Literal["whole", "event", "byte"] | int = "event"
    """Where the bytes are split; a number is the seed of arbitrary splits."""
    newline: Literal["\n", "\r\n"] = "\n"
    pings: bool = False
    """A ping after every event instead of one after the first."""
    citations: Literal["before", "after", "among"] = "before"
    """Where a block's citations stand: before its text, after it, or between its pieces."""
    cited_text: Literal["exact", "empty", "dirty"] = "exact"
    """The sentences as they are, nothing, or the sentences with a control character and trailing spaces."""
    characters: int = 12
    """The longest text of one event."""
    repeated_start: bool = False
    """message_start is sent twice."""
    per_second: float | None = None
    """Chunks a second; None for as fast as they can be sent."""


AS_THE_API_DOES = Delivery()


@dataclass(frozen=True, slots=True)
class Break:
    """What goes wrong inside a stream.

    reset: TCP reset; close: the connection closes inside the body; end: the body ends in good order but early;
    malformed: an event that is not JSON, then the rest; error: an error event, then the end;
    stall: nothing for `seconds`, then the rest.
    """

    kind: Literal["reset", "close", "end", "malformed", "error", "stall"]
    at: int | str = 0
    """After so many deltas of content, before the first event of that type (e.g. "message_stop"), or at the "end"."""
    half_event: bool = False
    """Half of the next event is still sent (reset, close and end only)."""
    seconds: float = 5.0
    error_type: str = "overloaded_error"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with status 200."""

    content: tuple[Piece, ...] = ()
    stop_reason: str | None = "end_turn"
    explanation: str | None = None
    """The explanation in `stop_details`, for a refusal."""
    usage: Mapping[str, int] = field(default_factory=dict)
    """Counts to send in place of the estimated ones."""
    delivery: Delivery = AS_THE_API_DOES
    broken: Break | None = None
    first_byte_after: float = 0.0
    """Seconds of silence before the status line."""
    ignores_citations: bool = False
    """Like an endpoint that does not know of citations: the same text in one block."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An answer with another status, in the API's error shape."""

    status: int
    error_type: str
    message: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A body sent as it is, e.g. a recorded stream."""

    body: bytes
    content_type: str = "text/event-stream; charset=utf-8"
    status: int = 200
    chunking: Literal["whole", "event", "byte"] | int = "whole"


@dataclass(frozen=True, slots=True)
class Received:
    """A request as it came in; header names in lower case."""

    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]


Turn = Reply | Failure | Verbatim
Script = Turn | Callable[[Received], Turn]

DECLINE = "The sources do not answer this."

_TOKEN = 4
"""Characters of a token, in the mean."""


def flowing(tokens: int, per_second: float) -> Reply:
    """A long answer in Markdown, each sentence cited, that comes at the pace of so many tokens a second."""
    sentence = "Of the completed proofs of concept, 30% have gone on to production, and the rest have not. "
    cited = Text(sentence, (Cite(0, 0, 1),))
    pieces: list[Piece] = []
    for number in range(max(1, tokens * _TOKEN // len(sentence))):
        if number % 5 == 0:
            pieces.append(
                Text("\n\n" if number % 20 else "\n\n## What holds them back\n\n- a **first** point\n- a second\n\n")
            )
        pieces.append(cited)
    deltas = sum(-(-len(piece.text) // _TOKEN) for piece in pieces if isinstance(piece, Text))
    around = sum(2 + len(piece.citations) for piece in pieces if isinstance(piece, Text))
    pace = per_second * (deltas + around) / deltas
    return Reply(tuple(pieces), delivery=Delivery(characters=_TOKEN, per_second=pace))


def rate_limited(retry_after: str | None = "1") -> Failure:
    """429, with `retry-after` in seconds or as an HTTP date."""
    headers = {} if retry_after is None else {"retry-after": retry_after}
    return Failure(429, "rate_limit_error", "This request would exceed your rate limit.", headers)


def overloaded() -> Failure:
    return Failure(529, "overloaded_error", "Overloaded")


def internal_error(status: int = 500) -> Failure:
    return Failure(status, "api_error", "Internal server error")


def unauthorised() -> Failure:
    return Failure(401, "authentication_error", "invalid x-api-key")


def prompt_too_long() -> Failure:
    return Failure(400, "invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum")


def replay(sse: bytes, chunking: Literal["whole", "event", "byte"] | int = "whole") -> Verbatim:
    """A recorded stream."""
    return Verbatim(sse, chunking=chunking)
