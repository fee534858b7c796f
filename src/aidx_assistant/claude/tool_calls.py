"""Tools that Claude may use: what they are, a call of one, and what is given back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aidx_assistant.claude.evidence_blocks import EvidenceBlock


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool as a request describes it."""

    name: str
    description: str
    input_schema: Mapping[str, object]
    """JSON schema of the arguments, an object."""


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A call that a reply asks for."""

    id: str
    name: str
    arguments: Mapping[str, Any] | None
    """None where what came is no JSON object."""


@dataclass(frozen=True, slots=True)
class ToolResult:
    """What one call gives back: evidence that can be cited, text, or both."""

    call_id: str
    evidence: tuple[EvidenceBlock, ...] = ()
    text: str = ""
    """After the evidence. Not empty where there is none."""
    is_error: bool = False
    """Whether the call failed; the text says why, and there is no evidence."""
