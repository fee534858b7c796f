"""Completes the path of a file that is being typed."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from textual.suggester import Suggester

from aidx_assistant.reading.formats import SUFFIXES

_MOST = 5_000
"""Entries of a folder that are looked at."""


class PathSuggester(Suggester):
    """Offers, of the folder that is typed, what begins as the name does: folders, and files that aidx reads."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        return await asyncio.to_thread(completed, value)


def completed(typed: str) -> str | None:
    """A typed path with its last name completed; None where there is nothing to add to it."""
    folder, _, begun = typed.rpartition("/")
    if not begun:
        return None
    try:
        with os.scandir(Path(f"{folder}/" if "/" in typed else ".").expanduser()) as entries:
            names = sorted(_name(entry) for entry, _ in zip(entries, range(_MOST), strict=False) if _fits(entry, begun))
    except (OSError, RuntimeError, ValueError):  # no such folder; or ~ of a user that is not known
        return None
    whole = typed.removesuffix(begun) + names[0] if names else typed
    return whole if whole != typed else None


def _fits(entry: os.DirEntry[str], begun: str) -> bool:
    return entry.name.startswith(begun) and (entry.is_dir() or Path(entry.name).suffix.lower() in SUFFIXES)


def _name(entry: os.DirEntry[str]) -> str:
    return f"{entry.name}/" if entry.is_dir() else entry.name
