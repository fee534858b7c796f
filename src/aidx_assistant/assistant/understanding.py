"""What a question means in its conversation: by rules where these are sure or Claude is not asked, else by Claude."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aidx_assistant.answering.follow_up import resolved, rules_suffice
from aidx_assistant.answering.history import History
from aidx_assistant.answers import Notice, Phase, Summarised, Understood
from aidx_assistant.assistant.inquiry import Inquiry
from aidx_assistant.assistant.questions import with_segment
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.claude.requests import MessageRequest
from aidx_assistant.settings import Settings

if TYPE_CHECKING:
    from aidx_assistant.claude.messages import Claude


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was understood, and the conversation before it as it goes to Claude."""

    understood: str
    history: History = History()


@dataclass(frozen=True, slots=True)
class SmallTasks:
    """What Claude is asked for beside the answer."""

    claude: Claude
    settings: Settings
    cancellation: Cancellation


def understand(
    inquiry: Inquiry, tasks: SmallTasks | None
) -> Generator[Phase | Notice | Understood | Summarised, None, Asked]:
    """What the question means, told where that is not what it says; `tasks` are None where Claude is not asked."""
    asked = yield from _asked(inquiry, tasks)
    if asked.understood != inquiry.question:
        yield Understood(asked.understood)
    return replace(asked, understood=with_segment(asked.understood, inquiry.segment))


def _asked(inquiry: Inquiry, tasks: SmallTasks | None) -> Generator[Phase | Notice | Summarised, None, Asked]:
    question, earlier, history = inquiry.question, inquiry.earlier, inquiry.history
    by_rules = resolved(question, earlier)
    if tasks is None:
        return Asked(by_rules, history)
    from aidx_assistant.answering.summarising import shortened_history
    from aidx_assistant.answering.understanding import understood

    claude, settings, cancellation = tasks.claude, tasks.settings, tasks.cancellation
    shortened = yield from shortened_history(history, claude, settings, cancellation)
    if rules_suffice(question, earlier) or not history.exchanges:
        meant = by_rules
    else:
        meant = yield from understood(question, by_rules, shortened, claude, settings, cancellation)
    return Asked(meant, shortened)


def small_requests(
    question: str, earlier: Sequence[str], history: History, settings: Settings
) -> tuple[MessageRequest, ...]:
    """What may be asked of the small model before a question; for an empty one, that any question may lean on the
    conversation."""
    from aidx_assistant.answering import summarising, understanding
    from aidx_assistant.answering.short_task import request_of

    summary = summarising.task_of(history, settings)
    requests = [request_of(summary)] if summary else []
    if history.exchanges and not (question and rules_suffice(question, earlier)):
        requests.append(request_of(understanding.task_of(question, history, settings)))
    return tuple(requests)
