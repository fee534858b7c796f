"""Sources that were brought and not indexed yet, as an import leaves them that was stopped midway."""

from __future__ import annotations

from pathlib import Path

from aidx_assistant.library.library import Library
from aidx_assistant.library.records import Import
from aidx_assistant.reading.corpus import read_source
from tests.fakes.sources import write_source

LINEN = "In a survey of night wards, 37% of the hospitals said that a delivery robot carries the linen."


def bring_unindexed(library: Library, folder: Path, count: int, last: str = LINEN) -> None:
    """So many passages, of a sentence each, the last this one; they are stored, and the index does not have them."""
    sentences = [
        f"In case {number} of the claims desk, nobody asked for a {number * 7} pill." for number in range(1, count)
    ]
    read = read_source(write_source(folder, "mine", [[sentence] for sentence in (*sentences, last)], heading="Notes"))
    record = Import("mine", "/reports/mine.md", "a" * 64, "clip", "2026-11-26T12:00:00Z")
    library.add_import(read, record, b"s")
