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
