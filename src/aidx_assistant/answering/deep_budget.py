"""How much one deep question may take, and what is left of it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from aidx_assistant.answers import Usage
from aidx_assistant.claude.accounting import Left
from aidx_assistant.claude.params import as_sent, params_of
from aidx_assistant.claude.requests import MessageRequest
from aidx_assistant.claude.turns import ResultsTurn
from aidx_assistant.claude.usage import CACHE_WRITE_FACTOR, SAID_TOKENS, cost, price_of, rounds, tokens_roughly
from aidx_assistant.settings import Price, Settings


@dataclass(frozen=True, slots=True)
class DeepBudget:
    """The limits that the user set."""

    steps: int
    tokens: int
    cost_usd: float
    cost_setting: str
    """The setting that gives it."""
    price: Price | None
    """None: what is used has no known price, and only steps and tokens count."""
    longest_answer: int
    """Tokens."""

    @classmethod
    def of(cls, settings: Settings, left: Left | None = None) -> DeepBudget:
        """`left` is what the limits of all questions leave; None where there is none."""
        by_limit = left if left is not None and left.usd < settings.deep_cost else None
        return cls(
            steps=settings.deep_steps,
            tokens=settings.deep_tokens,
            cost_usd=by_limit.usd if by_limit else settings.deep_cost,
            cost_setting=by_limit.setting if by_limit else "deep_cost",
            price=price_of(settings.prices, settings.model),
            longest_answer=settings.max_answer_tokens,
        )

    def used_up(self, steps: int, used: Usage, next_input: int) -> str | None:
        """Which limit leaves no room for another turn and the answer after it, in words; None where none does.

        `next_input` are the tokens that the next turn reads.
        """
        if steps >= self.steps:
            return f"{self.steps} look-ups (the setting deep_steps)"
        return self.exceeded_by(2, used, next_input)

    def exceeded_by(self, count: int, used: Usage, next_input: int) -> str | None:
        """Which limit so many further turns may exceed, in words, each counted at the full price of reading and as long
        as a reply may be; None where none is."""
        ahead = rounds(next_input, self.longest_answer, count)
        if tokens_of(used) + tokens_of(ahead) > self.tokens:
            return f"{self.tokens:,} tokens (the setting deep_tokens)"
        spent, more = cost(used, self.price), cost(ahead, self.price)
        if spent is not None and more is not None and spent + more > self.cost_usd:
            return f"${self.cost_usd:.2f} (the setting {self.cost_setting})"
        return None

    def room(self, used: Usage, next_input: int) -> int:
        """How many tokens of results can be read beside `next_input`, so that the answer can still be paid."""
        answer = rounds(next_input + SAID_TOKENS, self.longest_answer, 1)
        room = self.tokens - tokens_of(used) - tokens_of(answer)
        spent, more = cost(used, self.price), cost(answer, self.price)
        if self.price is None or spent is None or more is None or self.price.input == 0:
            return room
        a_token = CACHE_WRITE_FACTOR * self.price.input / 1_000_000
        return min(room, int((self.cost_usd - spent - more) / a_token))


def tokens_of(usage: Usage) -> int:
    """All that was read, from the cache too, and written."""
    return (
        usage.input_tokens
        + usage.cache_read_input_tokens
        + usage.cache_creation_input_tokens
        + usage.output_tokens
    )  # fmt: skip


def estimated(results: ResultsTurn) -> int:
    """Tokens of results that no turn has read yet, roughly: rather too many, as the marks of JSON count."""
    return tokens_roughly(json.dumps(as_sent(results), ensure_ascii=False))


def estimated_request(request: MessageRequest) -> int:
    """The same of a whole request."""
    return tokens_roughly(json.dumps(params_of(request), ensure_ascii=False))
