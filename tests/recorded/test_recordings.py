"""What the real Messages API sent, replayed through the real SDK and the product's client."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from aidx_assistant.answers import Usage
from aidx_assistant.claude.messages import CitationDelta
from aidx_assistant.errors import ClaudeError
from tests.fakes.messages_client import MODEL, ask
from tests.fakes.messages_requests import refusal_of
from tests.fakes.messages_script import Delivery, Verbatim, replay
from tests.fakes.messages_server import MessagesServer
from tests.fakes.messages_wire import stream_of

RECORDINGS = Path(__file__).parents[3] / "shared" / "claude-recordings"
pytestmark = pytest.mark.skipif(not RECORDINGS.is_dir(), reason="the recordings (../shared) are not here")

HAIKU = "claude-haiku-4-5-20251001"
STREAMS: dict[str, dict[str, Any]] = {
    "stream-adaptive-thinking.0.sse": {
        "texts": {0: "\n\n", 2: "1. **Captain Scoop**\n2. **Gullet**"},
        "model": "claude-opus-4-6",
        "usage": Usage(34, 44),
    },
    "stream-char-location.sse": {
        "texts": {
            0: "Based on the provided document:\n\n",
            1: "The grass is green.",
            2: " ",
            3: "The sky is blue.",
            4: "\n\nThese are the common natural colors we observe in nature for these elements of our environment.",
        },
        "citations": [
            CitationDelta(1, None, None, None, "The grass is green. ", "", ""),
            CitationDelta(3, None, None, None, "The sky is blue.", "", ""),
        ],
        "model": "claude-3-7-sonnet-20250219",
        "usage": Usage(575, 70),
    },
    "stream-duplicate-message-start.sse": {
        "texts": {0: "Hello, World!"},
        "model": "claude-3-haiku-20240307",
        "usage": Usage(17, 227),
    },
    "stream-message-delta-input-tokens.sse": {
        "texts": {0: "pong"},
        "model": "claude-opus-4-5-20251101",
        "usage": Usage(61, 2),
    },
    "stream-refusal.sse": {
        "stop_reason": "refusal",
        "refusal": "This request triggered restrictions on violative cyber content and was blocked under "
        "Anthropic's Usage Policy.",
        "model": "claude-fable-5",
        "usage": Usage(18, 5),
    },
    "stream-tool-calls.0.sse": {"stop_reason": "tool_use", "model": HAIKU, "usage": Usage(543, 40)},
}
MESSAGES: dict[str, dict[str, Any]] = {
    "search-result-location.0.response.json": {
        "stop_reason": "tool_use",
        "model": HAIKU,
        "usage": Usage(592, 58),
    },
    "search-result-location.1.response.json": {
        "texts": {0: "The Ruby programming language was created by Yukihiro Matsumoto in 1993."},
        "citations": [
            CitationDelta(
                0,
                0,
                0,
                1,
                "The Ruby programming language was created by Yukihiro Matsumoto in 1993.",
                "https://example.com/ruby-facts",
                "Ruby Facts",
            )
        ],
        "model": HAIKU,
        "usage": Usage(1253, 39),
    },
}
ERRORS = {
    "error-authentication.json": "The API key was refused by {host}.",
    "error-context-length.json": f"The question and its evidence are too long for {MODEL}.",
}
REQUESTS = ("search-result-location.0.request.json", "search-result-location.1.request.json")


def assert_replayed(sse: bytes, expected: dict[str, Any], **how: Any) -> None:
    with MessagesServer(replay(sse, **how)) as server:
        answer = ask(server.url)
    end = answer.ended
    citations = [citation for block in answer.citations.values() for citation in block]
    assert answer.texts == expected.get("texts", {})
    assert citations == expected.get("citations", [])
    assert end.stop_reason == expected.get("stop_reason", "end_turn")
    assert end.refusal == expected.get("refusal")
    assert (end.model, end.usage, end.fault) == (expected["model"], expected["usage"], None)


def test_every_recording_is_replayed() -> None:
    assert {file.name for file in RECORDINGS.iterdir()} == {*STREAMS, *MESSAGES, *ERRORS, *REQUESTS}


@pytest.mark.parametrize("chunking", ["whole", "byte", 7])
@pytest.mark.parametrize("name", STREAMS)
def test_a_recorded_stream(name: str, chunking: Any) -> None:
    assert_replayed((RECORDINGS / name).read_bytes(), STREAMS[name], chunking=chunking)


@pytest.mark.parametrize("name", STREAMS)
def test_a_recorded_stream_with_other_line_endings(name: str) -> None:
    sse = (RECORDINGS / name).read_bytes()
    assert_replayed(sse.replace(b"\n", b"\r\n"), STREAMS[name], chunking=3)


@pytest.mark.parametrize("order", ["before", "after", "among"])
@pytest.mark.parametrize("name", MESSAGES)
def test_a_recorded_message_as_a_stream(name: str, order: Any) -> None:
    message = json.loads((RECORDINGS / name).read_text(encoding="utf-8"))
    assert_replayed(stream_of(message, Delivery(citations=order)), MESSAGES[name])


@pytest.mark.parametrize("name", ERRORS)
def test_a_recorded_error(name: str) -> None:
    recorded = json.loads((RECORDINGS / name).read_text(encoding="utf-8"))
    body = json.dumps(recorded["body"]).encode()
    with MessagesServer(Verbatim(body, "application/json", status=recorded["status"])) as server:
        with pytest.raises(ClaudeError) as raised:
            ask(server.url)
        assert len(server.requests) == 1
    assert raised.value.title == ERRORS[name].format(host=server.url.removeprefix("http://"))


@pytest.mark.parametrize("name", REQUESTS)
def test_the_server_takes_what_the_api_took(name: str) -> None:
    body = json.loads((RECORDINGS / name).read_text(encoding="utf-8"))
    refusal = refusal_of({"x-api-key": "k"}, body)
    assert refusal is None, refusal
