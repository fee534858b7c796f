"""Fits ranked passages into a token budget."""

from __future__ import annotations

from collections.abc import Iterable

from aidx_assistant.retrieval.search import RankedPassage


def passages_within_budget(ranked: Iterable[RankedPassage], budget: int) -> tuple[RankedPassage, ...]:
    """Passages from the best down, as long as their tokens (estimates) add up to at most `budget`.

    A passage that does not fit is passed over and smaller ones after it still go in.
    """
    chosen = []
    left = budget
    for item in ranked:
        if item.tokens <= left:
            chosen.append(item)
            left -= item.tokens
    return tuple(chosen)
