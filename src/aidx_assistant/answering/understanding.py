"""A small model says what a question means in a conversation, where the rules are not sure."""

from __future__ import annotations

from collections.abc import Generator

from aidx_assistant.answering.history import Exchange, History, without_markers
from aidx_assistant.answering.prompts import prompt
from aidx_assistant.answering.short_task import ShortTask, short_reply
from aidx_assistant.answers import Notice, Phase
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.claude.messages import Claude
from aidx_assistant.settings import Settings

_EXCHANGES = 3
"""How many of the last questions and answers a question may lean on."""
_LONGEST_ANSWER = 1500
"""Characters of each answer: what a question points to is near its beginning or is named in the question before."""
_LONGEST_QUESTION = 600
"""Characters."""
_MAX_TOKENS = 1000


def understood(
    question: str, by_rules: str, history: History, claude: Claude, settings: Settings, cancellation: Cancellation
) -> Generator[Phase | Notice, None, str]:
    """What the small model makes of a question; `by_rules` with a notice where nothing usable comes of it.

    Raises InterruptedByUserError where it is cancelled.
    """
    yield Phase("reading the question")
    task = task_of(question, history, settings)
    reply = short_reply(claude, task, cancellation)
    if reply.text is None:
        yield Notice(f"{reply.fault.rstrip('.')}. The question is understood by rules instead.", None)
        return by_rules
    return " ".join(reply.text.split())


def task_of(question: str, history: History, settings: Settings) -> ShortTask:
    """What the small model is asked."""
    return ShortTask(
        model=settings.model_for_small_tasks,
        instructions=prompt("follow-up"),
        content=f"{as_text(history.exchanges[-_EXCHANGES:], _LONGEST_ANSWER)}\n\nThe new question: {question}",
        name="question",
        longest=_LONGEST_QUESTION,
        max_tokens=_MAX_TOKENS,
    )


def as_text(exchanges: tuple[Exchange, ...], longest_answer: int) -> str:
    """Questions and answers, each answer shortened to so many characters."""
    return "\n\n".join(
        f"Question: {exchange.question}\nAnswer: {shortened(without_markers(exchange.text), longest_answer)}"
        for exchange in exchanges
    )


def shortened(text: str, longest: int) -> str:
    """At most so many characters, cut after a word; "…" stands for what is left out."""
    if len(text) <= longest:
        return text
    room = text[:longest]
    return f"{room.rpartition(' ')[0] or room}…"
