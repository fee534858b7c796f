"""own-score-wrong: the scores of the user's own jobs are what was put in for them gives."""

from __future__ import annotations

from collections.abc import Iterator

from aidx_assistant.briefs.brief import Fault
from aidx_assistant.briefs.own_jobs import name_of, scores_of
from aidx_assistant.briefs.written.own_jobs import WrittenJobs

OWN_SCORE_WRONG = "own-score-wrong"


def own_score_faults(found: WrittenJobs | None) -> Iterator[Fault]:
    """A fault for each score or quadrant that computing it anew does not give."""
    if found is None:
        return
    computed = {scored.job.name: scores_of(scored) for scored in found.jobs.index.jobs}
    for row in found.rows:
        right = computed[row.name]
        for what, shown, given in zip(
            ("opportunity", "adoption", "quadrant"), (row.opportunity, row.adoption, row.quadrant), right, strict=True
        ):
            if shown.strip(" *") != given:
                problem = f"{row.name}: {what} {shown or 'is empty'}; what was put in for it gives {given}."
                yield Fault(OWN_SCORE_WRONG, row.where, problem)
    yield from _first_faults(found)


def _first_faults(found: WrittenJobs) -> Iterator[Fault]:
    """Jobs that are named as those to look at first, and are not."""
    right = [name_of(scored) for scored in found.jobs.index.within("look first")]
    for name in found.first or ():
        if name not in right:
            those = f"these are {'; '.join(right)}" if right else "there is none"
            problem = f"“{name}” is no job of the table with high opportunity and low adoption; {those}."
            yield Fault(OWN_SCORE_WRONG, found.where, problem)
