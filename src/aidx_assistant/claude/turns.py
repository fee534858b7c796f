"""What follows the question in a request: replies as they came, results of tools they called, and what is said then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aidx_assistant.claude.tool_calls import ToolResult


@dataclass(frozen=True, slots=True)
class ReplyTurn:
    """A reply of Claude's, sent back block by block as it came, thinking included: the API asks for no less."""

    content: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class ResultsTurn:
    """The results of all the tools that the reply before called, in the order of the calls."""

    results: tuple[ToolResult, ...]
    said: str = ""
    """Text after the results; empty for none."""


@dataclass(frozen=True, slots=True)
class SaidTurn:
    """What is said to Claude after a reply that called no tools."""

    text: str


Turn = ReplyTurn | ResultsTurn | SaidTurn
