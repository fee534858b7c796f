"""Asking the Messages server through the product's own client."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import anthropic.types  # noqa: F401 - loaded here, so that its seconds count in no test
import pytest

from aidx_assistant.claude.messages import (
    BlockEnded,
    BlockStarted,
    CitationDelta,
    Claude,
    ClaudeConnection,
    EvidenceBlock,
    MessageEnded,
    MessageEvent,
    MessageRequest,
    Retrying,
    TextDelta,
)
from aidx_assistant.errors import ClaudeError
from tests.fakes.messages_script import Script
from tests.fakes.messages_server import MessagesServer

KEY = "sk-test-0123456789abcdef"
MODEL = "claude-opus-5-5"
EVIDENCE = (
    EvidenceBlock("report/pilots", "Pilots", ("Of the pilots, 30% are in production.", "Large firms reach 46%.")),
    EvidenceBlock("report/money", "Money", ("Budgets grow.", "Sixty percent say so.", "None of them shrink.")),
)


def connection_to(url: str, **changes: Any) -> ClaudeConnection:
    """A connection with short time-outs."""
    given = {"api_key": KEY, "base_url": url, "max_retries": 2, "connect_timeout": 1.0, "stream_timeout": 1.0}
    return ClaudeConnection(**{**given, **changes})


def a_request(**changes: Any) -> MessageRequest:
    """A request with two search results, of two and three sentences."""
    given: dict[str, Any] = {
        "model": MODEL,
        "max_tokens": 500,
        "system": "Answer from the search results.",
        "evidence": EVIDENCE,
        "question": "How many pilots are in production?",
    }
    return MessageRequest(**{**given, **changes})


@dataclass
class Heard:
    """A whole stream, put together by block."""

    texts: dict[int, str] = field(default_factory=dict)
    citations: dict[int, list[CitationDelta]] = field(default_factory=dict)
    retries: list[Retrying] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    end: MessageEnded | None = None

    @property
    def text(self) -> str:
        return "".join(self.texts.values())

    @property
    def ended(self) -> MessageEnded:
        assert self.end is not None
        return self.end


def heard(events: Iterable[MessageEvent], into: Heard | None = None) -> Heard:
    """Puts a stream together and asserts its order: blocks start, have content, end; one end, last."""
    result = into or Heard()
    open_blocks: set[int] = set()
    for event in events:
        assert result.end is None, "an event after the end"
        match event:
            case BlockStarted(index):
                assert index not in result.texts
                open_blocks.add(index)
                result.texts[index], result.citations[index] = "", []
            case TextDelta(index, text):
                assert index in open_blocks and text
                result.texts[index] += text
            case CitationDelta(index=index):
                assert index in open_blocks
                result.citations[index].append(event)
            case BlockEnded(index):
                open_blocks.remove(index)
            case Retrying():
                assert not result.texts
                result.retries.append(event)
            case MessageEnded():
                assert not open_blocks
                result.end = event
    assert result.end is not None, "a stream without an end"
    return result


def ask(url: str, request: MessageRequest | None = None, **changes: Any) -> Heard:
    """The whole answer; pauses between tries are noted in `slept` and not waited for."""
    result = Heard()
    sleep: Callable[[float], None] = result.slept.append
    claude = Claude(connection_to(url, **changes), sleep=sleep)
    try:
        return heard(claude.stream(request or a_request()), into=result)
    finally:
        claude.close()


def failure_of(*scripts: Script, **changes: Any) -> tuple[ClaudeError, int]:
    """The error that asking a server with these scripts ends in, and how many requests were made."""
    with MessagesServer(*scripts) as server:
        with pytest.raises(ClaudeError) as raised:
            ask(server.url, **changes)
        return raised.value, len(server.requests)
