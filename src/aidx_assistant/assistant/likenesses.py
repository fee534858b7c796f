"""Which of the sources that the user brought says nearly the same as a new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aidx_assistant.library.embedding import import_runtime
from aidx_assistant.library.store import Store
from aidx_assistant.reading.likeness import Signature, containment, likeness

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ALIKE = 0.8
"""Resemblance, or the share of the shorter that the longer says too, from which two are one article."""
_FULLER = 1.1
"""How many times as much as the known one the new one must say to take its place."""
_FEWEST_SHARED = 8
"""Shared hashes below which nothing is compared: common phrases."""
_COMPARED = 5
"""Sources, those that share most, that a new one is compared with."""
_SINGLE = 64
"""Signatures that are searched one by one before they are merged into one list."""


@dataclass(frozen=True, slots=True)
class Like:
    """A source that a new one is like."""

    source_id: str
    share: float
    """Of the shorter of the two, 0 to 1, that the longer says as well."""
    is_fuller: bool
    """Whether the new one says all that, and clearly more."""


class Likenesses:
    """The hashes of all sources that the user brought, held in memory: some 24 KB for each."""

    def __init__(self, store: Store) -> None:
        import_runtime()
        self._store = store
        self._ids: list[str] = []
        self._in_force: dict[str, tuple[int, str]] = {}
        """Of each source, its place in `_ids` and the hash of the content that is held."""
        self._lists: list[tuple[NDArray[np.uint64], NDArray[np.int32]]] = []
        """Hashes in order, and the places in `_ids` of the sources that have them."""

    def bring_up_to_date(self) -> None:
        """Takes in what was added since, here or by another process. What was removed is not asked for again."""
        for source_id, sha256 in self._store.signed().items():
            held = self._in_force.get(source_id)
            if held is None or held[1] != sha256:
                stored = self._store.signature(source_id)
                if stored is not None:
                    self._hold(source_id, sha256, Signature.from_bytes(stored))

    def nearest(self, signature: Signature, but: str | None) -> Like | None:
        """The source that says nearly the same, `but` left out; None where there is none."""
        best: Like | None = None
        for source_id, count in self._sharing(signature, but):
            stored = self._store.signature(source_id)
            known = Signature.from_bytes(stored) if stored is not None else Signature((), True)
            if count < min(_FEWEST_SHARED, len(signature.hashes), len(known.hashes)):
                continue
            in_known, in_new = containment(signature, known), containment(known, signature)
            share = max(likeness(signature, known), in_known, in_new)
            if share >= _ALIKE and (best is None or share > best.share):
                best = Like(source_id, share, in_new >= _ALIKE and in_new >= _FULLER * in_known)
        return best

    def _hold(self, source_id: str, sha256: str, signature: Signature) -> None:
        import numpy as np

        place = len(self._ids)
        self._ids.append(source_id)
        self._in_force[source_id] = (place, sha256)
        hashes = np.array(signature.hashes, dtype=np.uint64)
        self._lists.append((hashes, np.full(len(hashes), place, dtype=np.int32)))
        if len(self._lists) > _SINGLE:
            merged, owners = (np.concatenate(parts) for parts in zip(*self._lists, strict=True))
            order = np.argsort(merged, kind="stable")
            self._lists = [(merged[order], owners[order])]

    def _sharing(self, signature: Signature, but: str | None) -> Sequence[tuple[str, int]]:
        """The sources that share most hashes, and how many."""
        import numpy as np

        wanted = np.array(signature.hashes, dtype=np.uint64)
        counts = np.zeros(len(self._ids), dtype=np.int64)
        for hashes, owners in self._lists:
            starts, ends = np.searchsorted(hashes, wanted, "left"), np.searchsorted(hashes, wanted, "right")
            for start, end in zip(starts[ends > starts].tolist(), ends[ends > starts].tolist(), strict=True):
                counts[owners[start:end]] += 1  # no source has a hash twice
        for place, source_id in enumerate(self._ids):
            if source_id == but or self._in_force[source_id][0] != place:
                counts[place] = 0
        most = np.argsort(-counts, kind="stable")[:_COMPARED].tolist()
        return [(self._ids[place], int(counts[place])) for place in most if counts[place]]
