"""A request as the parameters of the SDK."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, cast

from aidx_assistant.claude.earlier_turns import EarlierTurn, Pointer
from aidx_assistant.claude.evidence_blocks import EvidenceBlock
from aidx_assistant.claude.requests import MessageRequest, Picture
from aidx_assistant.claude.tool_calls import Tool, ToolResult
from aidx_assistant.claude.turns import ResultsTurn, SaidTurn, Turn

if TYPE_CHECKING:
    from anthropic.types import (
        CacheControlEphemeralParam,
        CitationSearchResultLocationParam,
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
With system prompt and evidence that makes the four breakpoints that the API allows; a conversation before the question
has one of its own, or two where nothing follows the question."""


def params_of(request: MessageRequest) -> dict[str, Any]:
    """What `messages.create` takes, without `stream`."""
    params: dict[str, Any] = {
        "model": _encodable(request.model),
        "max_tokens": request.max_tokens,
        "messages": [*_conversation(request), *_messages(request.turns, _CACHED_TURNS - bool(request.earlier))],
    }
    if request.system.strip():
        params["system"] = [_text(request.system, cached=True)]
    if request.answer_schema is not None or request.effort:
        params["output_config"] = _output(request)
    if request.thinking:
        params["thinking"] = {"type": request.thinking}
    if request.tools:
        params["tools"] = [_tool(tool) for tool in request.tools]
        params["tool_choice"] = {"type": "auto" if request.may_call else "none"}
    return params


def as_sent(turn: Turn) -> MessageParam:
    """One turn as the request holds it, without marks for the cache."""
    return _message(turn, cached=False)


def countable(params: dict[str, Any]) -> dict[str, Any]:
    """The same for `messages.count_tokens`."""
    return {name: value for name, value in params.items() if name != "max_tokens"}


def _conversation(request: MessageRequest) -> list[MessageParam]:
    """All questions, with evidence before the first one, and the answers between them.

    Evidence is marked at its end, so that the same evidence is cached whatever is asked about it, and so are the last
    answers: the one before the last question was written with it, and is read now.
    """
    last = len(request.evidence) - 1
    evidence = [_search_result(block, cached=at == last) for at, block in enumerate(request.evidence)]
    pictures = [_image(picture) for picture in request.pictures]
    first_cached = len(request.earlier) - (1 if request.turns else _CACHED_TURNS)
    messages: list[MessageParam] = []
    for at, turn in enumerate(request.earlier):
        before = evidence if at == 0 else []
        messages.append({"role": "user", "content": [*before, _text(turn.question)]})
        answer = _answered(turn, request.evidence, cached=at >= first_cached)
        messages.append({"role": "assistant", "content": answer})
    before = [] if request.earlier else evidence
    return [*messages, {"role": "user", "content": [*before, *pictures, _text(request.question)]}]


def _answered(turn: EarlierTurn, evidence: tuple[EvidenceBlock, ...], *, cached: bool) -> list[TextBlockParam]:
    last = len(turn.answer) - 1
    blocks = []
    for at, part in enumerate(turn.answer):
        block = _text(part.text, cached=cached and at == last)
        if part.pointers:
            block["citations"] = [_location(pointer, evidence[pointer.evidence]) for pointer in part.pointers]
        blocks.append(block)
    return blocks


def _location(pointer: Pointer, block: EvidenceBlock) -> CitationSearchResultLocationParam:
    return {
        "type": "search_result_location",
        "search_result_index": pointer.evidence,
        "start_block_index": pointer.start,
        "end_block_index": pointer.end,
        "cited_text": _encodable("".join(block.sentences[pointer.start : pointer.end])),
        "source": _encodable(block.source),
        "title": _encodable(block.title),
    }


def _messages(turns: tuple[Turn, ...], most_cached: int) -> list[MessageParam]:
    with_results = [at for at, turn in enumerate(turns) if isinstance(turn, ResultsTurn)]
    cached = with_results[-most_cached:]
    return [_message(turn, cached=at in cached) for at, turn in enumerate(turns)]


def _message(turn: Turn, *, cached: bool) -> MessageParam:
    if isinstance(turn, ResultsTurn):
        last = len(turn.results) - 1
        results = [_tool_result(result, cached=cached and at == last) for at, result in enumerate(turn.results)]
        return {"role": "user", "content": [*results, *([_text(turn.said)] if turn.said else ())]}
    if isinstance(turn, SaidTurn):
        return {"role": "user", "content": [_text(turn.text)]}
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


def _output(request: MessageRequest) -> OutputConfigParam:
    output: OutputConfigParam = {}
    if request.effort:
        output["effort"] = cast("Literal['low', 'medium', 'high', 'xhigh', 'max']", request.effort)
    if request.answer_schema is not None:
        output["format"] = {"type": "json_schema", "schema": dict(request.answer_schema)}
    return output


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
