"""The two scores of a job.

    opportunity = (100 · pain / pain scale + manual) / 2
    adoption    = 100 · Σ weight(stage) · count(stage) / Σ count(stage)

The method is that of the AI Dx Index as notes on the report describe it; the report's own account of it and its
weights are not known to aidx. Scores are rounded to one decimal before anything compares them, so that what is shown
is what is compared.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext

from aidx_assistant.dx.jobs import PAIN_SCALE, Job
from aidx_assistant.dx.weights import DEFAULT_WEIGHTS, Weights

_DECIMALS = Decimal("0.1")
_PRECISION = 60
"""Digits that no sum of ours exceeds: scores do not depend on the order in which they are added up."""


def opportunity(job: Job, pain_scale: Decimal = PAIN_SCALE) -> Decimal:
    """0 to 100: the mean of how painful and how manual a job is."""
    with localcontext(prec=_PRECISION):
        return _rounded((100 * job.pain / pain_scale + job.manual) / 2)


def adoption(job: Job, weights: Weights = DEFAULT_WEIGHTS) -> Decimal | None:
    """0 to 100: how far the job's use cases have come; None for a job without any.

    Raises KeyError for a stage that has no weight.
    """
    if not job.use_cases:
        return None
    by_stage = weights.by_stage
    with localcontext(prec=_PRECISION):
        weighted = sum((by_stage[stage] * count for stage, count in job.counts), Decimal(0))
        return _rounded(100 * weighted / job.use_cases)


def _rounded(score: Decimal) -> Decimal:
    return score.quantize(_DECIMALS, ROUND_HALF_UP)
