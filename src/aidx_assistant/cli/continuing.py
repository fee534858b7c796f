"""`aidx ask --continue`: a question that follows the last answers of `aidx ask`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from aidx_assistant import locations
from aidx_assistant.errors import UsageError

if TYPE_CHECKING:
    from aidx_assistant.answering.history import History


class Before(TypedDict, total=False):
    """What `Assistant.stream` takes of a conversation; empty where a question begins one."""

    earlier: tuple[str, ...]
    history: History


def before(*, continues: bool) -> Before:
    """The conversation that the last answer belongs to. Raises UsageError where there is no answer."""
    if not continues:
        return {}
    from aidx_assistant.answering.history import History, exchange_of
    from aidx_assistant.conversations.asked import last_conversation

    answers = last_conversation(locations.home())
    if not answers:
        raise UsageError("There is no answer of `aidx ask` to continue.", "Ask without --continue first.")
    exchanges = tuple(exchange_of(answer, at) for at, answer in enumerate(answers))
    return {"earlier": tuple(answer.question_understood for answer in answers), "history": History(exchanges)}
