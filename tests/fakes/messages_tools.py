"""Scripts that use tools as Claude does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.fakes.messages_honest import honest
from tests.fakes.messages_script import Received, Reply, Text, Thinking, ToolUse
from tests.fakes.messages_tool_rules import blocks


def last_results(received: Received) -> list[dict[str, Any]]:
    """The results in the last message, in their order."""
    return blocks(received.body["messages"][-1], "tool_result")


def told(result: Mapping[str, Any]) -> str:
    """The texts of a result."""
    return " ".join(block["text"] for block in result["content"] if block["type"] == "text")


def calling(*calls: ToolUse, thinking: str = "What do I need?", text: str = "") -> Reply:
    """A reply that calls tools: it thinks, perhaps says something, and calls."""
    said = (Text(text),) if text else ()
    return Reply((Thinking(thinking), *said, *calls), stop_reason="tool_use")


def search(query: str, **arguments: object) -> ToolUse:
    return ToolUse("search_library", {"query": query, **arguments})


def findings(**arguments: object) -> ToolUse:
    return ToolUse("list_findings", arguments)


def slide(number: object, **arguments: object) -> ToolUse:
    return ToolUse("open_slide", {"number": number, **arguments})


def researching(*rounds: tuple[ToolUse, ...]) -> Iterator[Callable[[Received], Reply]]:
    """Scripts for a question: one round of calls after the other, then an honest answer from all that came."""
    for calls in rounds:
        yield lambda received, calls=calls: calling(*calls)  # type: ignore[misc]
    yield lambda received: honest()(_with_question_last(received))


def _with_question_last(received: Received) -> Received:
    """The same request as one that `honest` can read: it looks for the question in the last message."""
    messages = received.body["messages"]
    question = [block for block in messages[0]["content"] if block["type"] == "text"][-1]
    last = {"role": "user", "content": [question]}
    return Received(received.path, received.headers, {**received.body, "messages": [*messages, last]})
