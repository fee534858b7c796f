"""Reads a file of jobs: every valid job, and line, field and reason for every row that is not."""

from __future__ import annotations

import re
import sys
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from aidx_assistant.dx.csv_rows import csv_rows
from aidx_assistant.dx.jobs import PAIN_SCALE, STAGES, Job
from aidx_assistant.dx.quadrants import Split
from aidx_assistant.dx.rows import Invalid, jobs_in, nearest
from aidx_assistant.dx.scoring import Scoring
from aidx_assistant.dx.toml_rows import toml_content, toml_rows, toml_scoring
from aidx_assistant.dx.weights import Weights, weights_of
from aidx_assistant.errors import ReadingError, UsageError
from aidx_assistant.reading.decoding import LARGEST, decoded

STANDARD_INPUT = "-"
_TOML = re.compile(r"""^[ \t]*(?:\[\[?[\w \t."'-]+\]\]?[ \t]*(?:\#.*)?\r?$|jobs[ \t]*=[ \t]*\[)""", re.MULTILINE)
"""A table's header, or a list of jobs."""
_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class JobFile:
    """What a file holds, and by what its jobs are to be scored: flags first, then what the file says, then defaults."""

    file: str
    """As the user named it."""
    jobs: tuple[Job, ...]
    invalid: tuple[Invalid, ...]
    rows: int
    """Jobs that the file names, valid or not."""
    unused: tuple[str, ...]
    """Columns or keys that are not used, as the file writes them."""
    weights: Weights
    split: Split
    pain_scale: Decimal

    @property
    def refused(self) -> tuple[str, ...]:
        """The jobs that are not scored, by name, or by line where the row has no name that can be read."""
        return tuple(dict.fromkeys(fault.job or f"line {fault.line}" for fault in self.invalid))


def read_jobs(name: str, wishes: Scoring | None = None) -> JobFile:
    """Reads a CSV or TOML file, or standard input for "-"; the name or, where that says nothing, the text tells which.

    Raises UsageError, with the file's name, where it cannot be read as a whole, and where `wishes` weigh a stage that
    it does not name.
    """
    file = "standard input" if name == STANDARD_INPUT else name
    return jobs_of_text(_text(name, file), file, wishes or Scoring())


def jobs_of_text(text: str, file: str, wishes: Scoring) -> JobFile:
    """The same for a text; `file` is what it is called."""
    if not text.strip():
        raise UsageError(f"{file} is empty.", "See a file to start from: aidx dx --example")
    named: set[str] = set()
    suffix = Path(file).suffix.lower()
    if suffix == ".toml" or (suffix not in {".csv", ".tsv"} and _TOML.search(text)):
        content = toml_content(text, file)
        of_file = toml_scoring(content, file)
        wishes = wishes.over(of_file)
        weights = weights_of(wishes.weights)
        found = toml_rows(content, text, weights.stages)
        named |= {stage for stage in of_file.weights if not nearest(stage, STAGES)}
    else:
        weights = weights_of(wishes.weights)
        found = csv_rows(text, file, weights.stages)
    if not found.rows:
        raise UsageError(f"{file} has no jobs.", "See a file to start from: aidx dx --example")
    _check_weights(weights, named | found.stages, file)
    pain_scale = wishes.pain_scale or found.pain_scale or PAIN_SCALE
    jobs, invalid = jobs_in(found.rows, pain_scale)
    return JobFile(file, jobs, invalid, len(found.rows), found.unused, weights, wishes.split or Split(), pain_scale)


def _check_weights(weights: Weights, in_file: AbstractSet[str], file: str) -> None:
    for stage in weights.stages:
        if stage not in STAGES and stage not in in_file:
            meant = nearest(stage, {*STAGES, *in_file})
            guess = f"Did you mean “{meant}”? " if meant else ""
            raise UsageError(
                f"There is a weight for “{stage}”, but {file} names no such stage.",
                f"{guess}Stages that need no naming: {', '.join(STAGES)}.",
            )
    if not any(weight for _, weight in weights.values):
        raise UsageError("Every weight is 0, so every adoption score would be.", "Give a later stage more.")


def _text(name: str, file: str) -> str:
    try:
        content = _content(name)
    except IsADirectoryError:
        raise UsageError(f"{file} is a folder.", "Name a CSV or TOML file of jobs.") from None
    except (OSError, ValueError) as error:  # a name with a NUL character is a ValueError
        reason = error.strerror if isinstance(error, OSError) else None
        raise UsageError(f"{file} cannot be read: {reason or error}.", "Name a CSV or TOML file of jobs.") from None
    if len(content) > LARGEST:
        raise UsageError(f"{file} is larger than {LARGEST // 1024**2} MB.", "Split it into parts.")
    if content.startswith((_ZIP, _OLD_EXCEL)):
        raise UsageError(f"{file} is no text: it looks like a workbook.", "Save the sheet as CSV.")
    try:
        return decoded(content)
    except ReadingError as error:
        raise UsageError(f"{file}: {error.title[:1].lower()}{error.title[1:]}", error.hint) from None


def _content(name: str) -> bytes:
    """At most one byte more than may be read."""
    if name == STANDARD_INPUT:
        return sys.stdin.buffer.read(LARGEST + 1) if sys.stdin else b""
    with Path(name).open("rb") as stream:
        return stream.read(LARGEST + 1)
