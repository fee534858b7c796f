"""What a question costs before it is asked, and what a conversation has cost, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aidx_assistant.answers import Answer
from aidx_assistant.claude.usage import usage_in_words
from aidx_assistant.conversations.conversation import Turn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aidx_assistant.answering.history import History
    from aidx_assistant.assistant.assistant import Assistant
    from aidx_assistant.evidence import Segment
    from aidx_assistant.tui.session import Session


def history_now(session: Session) -> History:
    """What goes before the next question. Takes time; raises what reading the conversation raises."""
    from aidx_assistant.assistant.conversing import history_of

    return history_of(session.conversations, session.conversation_id)


def cost_of_next(assistant: Assistant, history: History | None = None) -> str:
    """The most that the next question of a conversation can cost with the settings in force."""
    from aidx_assistant.assistant.estimates import estimate

    if not assistant.asks_claude:
        return "Nothing: no model is asked."
    estimated, settings = estimate("", assistant, history=history), assistant.settings
    tokens = f"about {estimated.input_tokens:,} tokens in, at most {estimated.output_tokens_at_most:,} out"
    if estimated.cost_usd_at_most is None:
        return f"{tokens}. The price of {settings.model} is not known; it can be set in config.toml."
    correction = ", a correction included" if settings.repair else ""
    most = f"At most ${estimated.cost_usd_at_most:.3f}{correction}"
    return f"{most}: {tokens}, at the prices of {settings.prices_as_of}."


def next_in_short(assistant: Assistant, segment: Segment | None, source_id: str | None, history: History) -> str:
    """The same for the room beside the prompt, with these filters; "" where no model is asked."""
    from aidx_assistant.assistant.estimates import estimate

    if not assistant.asks_claude:
        return ""
    estimated = estimate("", assistant, segment=segment, source_id=source_id, history=history)
    price = f", at most ${estimated.cost_usd_at_most:.3f}" if estimated.cost_usd_at_most is not None else ""
    return f"≈ {estimated.input_tokens:,} tokens{price}"


def so_far_in_short(answers: Sequence[Answer]) -> str:
    """What answers have cost in all, for the room beside the prompt; "" where it is nothing, or not known."""
    from aidx_assistant.assistant.estimates import total_usage

    total = total_usage(answers).cost_usd
    return f"so far ${total:.3f}" if total else ""


def cost_so_far(turns: Sequence[Turn]) -> str:
    """What the answers of a conversation have cost."""
    from aidx_assistant.assistant.estimates import total_usage

    answers = [turn.answer for turn in turns if turn.answer]
    asked = sum(answer.usage is not None for answer in answers)
    if not asked:
        return "Nothing so far."
    tokens, *cost = usage_in_words(total_usage(answers))
    told = f"{tokens}, for {'1 answer' if asked == 1 else f'{asked} answers'}."
    if not cost:
        return f"{told} What that cost is not known: the settings have no price for one of its models."
    return f"{cost[0]}: {told}"
