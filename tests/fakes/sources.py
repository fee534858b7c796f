"""Small sources and embedders for tests."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


class HashEmbedder:
    """A unit vector from the words' hashes: quick, repeatable, and counts what it embeds."""

    fingerprint = "hash/1"
    dimensions = 32

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.embedded += texts
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> NDArray[np.float32]:
        vector = np.full(self.dimensions, 1e-3, dtype=np.float32)
        for word in text.lower().split():
            vector[hashlib.sha256(word.encode()).digest()[0] % self.dimensions] += 1.0
        unit: NDArray[np.float32] = vector / np.linalg.norm(vector)
        return unit


def write_source(corpus: Path, source_id: str, paragraphs: Sequence[Sequence[str]], heading: str = "Main") -> Path:
    """A source of one section."""
    folder = corpus / source_id
    (folder / "article").mkdir(parents=True, exist_ok=True)
    (folder / "source.toml").write_text(
        f'title = "Report {source_id}"\npublishers = ["Somebody"]\ndate = "2025-01-01"\nurl = ""\nattribution = ""\n'
        'in_briefs = true\nnote = "Made for a test."\nslide_count = 0\nunread_sections = []\n'
    )
    body = "\n\n".join("\n".join(sentences) for sentences in paragraphs)
    (folder / "article" / "00.md").write_text(f'+++\nheading = "{heading}"\norder = 0\n+++\n{body}\n')
    (folder / "findings.toml").write_text("")
    return folder
