"""A request as the parameters of the SDK."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from aidx_assistant.claude.evidence_blocks import EvidenceBlock
from aidx_assistant.claude.requests import MessageRequest, Picture
from aidx_assistant.claude.tool_calls import Tool, ToolResult
from aidx_assistant.claude.turns import ResultsTurn, Turn

if TYPE_CHECKING:
    from anthropic.types import (
        CacheControlEphemeralParam,
        ImageBlockParam,
        MessageParam,
        OutputConfigParam,
        SearchResultBlockParam,
        TextBlockParam,
        ToolParam,
        ToolResultBlockParam,
    )

_CACHED_TO_HERE: CacheControlEphemeralParam = {"type": "ephemeral"}
_CACHED_TURNS = 2
"""How many of the last turns with results are marked: the one before, which is read, and the last, which is written.
With system prompt and evidence that makes the four breakpoints that the API allows."""


def params_of(request: MessageRequest) -> dict[str, Any]:
    """What `messages.create` takes, without `stream`."""
    params: dict[str, Any] = {
        "model": _encodable(request.model),
        "max_tokens": request.max_tokens,
        "messages": [_question_with_evidence(request), *_messages(request.turns)],
    }
    if request.system.strip():
        params["system"] = [_text(request.system, cached=True)]
    if request.answer_schema is not None:
        params["output_config"] = _output(request.answer_schema)
    if request.tools:
        params["tools"] = [_tool(tool) for tool in request.tools]
        params["tool_choice"] = {"type": "auto" if request.may_call else "none"}
    return params


def _question_with_evidence(request: MessageRequest) -> MessageParam:
    """Evidence first and marked at its end, so that the same evidence is cached whatever is asked about it."""
    last = len(request.evidence) - 1
    evidence = [_search_result(block, cached=at == last) for at, block in enumerate(request.evidence)]
    pictures = [_image(picture) for picture in request.pictures]
    return {"role": "user", "content": [*evidence, *pictures, _text(request.question)]}


def _messages(turns: tuple[Turn, ...]) -> list[MessageParam]:
    with_results = [at for at, turn in enumerate(turns) if isinstance(turn, ResultsTurn)]
    cached = with_results[-_CACHED_TURNS:]
    return [_message(turn, cached=at in cached) for at, turn in enumerate(turns)]


def _message(turn: Turn, *, cached: bool) -> MessageParam:
    if isinstance(turn, ResultsTurn):
        last = len(turn.results) - 1
        results = [_tool_result(result, cached=cached and at == last) for at, result in enumerate(turn.results)]
        return {"role": "user", "content": [*results, *([_text(turn.said)] if turn.said else ())]}
    return {"role": "assistant", "content": [cast("TextBlockParam", dict(block)) for block in turn.content]}


def _tool(tool: Tool) -> ToolParam:
    return {"name": tool.name, "description": tool.description, "input_schema": dict(tool.input_schema)}


def _tool_result(result: ToolResult, *, cached: bool) -> ToolResultBlockParam:
    evidence = [_search_result(block, cached=False) for block in result.evidence]
    block: ToolResultBlockParam = {
        "type": "tool_result",
        "tool_use_id": result.call_id,
        "content": [*evidence, *([_text(result.text)] if result.text else ())],
    }
    if result.is_error:
        block["is_error"] = True
    if cached:
        block["cache_control"] = _CACHED_TO_HERE
    return block


def _image(picture: Picture) -> ImageBlockParam:
    return {"type": "image", "source": {"type": "base64", "media_type": picture.medium, "data": picture.base64}}


def _output(answer_schema: Any) -> OutputConfigParam:
    return {"format": {"type": "json_schema", "schema": dict(answer_schema)}}


def _search_result(block: EvidenceBlock, *, cached: bool) -> SearchResultBlockParam:
    """One text block for each sentence, as a text block is the smallest thing that Claude can cite."""
    search_result: SearchResultBlockParam = {
        "type": "search_result",
        "source": _encodable(block.source),
        "title": _encodable(block.title),
        "content": [_text(sentence) for sentence in block.sentences],
        "citations": {"enabled": True},
    }
    if cached:
        search_result["cache_control"] = _CACHED_TO_HERE
    return search_result


def _text(text: str, *, cached: bool = False) -> TextBlockParam:
    block: TextBlockParam = {"type": "text", "text": _encodable(text)}
    if cached:
        block["cache_control"] = _CACHED_TO_HERE
    return block


def _encodable(text: str) -> str:
    """The text with lone surrogates (bytes of an argument that are no UTF-8) replaced, which JSON cannot carry."""
    return text.encode("utf-8", "replace").decode("utf-8")
