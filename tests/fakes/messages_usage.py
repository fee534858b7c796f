"""Estimated token counts of the Messages server, with the prompt cache as the API keeps it."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator, Mapping
from typing import Any

from tests.fakes.messages_requests import blocks_of
from tests.fakes.messages_script import Piece, Text, Thinking, ToolUse

_CHARACTERS_PER_TOKEN = 4


class PromptCache:
    """Prefixes up to a breakpoint: written once, read from then on. The API's least length is not played."""

    def __init__(self) -> None:
        self._prefixes: set[str] = set()
        self._lock = threading.Lock()

    def usage_of(self, body: Mapping[str, Any], content: tuple[Piece, ...]) -> dict[str, int]:
        """The counts of a request answered with `content`; citations cost no output."""
        prefixes = list(_prefixes(body))
        marked = [(digest, tokens) for digest, tokens, is_marked in prefixes if is_marked]
        with self._lock:
            read = max((tokens for digest, tokens in marked if digest in self._prefixes), default=0)
            self._prefixes.update(digest for digest, _ in marked)
        cached = marked[-1][1] if marked else 0
        return {
            "input_tokens": prefixes[-1][1] - cached,
            "cache_creation_input_tokens": cached - read,
            "cache_read_input_tokens": read,
            "output_tokens": sum(_output_tokens(piece) for piece in content),
        }


def input_tokens(body: Mapping[str, Any]) -> int:
    """The whole request, cached or not."""
    return list(_prefixes(body))[-1][1]


def _prefixes(body: Mapping[str, Any]) -> Iterator[tuple[str, int, bool]]:
    """After each block: digest of all up to here, tokens up to here, and whether a cache breakpoint is set here."""
    parts = [("tool", tool) for tool in body.get("tools") or ()]
    parts += [("system", block) for block in blocks_of(body.get("system"))]
    for message in body["messages"]:
        parts += [(message["role"], block) for block in blocks_of(message["content"])]
    digest, tokens = hashlib.sha256(body["model"].encode()), 0
    for role, block in parts:
        bare = json.dumps([role, {name: block[name] for name in block if name != "cache_control"}])
        digest.update(bare.encode())
        tokens += _tokens(bare)
        yield digest.hexdigest(), tokens, bool(block.get("cache_control"))


def _output_tokens(piece: Piece) -> int:
    match piece:
        case Text(text):
            return _tokens(text)
        case Thinking(thinking):
            return _tokens(thinking)
        case ToolUse(name, arguments):
            return _tokens(f"{name}{arguments}")


def _tokens(text: str) -> int:
    return max(1, len(text) // _CHARACTERS_PER_TOKEN)
