"""Puts a draft and what the checks made of it together."""

from __future__ import annotations

from aidx_assistant.answering.draft import Draft
from aidx_assistant.answers import Answer, Timings
from aidx_assistant.checking import CheckedAnswer


def answer_of(draft: Draft, checked: CheckedAnswer, question: str, understood: str, timings: Timings) -> Answer:
    """The checked answer to a question, which was understood as `understood`."""
    return Answer(
        question=question,
        question_understood=understood,
        answered=draft.answered,
        status=draft.status,
        mode=draft.mode,
        model=draft.model,
        cited_by_model=draft.cited_by_model and draft.mode == "claude",
        text=draft.text,
        reason=draft.reason,
        citations=checked.citations,
        checks=checked.checks,
        disagreements=checked.disagreements,
        nearest=draft.nearest,
        usage=draft.usage,
        timings=timings,
        stopped_by_user=draft.stopped_by_user,
        steps=draft.steps,
    )
