"""The user's own jobs for a brief, from a path that was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aidx_assistant.errors import UsageError
from aidx_assistant.tui.screens.saving import typed_path

if TYPE_CHECKING:
    from aidx_assistant.dx.index import DxIndex


def jobs_at(typed: str) -> tuple[DxIndex, str]:
    """The jobs of a file, scored, and what of it is not used, in a sentence or "".

    Raises UsageError where it cannot be read or has no job that can be scored.
    """
    from aidx_assistant.dx.index import dx_index
    from aidx_assistant.dx.reading import read_jobs

    found = read_jobs(str(typed_path(typed)))
    faults = [f"line {fault.line}, {fault.field}: {fault.why}" for fault in found.invalid]
    left_out = f"Not scored: {found.rows - len(found.jobs)} of {found.rows} jobs. " if faults else ""
    if not found.jobs:
        raise UsageError(f"This file has no job that can be scored: {faults[0]}.", "aidx dx tells every row.")
    more = f" And {len(faults) - 1} more: aidx dx tells all." if len(faults) > 1 else ""
    told = f"{left_out}{faults[0][:1].upper()}{faults[0][1:]}.{more}" if faults else ""
    return dx_index(found.jobs, found.weights, found.split, found.pain_scale, found.refused), told
