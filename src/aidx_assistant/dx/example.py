"""A small valid file to start from; its jobs are of the kind that a provider has, and their numbers are invented."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from aidx_assistant.dx.jobs import PAIN_SCALE, STAGES, Job
from aidx_assistant.dx.quadrants import Split
from aidx_assistant.dx.weights import DEFAULT_WEIGHTS, shown
from aidx_assistant.dx.writing import jobs_as_csv, jobs_as_toml, key, split_as_text

ExampleFormat = Literal["csv", "toml"]
INVENTED = "The numbers are invented: put your own in their place."

_ROWS = (
    ("Prior authorisation requests", "8.5", 85, (3, 2, 1, 0, 0)),
    ("Appeals of denied claims", "8", 75, (4, 1, 0, 0, 0)),
    ("Clinical documentation", "9", 70, (0, 1, 2, 3, 6)),
    ("Coding of encounters", "6.5", 60, (1, 1, 2, 2, 3)),
    ("Referral intake", "7", 80, (0, 0, 0, 0, 0)),
    ("Patient scheduling", "5", 45, (2, 1, 1, 0, 0)),
    ("Eligibility checks", "4", 20, (0, 0, 1, 2, 5)),
    ("Staff rostering", "4.5", 40, (3, 0, 1, 0, 0)),
)
_HEAD = f"""\
# Jobs for `aidx dx`. {INVENTED}
#   pain    how painful the job is, from 0 to pain_scale
#   manual  share of its work that is done by hand, in percent
#   stages  how many use cases of AI are in which stage; without any, the job has no adoption score

# pain_scale = {shown(PAIN_SCALE)}
# split = {split_as_text(Split())}    # from where on a score is high; "60/40" for opportunity and adoption

# What a use case counts in its stage, 0 to 1. Below is the default of aidx; the report's weights are not known to it.
# [weights]
{chr(10).join(f"# {key(stage)} = {shown(weight)}" for stage, weight in DEFAULT_WEIGHTS.values)}

"""


def example(file_format: ExampleFormat) -> str:
    """The text of the file."""
    jobs = [
        Job(
            name,
            Decimal(pain),
            Decimal(manual),
            tuple((stage, count) for stage, count in zip(STAGES, counts, strict=True) if count),
        )
        for name, pain, manual, counts in _ROWS
    ]
    if file_format == "csv":
        return jobs_as_csv(jobs)
    return _HEAD + jobs_as_toml(jobs)
