"""What several requests used, together."""

from __future__ import annotations

from aidx_assistant.answers import Usage


def added(one: Usage | None, other: Usage | None) -> Usage | None:
    """The sum of two; the cost is unknown where one of them is."""
    if one is None or other is None:
        return one or other
    known = one.cost_usd is not None and other.cost_usd is not None
    return Usage(
        one.input_tokens + other.input_tokens,
        one.output_tokens + other.output_tokens,
        one.cache_read_input_tokens + other.cache_read_input_tokens,
        one.cache_creation_input_tokens + other.cache_creation_input_tokens,
        (one.cost_usd or 0.0) + (other.cost_usd or 0.0) if known else None,
    )
