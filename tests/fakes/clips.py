"""Clips to bring in, no two alike, and what became of them by the lines that a command told."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from pathlib import Path

from aidx_assistant.evidence import Passage
from aidx_assistant.library.store import Store
from aidx_assistant.locations import LIBRARY

_WORDS = """
hospital nurse ward robot pill budget vendor pilot payer claim model chart survey leader clinic doctor agent scribe
purchase contract trial outcome margin revenue patient denial coding notes safety privacy audit board ledger
""".split()
_ADDED = re.compile(r"^added: .*\((?P<id>[a-z0-9-]+)\)", re.M)


def clip(title: str, seed: int, sections: int = 2) -> str:
    """A clip of so many sections of six sentences, every other with a figure."""
    chance = random.Random(seed)
    lines = [f"---\ntitle: {title}\n---\n"]
    for number in range(sections):
        sentences = (
            f"In {seed} cases of {' '.join(chance.choices(_WORDS, k=6))}, {chance.randint(2, 98)}% had a"
            f" {chance.choice(_WORDS)}. None of the {' '.join(chance.choices(_WORDS, k=7))} did."
            for _ in range(3)
        )
        lines.append(f"\n## Part {number + 1} of {chance.choice(_WORDS)}\n\n{' '.join(sentences)}\n")
    return "".join(lines)


def write_clips(folder: Path, count: int, first: int = 1, sections: int = 2) -> Path:
    """So many clips, entitled `Report 1` and so on."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(first, first + count):
        (folder / f"clip-{number:03}.md").write_text(clip(f"Report {number}", number, sections))
    return folder


def told_as_added(out: str) -> list[str]:
    """The ids of sources that standard output told of."""
    return _ADDED.findall(out)


def held(home: Path) -> dict[str, tuple[Passage, ...]]:
    """What a library holds of the sources that were brought, read without the help of `aidx`; it must be in order."""
    store = Store(home / LIBRARY)
    try:
        store.check_integrity()
        sources = {source.id for source in store.sources()}
        brought = {one.source_id: one for one in store.imports()}
        assert brought.keys() <= sources
        assert len({one.sha256 for one in brought.values()}) == len(brought)
        return {source_id: store.passages_of(source_id) for source_id in brought}
    finally:
        store.close()


def none_half_added(home: Path, whole: dict[str, tuple[Passage, ...]], told: Iterable[str]) -> None:
    """Fails unless all that was told is there, and whatever is there is there whole."""
    there = held(home)
    assert set(told) <= there.keys()
    for source_id, passages in there.items():
        assert passages == whole[source_id], source_id
