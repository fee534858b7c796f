"""Long conversations: the oldest questions and answers are summed up, some at a time."""

from __future__ import annotations

from collections.abc import Generator

from aidx_assistant.answering.history import Exchange, History
from aidx_assistant.answering.prompts import prompt
from aidx_assistant.answering.short_task import ShortTask, short_reply
from aidx_assistant.answering.understanding import as_text
from aidx_assistant.answers import Notice, Phase, Summarised
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.claude.messages import Claude
from aidx_assistant.settings import Settings

MOST_EXCHANGES = 20
"""Questions and answers that go to Claude as they were."""
_SUMMED_UP_AT_ONCE = 10
"""So many leave at once, so that what is sent begins alike, and comes from the API's cache, for ten questions."""
_LONGEST_ANSWER = 3000
_LONGEST_BY_RULE = 200
"""Characters of an answer: in what the small model is given, and in a summary by rule."""
_LONGEST_SUMMARY = 6000
"""Characters; of a summary by rule the oldest part goes first."""
_MAX_TOKENS = 2000


def shortened_history(
    history: History, claude: Claude, settings: Settings, cancellation: Cancellation
) -> Generator[Phase | Notice | Summarised, None, History]:
    """The same where it is short enough. A summary is given out, to be kept; it is by rule where the model fails.

    Raises InterruptedByUserError where it is cancelled.
    """
    task = task_of(history, settings)
    if task is None:
        return history
    yield Phase("summing up the conversation")
    old, rest = _parted(history)
    reply = short_reply(claude, task, cancellation)
    summary = reply.text
    if summary is None:
        yield Notice(f"{reply.fault.rstrip('.')}. The beginning of the conversation is shortened instead.", None)
        summary = f"{history.summary}\n\n{as_text(old, _LONGEST_BY_RULE)}".strip()[-_LONGEST_SUMMARY:]
    yield Summarised(summary, old[-1].position + 1)
    return History(rest, summary)


def task_of(history: History, settings: Settings) -> ShortTask | None:
    """What the small model is asked; None where the conversation is short enough."""
    old, _ = _parted(history)
    if not old:
        return None
    before = f"Summary of what came before:\n{history.summary}\n\n" if history.summary else ""
    return ShortTask(
        model=settings.model_for_small_tasks,
        instructions=prompt("summary"),
        content=before + as_text(old, _LONGEST_ANSWER),
        name="summary",
        longest=_LONGEST_SUMMARY,
        max_tokens=_MAX_TOKENS,
    )


def _parted(history: History) -> tuple[tuple[Exchange, ...], tuple[Exchange, ...]]:
    """The exchanges to sum up, none where they are few enough, and those that stay."""
    over = max(0, len(history.exchanges) - MOST_EXCHANGES)
    count = -(-over // _SUMMED_UP_AT_ONCE) * _SUMMED_UP_AT_ONCE
    return history.exchanges[:count], history.exchanges[count:]
