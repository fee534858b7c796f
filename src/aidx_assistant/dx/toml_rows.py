"""Rows of jobs, and how to score them, from a TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any

from aidx_assistant.dx.jobs import FIELDS, stage_named
from aidx_assistant.dx.rows import Row, RowsOfFile, nearest
from aidx_assistant.dx.scoring import Scoring, pain_scale_in, split_in, weights_by_stage
from aidx_assistant.dx.toml_lines import JobLines, job_lines
from aidx_assistant.errors import UsageError

_TOP = ("jobs", "weights", "split", "pain_scale")
_OF_A_JOB = (*FIELDS, "stages")
_EXAMPLE = "See a file to start from: aidx dx --example toml"


def toml_content(text: str, file: str) -> Mapping[str, Any]:
    """The file as a table with a list of tables `jobs`. Raises UsageError where it is none."""
    try:
        content = tomllib.loads(text, parse_float=Decimal)
    except ValueError as error:  # TOMLDecodeError is one, and so is a number of thousands of digits
        raise UsageError(f"{file} is no valid TOML: {error}.", _EXAMPLE) from None
    except RecursionError:
        raise UsageError(f"{file} is no valid TOML: it is nested too deeply.", _EXAMPLE) from None
    for key in content:
        if key not in _TOP:
            meant = nearest(key, _TOP)
            raise UsageError(
                f"{file}: there is no setting “{key[:60]}”{f'; did you mean “{meant}”?' if meant else '.'}",
                f"Known: {', '.join(_TOP)}.",
            )
    jobs = content.get("jobs")
    if not isinstance(jobs, list) or not all(isinstance(job, dict) for job in jobs):
        raise UsageError(f"{file} has no jobs, each below a line [[jobs]].", _EXAMPLE)
    return content


def toml_scoring(content: Mapping[str, Any], file: str) -> Scoring:
    """Weights, thresholds and scale that the file asks for. Raises UsageError."""
    weights = content.get("weights", {})
    if not isinstance(weights, dict):
        raise UsageError(f"{file}: weights is no table.", _EXAMPLE)
    return Scoring(
        weights_by_stage(list(weights.items()), f"{file}, weights"),
        split_in(content["split"], f"{file}, split") if "split" in content else None,
        pain_scale_in(content["pain_scale"], f"{file}, pain_scale") if "pain_scale" in content else None,
    )


def toml_rows(content: Mapping[str, Any], text: str, stages: Collection[str]) -> RowsOfFile:
    """The jobs of a file as rows, each with the lines it stands on in the text."""
    jobs: list[Mapping[str, Any]] = content["jobs"]
    rows = tuple(_row(job, lines, stages) for job, lines in zip(jobs, job_lines(text), strict=True))
    named = {stage_named(stage) for job in jobs for stage in _stages_of(job)}
    unused = dict.fromkeys(key for job in jobs for key in job if _means_nothing(key, stages))
    return RowsOfFile(rows, frozenset(named), tuple(unused))


def _row(job: Mapping[str, Any], lines: JobLines, stages: Collection[str]) -> Row:
    invalid = list(_misplaced(job, stages))
    counts: dict[str, object] = {}
    names = {stage_named(key): key for key in _stages_of(job)}
    for key, count in _stages_of(job).items():
        stage = stage_named(key)
        if stage in counts:
            invalid.append((stage, "is counted twice, under two names"))
        elif stage in stages:
            counts[stage] = count
        else:
            meant = nearest(stage, stages)
            why = f"did you mean “{meant}”?" if meant else "give it one below [weights] or with --weights"
            invalid.append((stage, f"is a stage without a weight; {why}"))
    if not isinstance(job.get("stages", {}), dict):
        invalid.append(("stages", "is no table; write: stages = { pilot = 2 }"))
    places = {path[0]: line for path, line in lines.keys.items()}
    places |= {stage: lines.keys.get(("stages",), lines.line) for stage in names}
    places |= {stage_named(path[1]): line for path, line in lines.keys.items() if path[0] == "stages" and path[1:]}
    return Row(lines.line, {field: job.get(field) for field in FIELDS}, counts, places, names, tuple(invalid))


def _stages_of(job: Mapping[str, Any]) -> Mapping[str, Any]:
    stages = job.get("stages")
    return stages if isinstance(stages, dict) else {}


def _misplaced(job: Mapping[str, Any], stages: Collection[str]) -> Iterable[tuple[str, str]]:
    """Keys of a job that were meant to be something, and are not: field and why."""
    for key in job:
        if key in _OF_A_JOB:
            continue
        if stage_named(key) in stages:
            yield key, f"belongs into stages; write: stages = {{ {key} = … }}"
        elif meant := nearest(key, {*_OF_A_JOB, *stages}):
            yield key, f"is not known; did you mean “{meant}”?"


def _means_nothing(key: str, stages: Collection[str]) -> bool:
    return key not in _OF_A_JOB and stage_named(key) not in stages and not nearest(key, {*_OF_A_JOB, *stages})
