"""The tokens of a request and what it costs at most, before it is sent."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from aidx_assistant import locations
from aidx_assistant.claude.params import params_of
from aidx_assistant.claude.requests import MessageRequest
from aidx_assistant.claude.usage import cost, price_of, rounds
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


@dataclass(frozen=True, slots=True)
class Estimate:
    """What one question would take with all its requests, by tiktoken's count, which is not Claude's own."""

    input_tokens: int
    """Of the request that the answer comes from."""
    output_tokens_at_most: int
    """Of the answer."""
    cost_usd_at_most: float | None
    """US dollars in all, for the longest replies and nothing in the cache; None where a price is not known."""


def tokens_of_request(request: MessageRequest, home: Path) -> int:
    """tiktoken's count of the JSON that is sent, pictures at more than they can count."""
    params = params_of(replace(request, pictures=()))
    told = json.dumps([params.get(part) for part in ("system", "tools", "messages", "output_config")])
    return estimated_tokens(told, home / locations.TOKEN_TABLES) + _PICTURE_TOKENS * len(request.pictures)


def cost_at_most(request: MessageRequest, tokens: TokenCount, settings: Settings) -> float | None:
    """US dollars with what may follow it, where nothing is in the cache and every reply is as long as it may be.

    None where the price is not known.
    """
    usage = rounds(tokens.input_tokens, request.max_tokens, 1 + request.may_follow)
    return cost(usage, price_of(settings.prices, request.model))


def what_follows(request: MessageRequest) -> str:
    """What besides the request itself is counted for what it costs, in words; "" for nothing."""
    if not request.may_follow:
        return ""
    return ", the answer that follows included" if request.tools else ", a correction included"
