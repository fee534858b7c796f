"""The rules on tools by which the API refuses a request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def blocks(message: Mapping[str, Any], kind: str) -> list[dict[str, Any]]:
    """The blocks of one type in a message."""
    content = message["content"]
    return [block for block in content if block["type"] == kind] if isinstance(content, list) else []


def calls_have_their_own_ids(body: Mapping[str, Any]) -> str | None:
    """No id comes twice, within a message or over all."""
    ids = [block["id"] for message in body["messages"] for block in blocks(message, "tool_use")]
    return "messages: `tool_use` ids must be unique" if len(set(ids)) < len(ids) else None


def results_answer_calls(body: Mapping[str, Any]) -> str | None:
    """The results follow the message that calls, one for each call, and nothing stands before them."""
    messages = body["messages"]
    called: set[str] = set()
    for at, message in enumerate(messages):
        given = [block["tool_use_id"] for block in blocks(message, "tool_result")]
        if set(given) - called:
            return f"messages.{at}: unexpected `tool_use_id` found in `tool_result` blocks"
        if called - set(given):
            return f"messages.{at - 1}: `tool_use` ids were found without `tool_result` blocks immediately after"
        if len(given) > len(called):
            return f"messages.{at}: each tool_use must have a single result"
        if len(given) > 0 and any(block["type"] != "tool_result" for block in message["content"][: len(given)]):
            return f"messages.{at}: tool_result blocks must come first"
        called = {block["id"] for block in blocks(message, "tool_use")}
    return "messages: `tool_use` ids were found without `tool_result` blocks" if called else None


def tools_are_declared(body: Mapping[str, Any]) -> str | None:
    """Tools have names of their own; where messages hold calls, or a choice is made, there are tools."""
    names = [tool["name"] for tool in body.get("tools") or ()]
    if len(set(names)) < len(names):
        return "tools: Tool names must be unique."
    if not names and body.get("tool_choice"):
        return "tool_choice: may only be specified while providing tools"
    if not names and any(blocks(message, "tool_use") for message in body["messages"]):
        return "Requests which include `tool_use` or `tool_result` blocks must define tools"
    return None


def results_hold_something(body: Mapping[str, Any]) -> str | None:
    """A failed call is told in text alone."""
    for message in body["messages"]:
        for result in blocks(message, "tool_result"):
            kinds = {block["type"] for block in result.get("content") or ()}
            if result.get("is_error") and kinds != {"text"}:
                return "tool_result: all content must be type `text` if `is_error` is true"
    return None


def continues_a_pause(body: Mapping[str, Any], paused: Sequence[Sequence[Mapping[str, Any]]]) -> bool:
    """Whether the last message is one of those that paused, exactly as it was sent."""
    last = body["messages"][-1]["content"] if body["messages"] else ""
    return isinstance(last, list) and any(_bare(last) == _bare(content) for content in paused)


def _bare(content: Any) -> list[dict[str, Any]]:
    return [{name: value for name, value in block.items() if value is not None} for block in content]
