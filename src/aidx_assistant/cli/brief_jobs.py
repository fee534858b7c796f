"""The user's own jobs for a brief, read and scored before anything is drafted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aidx_assistant.errors import UsageError

if TYPE_CHECKING:
    from aidx_assistant.dx.index import DxIndex
    from aidx_assistant.dx.reading import JobFile


@dataclass(frozen=True, slots=True)
class ScoredJobs:
    """The jobs of a file."""

    index: DxIndex
    file: JobFile


def scored_jobs(file: str | None, weights: str | None) -> ScoredJobs | None:
    """None where no file is named. Tells on standard error which rows are not used, and why.

    Raises UsageError where no row can be used, and for weights without a file.
    """
    if file is None:
        if weights is not None:
            raise UsageError("--weights is for jobs of your own, and no file is named.", "Name one: --jobs jobs.csv")
        return None
    from aidx_assistant.cli.dx_view import no_job_in, show_invalid
    from aidx_assistant.dx.index import dx_index
    from aidx_assistant.dx.reading import read_jobs
    from aidx_assistant.dx.scoring import Scoring, weights_in_text

    found = read_jobs(file, Scoring(weights_in_text(weights, "--weights") if weights is not None else {}))
    show_invalid(found)
    if not found.jobs:
        raise no_job_in(found)
    index = dx_index(found.jobs, found.weights, found.split, found.pain_scale, found.refused)
    return ScoredJobs(index, found)
