"""The blocks of one reply as they came, to be sent back; and the tools that it calls."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from aidx_assistant.claude.tool_calls import ToolCall

_GROWING = {
    "text_delta": "text",
    "thinking_delta": "thinking",
    "signature_delta": "signature",
}
"""Fields of a block that a delta of this type adds to; the delta names its text likewise."""

_NOT_JSON = "invalid_json"
"""What a block's input holds instead where it is no JSON object: the API takes none but objects back."""


class ReplyContent:
    """Puts blocks together from the SDK's stream events, which are not validated: any field may be of another type."""

    def __init__(self) -> None:
        self._blocks: dict[int, dict[str, Any]] = {}
        self._arguments: dict[int, str] = {}

    def note(self, event: Any) -> None:
        """Takes what an event adds to a block; every other event is passed over."""
        kind, index = getattr(event, "type", None), getattr(event, "index", None)
        if not isinstance(index, int):
            return
        if kind == "content_block_start":
            self._blocks[index] = _plain(event.content_block)
        elif kind == "content_block_delta" and index in self._blocks:
            self._grow(index, event.delta)

    def blocks(self) -> tuple[Mapping[str, Any], ...]:
        """In their order. Text without a character is left out, as the API refuses it."""
        whole = (self._whole(index) for index in sorted(self._blocks))
        return tuple(block for block in whole if block.get("type") != "text" or block.get("text", "").strip())

    def written(self) -> str:
        """All that the model wrote, thinking and the arguments of calls included."""
        texts = (str(block.get(name) or "") for block in self._blocks.values() for name in ("text", "thinking"))
        return "".join((*texts, *self._arguments.values()))

    def calls(self) -> tuple[ToolCall, ...]:
        """In the order of their blocks."""
        return tuple(
            ToolCall(str(block.get("id", "")), str(block.get("name", "")), self._arguments_of(index))
            for index, block in sorted(self._blocks.items())
            if block.get("type") == "tool_use"
        )

    def _grow(self, index: int, delta: Any) -> None:
        block, kind = self._blocks[index], getattr(delta, "type", None)
        if kind == "input_json_delta":
            self._arguments[index] = self._arguments.get(index, "") + _text(delta, "partial_json")
        elif kind == "citations_delta":
            block["citations"] = [*(block.get("citations") or ()), _plain(delta.citation)]
        elif kind in _GROWING:
            name = _GROWING[kind]
            block[name] = f"{block.get(name) or ''}{_text(delta, name)}"

    def _whole(self, index: int) -> dict[str, Any]:
        block = self._blocks[index]
        if block.get("type") != "tool_use":
            return block
        arguments = self._arguments_of(index)
        return {**block, "input": {_NOT_JSON: self._arguments.get(index, "")} if arguments is None else arguments}

    def _arguments_of(self, index: int) -> dict[str, Any] | None:
        """As the deltas give them; where none came, as the block began with them."""
        written = self._arguments.get(index, "").strip()
        try:
            arguments = json.loads(written) if written else self._blocks[index].get("input", {})
        except (ValueError, RecursionError):
            return None
        return arguments if isinstance(arguments, dict) else None


def _plain(value: Any) -> dict[str, Any]:
    """An object of the SDK as JSON, with the fields that came."""
    to_dict = getattr(value, "to_dict", None)
    plain = to_dict(mode="json") if to_dict else value
    return dict(plain) if isinstance(plain, Mapping) else {}


def _text(delta: Any, name: str) -> str:
    value = getattr(delta, name, None)
    return value if isinstance(value, str) else ""
