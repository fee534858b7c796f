"""Which vectors of a Chroma collection are nearest to another vector."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from aidx_assistant.library.server import Limits

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SMALL = 12_000
"""Up to so many vectors are held in memory: 18 MB, compared in half a millisecond. Chroma takes ten to list them all.
"""
_PATIENCE = 2
"""Queries that are left to Chroma even so: to read the vectors takes longer than to ask once, as a command does after
the index was tried."""


class Neighbours:
    """The vectors of a collection, as long as nothing is written to it; one that is shared others write to as well."""

    def __init__(self, collection: Any, shared: Limits | None = None) -> None:
        """`shared`: how much may be asked of a collection that others write to as well."""
        self._collection = collection
        self._shared = shared
        self._queries = 0
        self._held: tuple[list[str], NDArray[np.float32]] | None = None

    @cached_property
    def size(self) -> int:
        """How many vectors there are. Counted when first asked for: Chroma goes through all of them."""
        count: int = self._collection.count()
        return count

    def nearest(
        self, vector: NDArray[np.float32], limit: int, where: dict[str, Any] | None
    ) -> tuple[list[tuple[str, float]], bool]:
        """Ids with cosine similarities to a unit vector, best first, and whether these are all that qualify."""
        if self._shared is None and not self.size:
            return [], True
        asked = min(limit, self._shared.listed if self._shared else self.size)
        if where is None and (held := self._held_by_now()):
            ids, vectors = held
            return _nearest(ids, _similarities(vectors, vector), asked), asked == self.size
        self._queries += 1
        # Ids alone: asking for the metadata as well takes four times as long.
        found = self._collection.query(query_embeddings=[vector], n_results=asked, where=where, include=["distances"])
        ids = found["ids"][0]
        similarities = [1.0 - float(distance) for distance in found["distances"][0]]
        is_all = len(ids) < asked or (self._shared is None and asked == self.size)
        return list(zip(ids, similarities, strict=True)), is_all

    def all_near(self, vector: NDArray[np.float32], limit: int) -> tuple[list[str], NDArray[np.float32]] | None:
        """All ids with cosine similarities, in an order that stays; None where there are more than `limit`, or the
        vectors are not held in memory.
        """
        held = self._held_by_now() if self._shared is None and 0 < self.size <= limit else None
        return (held[0], _similarities(held[1], vector)) if held else None

    def _held_by_now(self) -> tuple[list[str], NDArray[np.float32]] | None:
        """All vectors with their ids, read once, where they are few and have been asked for before."""
        import numpy as np

        if self._held is None and self._shared is None and self.size <= _SMALL:
            if self._queries >= _PATIENCE:
                stored = self._collection.get(include=["embeddings"])
                self._held = stored["ids"], np.asarray(stored["embeddings"], dtype=np.float32)
        return self._held


def _similarities(vectors: NDArray[np.float32], vector: NDArray[np.float32]) -> NDArray[np.float32]:
    import numpy as np

    # Not by BLAS, whose threads would take the cores from what runs beside.
    similarities: NDArray[np.float32] = np.einsum("ij,j->i", vectors, vector)
    return similarities


def _nearest(ids: list[str], similarities: NDArray[np.float32], limit: int) -> list[tuple[str, float]]:
    """So many of the ids, the nearest first."""
    import numpy as np

    order = np.argsort(-similarities, kind="stable")[:limit]
    return list(zip(map(ids.__getitem__, order.tolist()), similarities[order].tolist(), strict=True))
