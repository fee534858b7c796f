"""A whole run: every question asked, and what it comes to, all in all and by kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.evaluation.judged import Judged, judged
from aidx_assistant.evaluation.measures import Measure, measured
from aidx_assistant.evaluation.questions import KnownQuestion

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the questions came to."""

    answerer: str
    """extractive, or the name of the model."""
    judgements: tuple[Judged, ...]

    @property
    def overall(self) -> dict[str, Measure]:
        return measured(self.judgements)

    def by_kind(self) -> dict[str, dict[str, Measure]]:
        kinds = dict.fromkeys(one.question.kind for one in self.judgements)
        return {kind: measured([one for one in self.judgements if one.question.kind == kind]) for kind in kinds}

    @property
    def wrong(self) -> tuple[Judged, ...]:
        """Declined though answerable, answered though not, or without a gold figure."""
        return tuple(one for one in self.judgements if _is_wrong(one))


def evaluate(
    assistant: Assistant, questions: Sequence[KnownQuestion], progress: Callable[[int, int], None]
) -> Evaluation:
    """Asks every question; `progress` is told how many of how many are done. Raises what the assistant raises."""
    judgements = []
    for done, question in enumerate(questions):
        progress(done, len(questions))
        judgements.append(judged(assistant, question))
    progress(len(questions), len(questions))
    return Evaluation(assistant.settings.model if assistant.asks_claude else "extractive", tuple(judgements))


def evaluation_as_json(evaluation: Evaluation) -> dict[str, Any]:
    """The object that `aidx eval --json` prints."""
    return {
        "schema": SCHEMA,
        "answerer": evaluation.answerer,
        "questions": len(evaluation.judgements),
        "overall": _as_json(evaluation.overall),
        "by_kind": {kind: _as_json(measures) for kind, measures in evaluation.by_kind().items()},
        "wrong": [
            {
                "kind": one.question.kind,
                "question": one.question.ask,
                "answered": one.answered,
                "answerable": one.question.is_answered,
                "figures_right": one.figures_right,
                "answer": one.answer.text,
            }
            for one in evaluation.wrong
        ],
    }


def _is_wrong(one: Judged) -> bool:
    if one.answered != one.question.is_answered:
        return True
    return one.figures_right is not None and one.figures_right < 1


def _as_json(measures: dict[str, Measure]) -> dict[str, Any]:
    return {
        key: {name: round(value, 4) for name, value in asdict(measure).items()} for key, measure in measures.items()
    }
