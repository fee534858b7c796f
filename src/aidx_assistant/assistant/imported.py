"""What became of one thing that was to be read."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Literal

from aidx_assistant.errors import Remedy
from aidx_assistant.library.records import Import

Outcome = Literal["added", "updated", "unchanged", "skipped", "failed"]


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one thing that was to be read."""

    origin: str
    outcome: Outcome
    source_id: str | None = None
    title: str = ""
    reason: str = ""
    """Why it was skipped or failed, in one sentence."""
    hint: str = ""
    remarks: tuple[str, ...] = ()
    """What the user must know of the reading, each in one sentence."""
    figures: int = 0
    """How many figures were found in it."""
    remedies: tuple[Remedy, ...] = ()
    """What helps, for a face with words of its own for it."""


def not_there(name: str, known: Import | None) -> Imported:
    if os.path.islink(name):
        return Imported(name, "failed", reason="It is a link that leads nowhere.")
    if known:
        reason = f"The file is no longer there; what was read of it stays, as “{known.source_id}”."
        return Imported(name, "failed", reason=reason, hint="Put it back, or remove the source.")
    is_like_address = "://" in name or "www." in name
    hint = "The address of a page begins with https://." if is_like_address else "Check its name."
    return Imported(name, "failed", reason="There is no such file.", hint=hint)
