"""What a request cost."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping

from aidx_assistant.answers import Usage
from aidx_assistant.settings import Price

CACHE_READ_FACTOR = 0.1
CACHE_WRITE_FACTOR = 1.25
"""Of the input price, for tokens read from and written to the five-minute prompt cache (Anthropic's price list)."""

SAID_TOKENS = 500
"""What is said between a reply and the request that reads it again: what the checks found, or what was cut short."""
_DAY = re.compile(r"-\d{8}$")
_CHARACTERS_OF_TOKEN = 4
"""A rough mean."""


def price_of(prices: Mapping[str, Price], *models: str) -> Price | None:
    """The price of the first of these models that has one; the API may name a version by its day."""
    names = (name for model in models for name in (model, _DAY.sub("", model)))
    return next((prices[name] for name in names if name in prices), None)


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


def rounds(input_tokens: int, longest_reply: int, count: int) -> Usage:
    """The most that so many requests take, each of which reads the one before and its reply again: nothing in the
    cache, every reply as long as it may be."""
    given = sum(input_tokens + number * (longest_reply + SAID_TOKENS) for number in range(count))
    return Usage(0, count * longest_reply, cache_creation_input_tokens=given)


def in_all(usages: Iterable[Usage]) -> Usage:
    """The sum; the cost is not known where one of them is not."""
    used = tuple(usages)
    costs = [usage.cost_usd for usage in used if usage.cost_usd is not None]
    return Usage(
        input_tokens=sum(usage.input_tokens for usage in used),
        output_tokens=sum(usage.output_tokens for usage in used),
        cache_read_input_tokens=sum(usage.cache_read_input_tokens for usage in used),
        cache_creation_input_tokens=sum(usage.cache_creation_input_tokens for usage in used),
        cost_usd=math.fsum(costs) if len(costs) == len(used) else None,
        output_is_estimated=any(usage.output_is_estimated for usage in used),
    )


def together(one: Usage | None, other: Usage | None) -> Usage | None:
    """What both took, where either did."""
    used = [usage for usage in (one, other) if usage]
    return in_all(used) if used else None


def tokens_roughly(text: str) -> int:
    """By the length of the text, where nothing is there to count better."""
    return math.ceil(len(text) / _CHARACTERS_OF_TOKEN)


def usage_in_words(usage: Usage) -> tuple[str, ...]:
    """`12,901 tokens in, 68 out` and, where it is known, `$0.0658`; `about 68 out`, `about $0.0658` where a reply broke
    off."""
    about = "about " if usage.output_is_estimated else ""
    tokens = f"{usage.read:,} tokens in, {about}{usage.output_tokens:,} out"
    return (tokens,) if usage.cost_usd is None else (tokens, f"{about}${usage.cost_usd:.4f}")
