"""The line below an answer that says where it comes from."""

from __future__ import annotations

from aidx_assistant.answers import Answer
from aidx_assistant.answers_in_words import answered_by, whole_report_in_words
from aidx_assistant.claude.usage import usage_in_words


def origin_of(answer: Answer) -> str:
    """Who answered, how fast, for how much."""
    if answer.mode == "extractive":
        return f"No model: quoted from the sources · {answer.timings.total / 1000:.1f} s"
    if answer.model is None:
        return "No model was asked."
    parts = [answered_by(answer)]
    if answer.answered and not answer.cited_by_model:
        parts.append("not cited by the model: sources found by matching")
    parts.append(f"{answer.timings.total / 1000:.1f} s")
    if answer.usage:
        parts.extend(usage_in_words(answer.usage))
    if answer.whole_report:
        parts.append(whole_report_in_words(answer))
    return " · ".join(parts)
