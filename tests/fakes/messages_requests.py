"""Reading a request to the Messages API, and the rules by which the API refuses one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, get_args

from pydantic import ConfigDict, TypeAdapter, ValidationError
from typing_extensions import get_type_hints

from tests.fakes.messages_script import Cite, Failure, Received
from tests.fakes.messages_tool_rules import (
    calls_have_their_own_ids,
    continues_a_pause,
    results_answer_calls,
    results_hold_something,
    tools_are_declared,
)

_MOST_BREAKPOINTS = 4
_ENDS_THINKING = {"claude-opus-5-5"}
"""Models that refuse `thinking: {"type": "disabled"}`."""

LOCAL_MODEL = "smollm2-135m"
"""Named like one that a server of this machine has: not Claude's, and not listed."""


def known_models() -> tuple[str, ...]:
    """The models that the SDK's types name."""
    from anthropic.types import ModelParam

    return tuple(get_args(get_args(ModelParam)[0]))


def refusal_of(
    headers: Mapping[str, str], body: Any, *, counting: bool = False, paused: Sequence[Sequence[Mapping[str, Any]]] = ()
) -> Failure | None:
    """How the API refuses the request; None where it takes it. `counting`: a request to count_tokens.

    The API's cache warming (`max_tokens` 0) is refused: nothing here asks for it. `paused` are the contents of replies
    that paused: these alone may stand at the end.
    """
    if not headers.get("x-api-key") and not headers.get("authorization", "").startswith("Bearer "):
        return Failure(401, "authentication_error", "x-api-key header is required")
    if not isinstance(body, dict):
        return _invalid("The request body is not valid JSON.")
    problem = _shape_problem(body, counting=counting)
    if problem:
        return _invalid(problem)
    if body["model"] not in (*known_models(), LOCAL_MODEL):
        return Failure(404, "not_found_error", f"model: {body['model']}")
    rules = _RULES if continues_a_pause(body, paused) else (*_RULES, _question_comes_last)
    for rule in rules:
        problem = rule(body)
        if problem:
            return _invalid(problem)
    return None


def blocks_of(content: Any) -> list[dict[str, Any]]:
    """The content of a message or of the system prompt as blocks."""
    return [{"type": "text", "text": content}] if isinstance(content, str) else list(content or ())


def search_results(body: Mapping[str, Any]) -> list[dict[str, Any]]:
    """All search_result blocks in the order in which the API counts them."""
    return [block for block in _every_block(body) if block.get("type") == "search_result"]


def place_of(received: Received, words: str) -> Cite:
    """A citation of the sentence that holds these words, wherever the request has it. Raises LookupError."""
    for index, result in enumerate(search_results(received.body)):
        for at, sentence in enumerate(result["content"]):
            if words in sentence["text"]:
                return Cite(index, at, at + 1)
    raise LookupError(words)


def question_of(body: Mapping[str, Any]) -> str:
    """The last text block of the last message."""
    texts = [block["text"] for block in blocks_of(body["messages"][-1]["content"]) if block["type"] == "text"]
    return texts[-1] if texts else ""


def _invalid(message: str) -> Failure:
    return Failure(400, "invalid_request_error", message)


def _shape_problem(body: dict[str, Any], *, counting: bool) -> str | None:
    try:
        whole = _body_shape(counting).validate_python(body)
    except ValidationError as error:
        return _told("body", error)
    for place, block in _placed_blocks(body):
        shape = _block_shapes().get(block.get("type"))
        if shape is None:
            return f"{place}.type: unknown block type"
        try:
            _drain(shape.validate_python(block))
        except ValidationError as error:
            return _told(place, error)
    try:
        _drain(whole)
    except ValidationError as error:
        return _told("body", error)
    return None


def _told(place: str, error: ValidationError) -> str:
    first = error.errors()[0]
    return f"{'.'.join([place, *map(str, first['loc'])])}: {first['msg']}"


