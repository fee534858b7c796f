"""How much one deep question may take, and what is left of it."""

from __future__ import annotations

from dataclasses import dataclass

from aidx_assistant.answers import Usage
from aidx_assistant.claude.turns import ResultsTurn
from aidx_assistant.claude.usage import cost
from aidx_assistant.settings import Price, Settings

_CHARACTERS_PER_TOKEN = 4
"""A rough mean: results that have been read in no turn yet are counted by it."""


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
    def of(cls, settings: Settings, question_limit: float | None = None) -> DeepBudget:
        """`question_limit` are the US dollars that any question may cost; None where there is no such limit."""
        by_question = question_limit is not None and question_limit < settings.deep_cost
        return cls(
            steps=settings.deep_steps,
            tokens=settings.deep_tokens,
            cost_usd=question_limit if question_limit is not None and by_question else settings.deep_cost,
            cost_setting="max_cost_per_question" if by_question else "deep_cost",
            price=settings.prices.get(settings.model),
            longest_answer=settings.max_answer_tokens,
        )

    def used_up(self, steps: int, used: Usage, next_input: int) -> str | None:
        """Which limit leaves no room for another turn and the answer after it, in words; None where none does.

        `next_input` are the tokens that the next turn reads. Both turns are counted at the full price of reading, and
        as long as an answer may be, so that what is spent stays within the budget.
        """
        if steps >= self.steps:
            return f"{self.steps} look-ups (the setting deep_steps)"
        ahead = Usage(input_tokens=2 * next_input + self.longest_answer, output_tokens=2 * self.longest_answer)
        if tokens_of(used) + tokens_of(ahead) > self.tokens:
            return f"{self.tokens:,} tokens (the setting deep_tokens)"
        spent, more = cost(used, self.price), cost(ahead, self.price)
        if spent is not None and more is not None and spent + more > self.cost_usd:
            return f"${self.cost_usd:.2f} (the setting {self.cost_setting})"
        return None


def tokens_of(usage: Usage) -> int:
    """All that was read, from the cache too, and written."""
    return (
        usage.input_tokens
        + usage.cache_read_input_tokens
        + usage.cache_creation_input_tokens
        + usage.output_tokens
    )  # fmt: skip


def estimated(results: ResultsTurn) -> int:
    """Tokens of results, roughly."""
    blocks = [block for result in results.results for block in result.evidence]
    return sum(len(sentence) for block in blocks for sentence in block.sentences) // _CHARACTERS_PER_TOKEN
