"""From a scripted reply to the events and bytes of a stream, or to the object of an answer in one piece."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from tests.fakes.messages_script import Cite, Delivery, Piece, Reply, Text, Thinking, ToolUse

Event = dict[str, Any]

_CALLS = itertools.count(1)
"""Calls of tools have ids that no other has."""


def message_of(reply: Reply, model: str, results: Sequence[Mapping[str, Any]], usage: Mapping[str, int]) -> Event:
    """The message object; `results` are the request's search results. Raises LookupError for a citation of none."""
    details = None
    if reply.stop_reason == "refusal":
        details = {"type": "refusal", "category": None, "explanation": reply.explanation}
    return {
        "id": "msg_scripted",
        "type": "message",
        "role": "assistant",
        "model": model,
        "content": [_block(piece, results, reply.delivery) for piece in _pieces(reply)],
        "stop_reason": reply.stop_reason,
        "stop_sequence": None,
        "stop_details": details,
        "usage": dict(usage),
    }


def events_of(message: Event, delivery: Delivery) -> Iterator[Event]:
    """The events in which the API streams a message object."""
    usage = message["usage"]
    head = {**message, "content": [], "stop_reason": None, "stop_details": None}
    head["usage"] = {**usage, "output_tokens": min(1, usage["output_tokens"])}
    for _ in range(2 if delivery.repeated_start else 1):
        yield {"type": "message_start", "message": head}
    yield {"type": "ping"}
    for index, block in enumerate(message["content"]):
        for event in _block_events(block, delivery):
            yield {**event, "index": index}
            if delivery.pings:
                yield {"type": "ping"}
    end = {name: message[name] for name in ("stop_reason", "stop_sequence", "stop_details")}
    yield {"type": "message_delta", "delta": end, "usage": usage}
    yield {"type": "message_stop"}


def frame(event: Event, newline: str = "\n") -> bytes:
    """One event as the stream carries it."""
    data = json.dumps(event, ensure_ascii=False)
    return f"event: {event['type']}{newline}data: {data}{newline}{newline}".encode()


def stream_of(message: Event, delivery: Delivery) -> bytes:
    """A message object as the body of a stream."""
    return b"".join(frame(event, delivery.newline) for event in events_of(message, delivery))


def chunks(frames: Sequence[bytes], chunking: Literal["whole", "event", "byte"] | int) -> Iterator[bytes]:
    """The same bytes, split as asked."""
    body = b"".join(frames)
    if chunking == "event":
        yield from frames
    elif chunking == "byte":
        yield from (body[at : at + 1] for at in range(len(body)))
    elif chunking == "whole":
        yield body
    else:
        sizes = random.Random(chunking)
        while body:
            size = sizes.choice((1, 2, 3, 7, 20, 90, 400))
            yield body[:size]
            body = body[size:]


def _pieces(reply: Reply) -> tuple[Piece, ...]:
    if not reply.ignores_citations:
        return reply.content
    return (Text("".join(piece.text for piece in reply.content if isinstance(piece, Text))),)


def _block(piece: Piece, results: Sequence[Mapping[str, Any]], delivery: Delivery) -> Event:
    match piece:
        case Text(text, citations) if citations:
            return {
                "type": "text",
                "text": text,
                "citations": [_citation(cite, results, delivery) for cite in citations],
            }
        case Text(text):
            return {"type": "text", "text": text, "citations": None}
        case Thinking(thinking):
            return {"type": "thinking", "thinking": thinking, "signature": "c2lnbmF0dXJl"}
        case ToolUse(name, arguments):
            return {"type": "tool_use", "id": f"toolu_{next(_CALLS)}", "name": name, "input": arguments}


def _citation(cite: Cite, results: Sequence[Mapping[str, Any]], delivery: Delivery) -> Event:
    if not 0 <= cite.search_result < len(results):
        raise LookupError(f"the script cites search result {cite.search_result} of {len(results)}")
    result = results[cite.search_result]
    if not 0 <= cite.start < cite.end <= len(result["content"]):
        raise LookupError(f"the script cites {cite}, but the result has {len(result['content'])} blocks")
    cited = "".join(block["text"] for block in result["content"][cite.start : cite.end])
    return {
        "type": "search_result_location",
        "cited_text": {"exact": cited, "empty": "", "dirty": f"\u0002{cited}\r\n  "}[delivery.cited_text],
        "source": result["source"],
        "title": result["title"],
        "search_result_index": cite.search_result,
        "start_block_index": cite.start,
        "end_block_index": cite.end,
    }


def _block_events(block: Event, delivery: Delivery) -> Iterator[Event]:
    empty, deltas = _deltas(block, delivery)
    yield {"type": "content_block_start", "content_block": empty}
    for delta in deltas:
        yield {"type": "content_block_delta", "delta": delta}
    yield {"type": "content_block_stop"}


def _deltas(block: Event, delivery: Delivery) -> tuple[Event, list[Event]]:
    """A block as it starts, and what is added to it."""
    match block["type"]:
        case "thinking":
            thoughts = _split(block["thinking"], delivery.characters)
            deltas = [{"type": "thinking_delta", "thinking": thought} for thought in thoughts]
            signature = {"type": "signature_delta", "signature": block["signature"]}
            return {**block, "thinking": "", "signature": ""}, [*deltas, signature]
        case "tool_use":
            arguments = _split(_written(block["input"]), delivery.characters)
            deltas = [{"type": "input_json_delta", "partial_json": part} for part in arguments]
            return {**block, "input": {}}, deltas
    texts = [{"type": "text_delta", "text": part} for part in _split(block["text"], delivery.characters)]
    citations = [{"type": "citations_delta", "citation": citation} for citation in block.get("citations") or ()]
    empty: Event = {"type": "text", "text": ""} | ({"citations": []} if citations else {})
    match delivery.citations:
        case "before":
            return empty, [*citations, *texts]
        case "after":
            return empty, [*texts, *citations]
    middle = len(texts) // 2
    return empty, [*texts[:middle], *citations, *texts[middle:]]


def _written(arguments: Mapping[str, Any] | str) -> str:
    """As JSON; text is what a script wants sent in its place."""
    return arguments if isinstance(arguments, str) else json.dumps(dict(arguments))


def _split(text: str, size: int) -> list[str]:
    return [text[at : at + size] for at in range(0, len(text), size)]