def _placed_blocks(body: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The content blocks of all messages, each with its place, as far as the messages have such a shape."""
    for number, message in enumerate(body["messages"]):
        content = message.get("content") if isinstance(message, dict) else None
        for at, block in enumerate(content if isinstance(content, list) else ()):
            if isinstance(block, dict):
                yield f"messages.{number}.content.{at}", block


@cache
def _body_shape(counting: bool) -> TypeAdapter[Any]:
    """pydantic leaves the items of an Iterable unchecked until they are asked for: this checks the top level."""
    from anthropic.types import MessageCountTokensParams, MessageCreateParams

    return _strict(MessageCountTokensParams if counting else MessageCreateParams)


@cache
def _block_shapes() -> dict[Any, TypeAdapter[Any]]:
    """By the block's type. A message's own union takes the SDK's response models too, which allow any field."""
    from anthropic.types import ContentBlockParam

    return {get_args(get_type_hints(shape)["type"])[0]: _strict(shape) for shape in get_args(ContentBlockParam)}


def _strict(shape: Any) -> TypeAdapter[Any]:
    """Fields that the type does not have are refused; in a union, as a bare TypedDict takes no configuration."""
    return TypeAdapter(shape | None, config=ConfigDict(extra="forbid"))


def _drain(value: Any) -> None:
    """Asks for all items, so that they are checked."""
    if isinstance(value, dict):
        for item in value.values():
            _drain(item)
    elif hasattr(value, "__iter__") and not isinstance(value, str | bytes):
        for item in value:
            _drain(item)


def _every_block(body: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Blocks of all messages; those inside a tool result come in its place."""
    for message in body["messages"]:
        for block in blocks_of(message["content"]):
            yield block
            if block.get("type") == "tool_result":
                yield from blocks_of(block.get("content"))


def _no_answer_allowed(body: dict[str, Any]) -> str | None:
    return None if body.get("max_tokens", 1) >= 1 else "max_tokens: must be greater than or equal to 1"


def _message_order(body: dict[str, Any]) -> str | None:
    if not body["messages"]:
        return "messages: at least one message is required"
    if body["messages"][0]["role"] != "user":
        return "messages: first message must use the “user” role"
    return None


def _question_comes_last(body: dict[str, Any]) -> str | None:
    if body["messages"] and body["messages"][-1]["role"] == "assistant":
        return "This model does not support assistant message prefill. The conversation must end with a user message."
    return None


def _thinking_stays_on(body: dict[str, Any]) -> str | None:
    disabled = (body.get("thinking") or {}).get("type") == "disabled"
    return "thinking: cannot be disabled for this model" if disabled and body["model"] in _ENDS_THINKING else None


def _texts_not_empty(body: dict[str, Any]) -> str | None:
    texts = [block for block in _every_block(body) if block.get("type") == "text"]
    texts += blocks_of(body.get("system"))
    for search_result in search_results(body):
        if not search_result["content"]:
            return "search_result: content must not be empty"
        texts += search_result["content"]
    for block in texts:
        if not block["text"]:
            return "messages: text content blocks must be non-empty"
        if not block["text"].strip():
            return "messages: text content blocks must contain non-whitespace text"
    return None


def _citations_all_or_none(body: dict[str, Any]) -> str | None:
    switches = [
        bool((block.get("citations") or {}).get("enabled"))
        for block in _every_block(body)
        if block.get("type") in {"search_result", "document"}
    ]
    if any(switches) and not all(switches):
        return "citations: must be enabled for all search results and documents of a request, or for none"
    if any(switches) and (body.get("output_config") or {}).get("format"):
        return "output_config.format: cannot be used together with citations"
    return None


def _breakpoints_within_limit(body: dict[str, Any]) -> str | None:
    count = json.dumps(body).count('"cache_control": {')
    if count > _MOST_BREAKPOINTS:
        return f"A maximum of {_MOST_BREAKPOINTS} blocks with cache_control may be provided. Found {count}."
    return None


def _past_citations_point_somewhere(body: dict[str, Any]) -> str | None:
    results = search_results(body)
    for block in _every_block(body):
        for citation in block.get("citations") or () if block.get("type") == "text" else ():
            if citation["type"] != "search_result_location":
                continue
            at, start, end = (
                citation[name] for name in ("search_result_index", "start_block_index", "end_block_index")
            )
            if not (0 <= at < len(results) and 0 <= start < end <= len(results[at]["content"])):
                return f"citations: search_result {at} has no content [{start}:{end}]"
    return None


_RULES = (
    _no_answer_allowed,
    _message_order,
    _thinking_stays_on,
    _texts_not_empty,
    _citations_all_or_none,
    _breakpoints_within_limit,
    _past_citations_point_somewhere,
    tools_are_declared,
    calls_have_their_own_ids,
    results_answer_calls,
    results_hold_something,
)
