"""What a run of questions comes to: means with 95% intervals by bootstrap."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aidx_assistant.evaluation.judged import Judged, Retrieved

_RESAMPLES = 2_000
_SEED = 20_250_415
"""The same questions give the same interval."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A mean over questions, with the interval in which 95% of the means of resampled questions lie."""

    mean: float
    low: float
    high: float
    questions: int


@dataclass(frozen=True, slots=True)
class MeasureKind:
    """A measure by name: its value for a question, None where it does not apply."""

    key: str
    name: str
    value: Callable[[Judged], float | None]
    target: float | None = None
    """From which it is met; below which, for what is to be small."""
    is_small: bool = False


def _of_places(value: Callable[[Retrieved], float]) -> Callable[[Judged], float | None]:
    return lambda one: None if one.retrieved is None else value(one.retrieved)


def _where(applies: Callable[[Judged], bool], value: Callable[[Judged], float]) -> Callable[[Judged], float | None]:
    return lambda one: value(one) if applies(one) else None


def _is_answerable(one: Judged) -> bool:
    return one.question.is_answered


def _is_unanswerable(one: Judged) -> bool:
    return not one.question.is_answered


def _was_answered(one: Judged) -> bool:
    return one.answered


def _declined(one: Judged) -> float:
    return float(not one.answered)


KINDS: tuple[MeasureKind, ...] = (
    MeasureKind("recall_budget", "places within the token budget", _of_places(lambda one: one.within_budget), 0.99),
    MeasureKind("recall_3", "places among the first three passages", _of_places(lambda one: one.within_three)),
    MeasureKind("mrr", "reciprocal rank of the first right place", _of_places(lambda one: one.reciprocal_rank)),
    MeasureKind("first", "right place first", _of_places(lambda one: float(one.first)), 0.85),
    MeasureKind("figures", "gold figures given and rightly cited", lambda one: one.figures_right, 0.90),
    MeasureKind("citation_precision", "citations at a right place", lambda one: one.citation_precision),
    MeasureKind("citation_recall", "right places cited", lambda one: one.citation_recall),
    MeasureKind("declined", "unanswerable questions declined", _where(_is_unanswerable, _declined), 0.95),
    MeasureKind("refused", "answerable questions refused", _where(_is_answerable, _declined), 0.05, is_small=True),
    MeasureKind(
        "unsupported",
        "unsupported figures in an answer",
        _where(_was_answered, lambda one: float(len(one.answer.checks.figures_unsupported))),
        0.0,
        is_small=True,
    ),
    MeasureKind("words", "words of an answer", _where(_was_answered, lambda one: float(len(one.answer.text.split())))),
)


def measured(judgements: Sequence[Judged]) -> dict[str, Measure]:
    """Every measure that applies to any of these questions, by key."""
    found = {}
    for kind in KINDS:
        values = [value for one in judgements if (value := kind.value(one)) is not None]
        if values:
            found[kind.key] = _measure(values)
    return found


def is_met(kind: MeasureKind, measure: Measure) -> bool | None:
    """Whether a measure's target is met; None where it has none."""
    if kind.target is None:
        return None
    return measure.mean <= kind.target if kind.is_small else measure.mean >= kind.target


def _measure(values: Sequence[float]) -> Measure:
    draw = random.Random(_SEED)
    count = len(values)
    means = sorted(sum(draw.choices(values, k=count)) / count for _ in range(_RESAMPLES))
    return Measure(sum(values) / count, means[int(0.025 * _RESAMPLES)], means[int(0.975 * _RESAMPLES) - 1], count)
