"""What is asked of Claude, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from aidx_assistant.claude.earlier_turns import EarlierTurn
from aidx_assistant.claude.evidence_blocks import EvidenceBlock
from aidx_assistant.claude.tool_calls import Tool
from aidx_assistant.claude.turns import Turn


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a request shows."""

    medium: Literal["image/png", "image/jpeg"]
    base64: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class MessageRequest:
    """One question to Claude. System prompt and evidence are marked for the prompt cache, the question is not."""

    model: str
    max_tokens: int
    system: str
    evidence: tuple[EvidenceBlock, ...]
    question: str
    earlier: tuple[EarlierTurn, ...] = ()
    """The questions and answers of the conversation before this question, in order."""
    pictures: tuple[Picture, ...] = ()
    """Shown before the question."""
    answer_schema: Mapping[str, object] | None = None
    """JSON schema that the answer's text is to have; not together with evidence, as the API cites in no JSON."""
    effort: str = ""
    """The level of effort; empty for the model's own."""
    thinking: str = ""
    """The type of thinking; empty for the model's own."""
    tools: tuple[Tool, ...] = ()
    turns: tuple[Turn, ...] = ()
    """What followed the question: replies and the results of what they called."""
    may_follow: int = 0
    """How many requests may follow that read this one and its reply again: a correction, or the answer after a turn
    with tools. Nothing of it is sent; it counts for what the question may cost."""
    may_call: bool = True
    """Whether the reply may call the tools; they stay in the request where earlier replies called them."""
