"""Tells whether what the library was made from has changed."""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import fields
from pathlib import Path

from aidx_assistant.evidence import Finding, Passage, Source
from aidx_assistant.library.supplements import Supplements

_KEPT = "passages, headings, sentences; one question of each"
"""What of the sources is embedded, and what is kept of their questions."""


def fingerprint(corpus: Path, home: Path) -> str:
    """SHA-256 over the files of the corpus and of its supplements, their names, and the names of what is kept
    and embedded of them.

    A library made by a version that kept something else is so read anew.
    """
    kept = [_KEPT, *(field.name for record in (Source, Passage, Finding) for field in fields(record))]
    digest = hashlib.sha256(" ".join(kept).encode())
    corpus_files = (file for file in sorted(corpus.rglob("*")) if file.suffix in {".md", ".toml"})
    for folder, files in ((corpus, corpus_files), (Supplements(home).folder, Supplements(home).files())):
        for file in files:
            with contextlib.suppress(FileNotFoundError):  # it is being removed, which the next look sees
                digest.update(str(file.relative_to(folder)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
