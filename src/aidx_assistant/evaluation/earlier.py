"""An earlier run, as `aidx eval --json` printed it, to hold a new one against."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from aidx_assistant.evaluation.evaluation import EXTRACTIVE, SCHEMA
from aidx_assistant.plurals import counted


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """What the questions came to then."""

    answerer: str
    questions: int
    means: Mapping[str, float]
    """Of every measure there was, by its key."""

    @property
    def in_words(self) -> str:
        """`Before: 280 questions, answered by claude-opus-5-5.`"""
        return f"Before: {asked_and_answered(self.questions, '', self.answerer)}."


def earlier_run(text: str) -> EarlierRun:
    """Raises ValueError, in words for the user, for what is no run of this version's."""
    try:
        told = json.loads(text)
        schema, answerer, questions = told["schema"], str(told["answerer"]), int(told["questions"])
        means = {str(key): float(measure["mean"]) for key, measure in told["overall"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError("is no earlier run") from error
    if schema != SCHEMA:
        raise ValueError("is an earlier run of another version of aidx")
    return EarlierRun(answerer, questions, means)


def asked_and_answered(questions: int, halves: str, answerer: str) -> str:
    """`297 questions (test half), answered without a model`."""
    by = "without a model" if answerer == EXTRACTIVE else f"by {answerer}"
    return f"{counted(questions, 'question')}{f' ({halves})' if halves else ''}, answered {by}"
