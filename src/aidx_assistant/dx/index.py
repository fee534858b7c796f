"""The user's own AI Dx Index: every job with its scores, its quadrant and its number in the list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from aidx_assistant.dx.jobs import PAIN_SCALE, Job
from aidx_assistant.dx.quadrants import IN_WORDS, QUADRANTS, Quadrant, Split, quadrant_of
from aidx_assistant.dx.scores import adoption, opportunity
from aidx_assistant.dx.weights import DEFAULT_WEIGHTS, Weights, shown

FORMULA = (
    "opportunity is the mean of pain, as a share of its scale, and the share of manual work; adoption is the average "
    "weight of a job's use cases; both from 0 to 100"
)
CAVEAT = (
    "The method follows notes on the AI Dx Index, not the report itself, and the report's weights are not known to "
    "aidx: these scores cannot be set beside the published ones."
)
"""What every output says of the method."""


@dataclass(frozen=True, slots=True)
class ScoredJob:
    """A job and what became of it."""

    number: int
    """Its place in the list, from 1: by it a chart names the job."""
    job: Job
    opportunity: Decimal
    adoption: Decimal | None
    """None where the job has no use case in any stage."""
    quadrant: Quadrant | None
    """None where there is no adoption score."""


@dataclass(frozen=True, slots=True)
class DxIndex:
    """Scored jobs, and by what they were scored."""

    jobs: tuple[ScoredJob, ...]
    weights: Weights = DEFAULT_WEIGHTS
    split: Split = Split()
    pain_scale: Decimal = PAIN_SCALE
    refused: tuple[str, ...] = ()
    """Jobs of the same file whose rows cannot be scored, by name or line."""

    def within(self, quadrant: Quadrant | None) -> tuple[ScoredJob, ...]:
        """The jobs of a quadrant; with None, those that have no adoption score."""
        return tuple(scored for scored in self.jobs if scored.quadrant == quadrant)

    @property
    def notes(self) -> tuple[str, ...]:
        """The sentences without which the scores may not be shown: weights, thresholds, method."""
        high = f"opportunity from {shown(self.split.opportunity)}, adoption from {shown(self.split.adoption)}"
        return (
            f"Weights: {self.weights.origin} ({self.weights.listed}).",
            f"High: {high}. Pain: 0 to {shown(self.pain_scale)}.",
            f"Method: {FORMULA}. {CAVEAT}",
        )

    @property
    def in_words(self) -> str:
        """The chart in a few sentences, for who cannot see it."""
        counted = [
            f"{quadrant} ({IN_WORDS[quadrant]}): {_counted(self.within(quadrant))}" for quadrant in QUADRANTS
        ]  # fmt: skip
        left_out = self.within(None)
        tail = f" Without stage counts, so not drawn: {_counted(left_out)}." if left_out else ""
        return f"Jobs by opportunity and adoption score. {'; '.join(counted)}.{tail}"


def dx_index(
    jobs: Iterable[Job],
    weights: Weights = DEFAULT_WEIGHTS,
    split: Split | None = None,
    pain_scale: Decimal = PAIN_SCALE,
    refused: tuple[str, ...] = (),
) -> DxIndex:
    """Scores jobs with names that differ, and numbers them: where to look first first, then by opportunity.

    The order in which the jobs come does not matter. Raises KeyError for a stage that has no weight.
    """
    split = split or Split()
    scored = sorted((_scored(job, weights, split, pain_scale) for job in jobs), key=_rank)
    numbered = (ScoredJob(number, *found) for number, found in enumerate(scored, 1))
    return DxIndex(tuple(numbered), weights, split, pain_scale, refused)


_Found = tuple[Job, Decimal, Decimal | None, Quadrant | None]


def _scored(job: Job, weights: Weights, split: Split, pain_scale: Decimal) -> _Found:
    gain, reached = opportunity(job, pain_scale), adoption(job, weights)
    return job, gain, reached, None if reached is None else quadrant_of(gain, reached, split)


def _rank(found: _Found) -> tuple[int, Decimal, Decimal, str]:
    job, gain, reached, quadrant = found
    place = QUADRANTS.index(quadrant) if quadrant else len(QUADRANTS)
    return place, -gain, reached or Decimal(0), job.name


def _counted(jobs: tuple[ScoredJob, ...]) -> str:
    """The names of up to five jobs, then how many more; or "none"."""
    names = [f"{scored.number} {scored.job.name}" for scored in jobs[:5]]
    more = [f"{len(jobs) - 5} more"] if len(jobs) > 5 else []
    return ", ".join(names + more) or "none"
