"""What a question would cost before it is asked, and what the answers of a conversation have cost."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aidx_assistant import locations
from aidx_assistant.answering.prompts import prompt
from aidx_assistant.answers import Answer, Usage
from aidx_assistant.assistant.whole_report import goes_in_whole
from aidx_assistant.claude.usage import cost, in_all
from aidx_assistant.evidence import Segment
from aidx_assistant.library.store import Store
from aidx_assistant.library.tokens import estimated_tokens
from aidx_assistant.settings import Settings

if TYPE_CHECKING:
    from aidx_assistant.assistant.assistant import Assistant

_FRAME_TOKENS = 80
"""What a passage's label, its id and the blocks of its sentences add to its text in a request: the mean over the
shipped corpus, each passage counted as the JSON that is sent."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What one question would take, by tiktoken's count, which is not Claude's own."""

    input_tokens: int
    output_tokens_at_most: int
    cost_usd_at_most: float | None
    """US dollars, for the longest answer and a prompt that is not in the cache; None where the price is not known."""


def estimate(
    question: str, assistant: Assistant, *, segment: Segment | None = None, source_id: str | None = None
) -> Estimate:
    """The estimate for a question, without retrieval: all passages it may be answered from, up to the budget.

    All zero where Claude is not asked. The library has to be read in; its embedding model is not needed.
    """
    if not assistant.asks_claude:
        return Estimate(0, 0, 0.0)
    library, settings = assistant.library, assistant.settings
    tables = library.home / locations.TOKEN_TABLES
    kept_in_cache = estimated_tokens(prompt("answer"), tables) + _evidence_tokens(
        library.store, settings, segment, source_id
    )
    asked = Usage(
        input_tokens=estimated_tokens(question, tables),
        output_tokens=settings.max_answer_tokens,
        cache_creation_input_tokens=kept_in_cache,
    )
    return Estimate(
        input_tokens=asked.input_tokens + kept_in_cache,
        output_tokens_at_most=asked.output_tokens,
        cost_usd_at_most=cost(asked, settings.prices.get(settings.model)),
    )


def total_usage(answers: Iterable[Answer]) -> Usage:
    """The sum over answers; those without a model count nothing. No cost where that of one is not known."""
    return in_all(answer.usage for answer in answers if answer.usage)


def _evidence_tokens(store: Store, settings: Settings, segment: Segment | None, source_id: str | None) -> int:
    """The tokens of the passages that would be sent, framed as they are sent."""
    passages, tokens = store.size(segment, source_id)
    sent = tokens if goes_in_whole(tokens, settings) else min(tokens, settings.token_budget)
    return sent + math.ceil(passages * sent / tokens * _FRAME_TOKENS) if tokens else 0
