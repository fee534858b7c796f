"""A whole run: every question asked, and what it comes to, all in all and by kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.errors import ClaudeError
from aidx_assistant.evaluation.judged import Judged, judged
from aidx_assistant.evaluation.measures import Measure, measured
from aidx_assistant.evaluation.questions import KnownQuestion
from aidx_assistant.plurals import counted

SCHEMA = 1
EXTRACTIVE = "extractive"
"""Who answers without a model."""
_BY_USER = "you interrupted it."


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the questions came to."""

    answerer: str
    """EXTRACTIVE, or the name of the model."""
    judgements: tuple[Judged, ...]
    stopped: str = ""
    """Why no more questions were asked, in a sentence; empty where all were."""
    left_out: int = 0
    """Questions that were not asked any more."""
    by_user: bool = False
    """Whether the user stopped it."""

    @property
    def stopped_in_words(self) -> str:
        """`Stopped after 3 of 40 questions: …`; empty where all were asked."""
        done = len(self.judgements)
        return (
            f"Stopped after {counted(done, 'question', of=done + self.left_out)}: {self.stopped}"
            if self.stopped
            else ""
        )

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
    """Asks every question; `progress` is told how many of how many are done.

    Where Claude cannot be asked any more (a limit on its cost, the network) or the user stops it, what was done by then
    is kept. Raises what the assistant raises otherwise, and that too where nothing was done.
    """
    judgements: list[Judged] = []
    stopped, by_user = "", False
    try:
        for done, question in enumerate(questions):
            progress(done, len(questions))
            judgement = judged(assistant, question)
            if judgement.answer.stopped_by_user:
                raise KeyboardInterrupt
            judgements.append(judgement)
        progress(len(questions), len(questions))
    except (ClaudeError, KeyboardInterrupt) as error:
        if not judgements:
            raise
        by_user = isinstance(error, KeyboardInterrupt)
        stopped = error.title if isinstance(error, ClaudeError) else _BY_USER
    answerer = assistant.settings.model if assistant.asks_claude else EXTRACTIVE
    return Evaluation(answerer, tuple(judgements), stopped, len(questions) - len(judgements), by_user)


def evaluation_as_json(evaluation: Evaluation) -> dict[str, Any]:
    """The object that `aidx eval --json` prints."""
    return {
        "schema": SCHEMA,
        "answerer": evaluation.answerer,
        "questions": len(evaluation.judgements),
        "left_out": evaluation.left_out,
        "stopped": evaluation.stopped or None,
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
