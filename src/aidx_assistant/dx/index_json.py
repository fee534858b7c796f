"""An index as JSON, to be kept and scored again: what was put in, not what came out."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from aidx_assistant.dx.index import DxIndex, dx_index
from aidx_assistant.dx.jobs import Job
from aidx_assistant.dx.quadrants import Split
from aidx_assistant.dx.weights import Weights, shown


def index_inputs(index: DxIndex) -> dict[str, Any]:
    """Numbers stand as text, so that none of their digits changes."""
    return {
        "weights": {stage: shown(weight) for stage, weight in index.weights.values},
        "weights_yours": [stage for stage in index.weights.stages if stage in index.weights.yours],
        "split": {"opportunity": shown(index.split.opportunity), "adoption": shown(index.split.adoption)},
        "pain_scale": shown(index.pain_scale),
        "refused": list(index.refused),
        "jobs": [
            {
                "name": scored.job.name,
                "pain": shown(scored.job.pain),
                "manual": shown(scored.job.manual),
                "stages": dict(scored.job.counts),
                "line": scored.job.line,
            }
            for scored in index.jobs
        ],
    }


def index_of_inputs(content: Mapping[str, Any]) -> DxIndex:
    """The index, scored anew. Raises ValueError, KeyError, TypeError or AttributeError for any other content."""
    try:
        weights = Weights(
            tuple((stage, Decimal(weight)) for stage, weight in content["weights"].items()),
            frozenset(content["weights_yours"]),
        )
        split = Split(Decimal(content["split"]["opportunity"]), Decimal(content["split"]["adoption"]))
        jobs = [
            Job(
                job["name"],
                Decimal(job["pain"]),
                Decimal(job["manual"]),
                tuple((stage, int(count)) for stage, count in job["stages"].items()),
                job["line"],
            )
            for job in content["jobs"]
        ]
        refused = tuple(map(str, content.get("refused", ())))  # briefs were kept without it before
        return dx_index(jobs, weights, split, Decimal(content["pain_scale"]), refused)
    except (InvalidOperation, ZeroDivisionError) as error:
        raise ValueError("its jobs hold what is no number") from error
