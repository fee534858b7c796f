"""Vectors of the shipped corpus, made beforehand: nobody waits for them before a first answer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from aidx_assistant.library.arrays import read_arrays
from aidx_assistant.library.embedding import Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

KNOWN_VECTORS = "vectors.npz"
"""Inside the corpus."""


class KnownVectors:
    """The vectors that one embedder made of the texts of a corpus.

    A file that is absent, damaged or made by another embedder is as good as empty.
    """

    def __init__(self, corpus: Path, fingerprint: str, dimensions: int) -> None:
        self._file = corpus / KNOWN_VECTORS
        self.fingerprint = fingerprint
        self.dimensions = dimensions

    def knows(self, texts: Iterable[str]) -> bool:
        """Whether none of these vectors is to be made."""
        return all(_key(text) in self.known for text in texts)

    @cached_property
    def known(self) -> Mapping[bytes, NDArray[np.float16]]:
        """Vectors by the hash of their texts."""
        kept = read_arrays(self._file, "embedder", "keys", "vectors")
        if kept is None:
            return {}
        made_by, keys, vectors = kept
        if str(made_by) != self.fingerprint or vectors.shape != (len(keys), self.dimensions):
            return {}
        return {key.tobytes(): vector for key, vector in zip(keys, vectors, strict=True)}


class KnowingEmbedder(KnownVectors):
    """An embedder that takes the vectors it finds in a corpus from there, and makes the others."""

    def __init__(self, embedder: Embedder, corpus: Path) -> None:
        super().__init__(corpus, embedder.fingerprint, embedder.dimensions)
        self._embedder = embedder

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        keys = [_key(text) for text in texts]
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        new = [position for position, key in enumerate(keys) if key not in self.known]
        if new:
            vectors[new] = self._embedder.embed([texts[position] for position in new])
        for position, key in enumerate(keys):
            if key in self.known:
                vectors[position] = self.known[key]
        return vectors


def write_known_vectors(corpus: Path, texts: Sequence[str], embedder: Embedder) -> None:
    """Keeps the vectors of these texts in a corpus, with half the precision, and no others."""
    import numpy as np

    by_key = {_key(text): text for text in texts}
    keys = sorted(by_key)  # the same texts make the same file
    vectors = embedder.embed([by_key[key] for key in keys]).astype(np.float16)
    rows = np.frombuffer(b"".join(keys), dtype=np.uint8).reshape(len(keys), -1)
    np.savez(corpus / KNOWN_VECTORS, embedder=np.array(embedder.fingerprint), keys=rows, vectors=vectors)


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=12).digest()
