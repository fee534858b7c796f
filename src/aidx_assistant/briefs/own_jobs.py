"""The user's own jobs in a brief: the section “Where to look first”, its table, and what has to be said with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aidx_assistant.dx.index import DxIndex, ScoredJob
from aidx_assistant.dx.weights import shown

HEADING = "Where to look first (AI Dx Index on your own jobs)"
KEY = "own-jobs"
COLUMNS = ("Job", "Opportunity", "Adoption", "Quadrant")
MOST_ROWS = 8
FEWEST_ROWS = 3
YOUR_OWN = "Your own numbers, of no source; the scores are an own calculation."
PUT_IN = "Put in (stage counts are use cases by stage, in the order of the weights):"
SHORT_CAVEAT = (
    "The method is known from notes on the report only, and its weights are not: not to be set beside published scores."
)
NO_SCORE = "–"
NO_COUNTS = "no stage counts"
REFUSED = "Not scored, as their rows have faults:"
_MARKS = re.compile(r"\*\*|\[\d+\]")
_NOWHERE = "For none of them opportunity is high and adoption low."
_MOST_REFUSED = 5
_NAMED = 3
"""Jobs to look at first that are named in the sentence above the table."""


@dataclass(frozen=True, slots=True)
class OwnJobs:
    """Scored jobs as a brief shows them."""

    index: DxIndex
    rows: int = MOST_ROWS
    """Of the table, at most: the jobs at the head of the list."""

    @property
    def shown(self) -> tuple[ScoredJob, ...]:
        return self.index.jobs[: self.rows]

    @property
    def lead(self) -> str:
        """Whose numbers these are, where to look first, and whether all jobs are in the table."""
        first = [name_of(scored) for scored in self.index.within("look first")]
        named = "; ".join(first[:_NAMED]) + (f"; and {len(first) - _NAMED} more" if len(first) > _NAMED else "")
        where = f"Opportunity is high and adoption low for: **{named}**." if first else _NOWHERE
        count = len(self.index.jobs)
        cut = f" The table has the first {self.rows} of {count} jobs." if count > self.rows else ""
        refused = f" {REFUSED} {_listed(self.index.refused)}." if self.index.refused else ""
        return f"{YOUR_OWN} {where}{cut}{refused}"

    @property
    def table(self) -> tuple[tuple[str, ...], ...]:
        """Its rows below `COLUMNS`; each job by its number, which the picture has too."""
        return tuple((f"{scored.number}. {name_of(scored)}", *scores_of(scored)) for scored in self.shown)

    @property
    def notes(self) -> tuple[str, ...]:
        """The sentences without which the scores may not be shown, what they were computed from first."""
        stages = self.index.weights.stages
        inputs = " ".join(_put_in(scored, stages) for scored in self.shown)
        return (f"{PUT_IN} {inputs}", *self.index.notes)

    @property
    def listed(self) -> tuple[str, ...]:
        """The rows of the table as a line each, for where a table has no room."""
        return tuple(f"{name}: {gain} / {reached}, {where}" for name, gain, reached, where in self.table)

    @property
    def short_note(self) -> str:
        """What `notes` say, as shortly as can be."""
        return f"Job: opportunity / adoption. Weights: {self.index.weights.origin}. {SHORT_CAVEAT}"


def name_of(scored: ScoredJob) -> str:
    """The job's name, without what a brief would take for a mark of its own."""
    return _without_marks(scored.job.name) or f"job {scored.number}"


def scores_of(scored: ScoredJob) -> tuple[str, str, str]:
    """Opportunity, adoption and quadrant as the table has them."""
    adoption = NO_SCORE if scored.adoption is None else str(scored.adoption)
    return str(scored.opportunity), adoption, scored.quadrant or NO_COUNTS


def _put_in(scored: ScoredJob, stages: Sequence[str]) -> str:
    """`Job 1: pain 8.5, manual work 85%, stage counts 3/2/1/0/0.`"""
    job, counts = scored.job, dict(scored.job.counts)
    by_stage = "/".join(str(counts.get(stage, 0)) for stage in stages)
    told = f"stage counts {by_stage}" if counts else NO_COUNTS
    return f"Job {scored.number}: pain {shown(job.pain)}, manual work {shown(job.manual)}%, {told}."


def _listed(names: Sequence[str]) -> str:
    more = [f"and {len(names) - _MOST_REFUSED} more"] if len(names) > _MOST_REFUSED else []
    return "; ".join([*map(_without_marks, names[:_MOST_REFUSED]), *more])


def _without_marks(name: str) -> str:
    return " ".join(_MARKS.sub("", name).split())
