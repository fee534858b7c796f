"""What a request cost."""

from __future__ import annotations

from aidx_assistant.answers import Usage
from aidx_assistant.settings import Price

CACHE_READ_FACTOR = 0.1
CACHE_WRITE_FACTOR = 1.25
"""Of the input price, for tokens read from and written to the five-minute prompt cache (Anthropic's price list)."""


def cost(usage: Usage, price: Price | None) -> float | None:
    """US dollars; None where the price of the model is not known."""
    if price is None:
        return None
    input_tokens = (
        usage.input_tokens
        + CACHE_READ_FACTOR * usage.cache_read_input_tokens
        + CACHE_WRITE_FACTOR * usage.cache_creation_input_tokens
    )
    return (input_tokens * price.input + usage.output_tokens * price.output) / 1_000_000


def together(one: Usage | None, other: Usage | None) -> Usage | None:
    """What both took; the cost is known where both are."""
    if one is None or other is None:
        return one or other
    costs = (one.cost_usd, other.cost_usd)
    return Usage(
        input_tokens=one.input_tokens + other.input_tokens,
        output_tokens=one.output_tokens + other.output_tokens,
        cache_read_input_tokens=one.cache_read_input_tokens + other.cache_read_input_tokens,
        cache_creation_input_tokens=one.cache_creation_input_tokens + other.cache_creation_input_tokens,
        cost_usd=None if costs[0] is None or costs[1] is None else costs[0] + costs[1],
    )
