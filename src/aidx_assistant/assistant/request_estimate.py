"""The tokens of a request and what it costs at most, before it is sent."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from aidx_assistant import locations
from aidx_assistant.answers import Usage
from aidx_assistant.claude.params import params_of
from aidx_assistant.claude.requests import MessageRequest
from aidx_assistant.claude.usage import cost
from aidx_assistant.library.tokens import estimated_tokens
from aidx_assistant.settings import Settings

_PICTURE_TOKENS = 5_000
"""More than the API counts for the largest picture that it does not make smaller (Anthropic's guide to vision)."""


@dataclass(frozen=True, slots=True)
class TokenCount:
    """How many tokens a request gives Claude to read, and who says so."""

    input_tokens: int
    by_claude: bool
    """By the API's own count; else by tiktoken's, an estimate."""

    @classmethod
    def of(cls, counted: int | None, estimate: Callable[[], int]) -> TokenCount:
        """Claude's count where there is one."""
        return cls(estimate(), by_claude=False) if counted is None else cls(counted, by_claude=True)

    @property
    def in_words(self) -> str:
        """`8,021 tokens in by Claude's count`, `about 8,021 tokens in by estimate`."""
        tokens = f"{self.input_tokens:,} tokens in"
        return f"{tokens} by Claude's count" if self.by_claude else f"about {tokens} by estimate"


def tokens_of_request(request: MessageRequest, home: Path) -> int:
    """tiktoken's count of the JSON that is sent, pictures at more than they can count."""
    params = params_of(replace(request, pictures=()))
    told = json.dumps([params.get(part) for part in ("system", "tools", "messages", "output_config")])
    return estimated_tokens(told, home / locations.TOKEN_TABLES) + _PICTURE_TOKENS * len(request.pictures)


def cost_at_most(request: MessageRequest, tokens: TokenCount, settings: Settings) -> float | None:
    """US dollars where nothing is in the cache and the answer is as long as it may be; None without a price."""
    usage = Usage(0, request.max_tokens, cache_creation_input_tokens=tokens.input_tokens)
    return cost(usage, settings.prices.get(request.model))
