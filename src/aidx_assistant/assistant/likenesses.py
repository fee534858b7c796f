"""Which of the sources that the user brought says nearly the same as a new one."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from aidx_assistant.library.store import Store
from aidx_assistant.reading.likeness import Signature, containment, likeness

_ALIKE = 0.8
"""Resemblance, or the share of the shorter that the longer says too, from which two are one article."""
_FULLER = 1.1
"""How many times as much as the known one the new one must say to take its place."""
_FEWEST_SHARED = 8
"""Shared hashes below which nothing is compared: common phrases."""


@dataclass(frozen=True, slots=True)
class Like:
    """A source that a new one is like."""

    source_id: str
    share: float
    """Of the shorter of the two, 0 to 1, that the longer says as well."""
    is_fuller: bool
    """Whether the new one says all that, and clearly more."""


class Likenesses:
    """The signatures of all sources that the user brought, held in memory: some 16 KB each."""

    def __init__(self, store: Store) -> None:
        self._signatures: dict[str, Signature] = {}
        self._with_hash: defaultdict[int, set[str]] = defaultdict(set)
        for source_id, stored in store.signatures().items():
            self.put(source_id, Signature.from_bytes(stored))

    def put(self, source_id: str, signature: Signature) -> None:
        """Holds a source's signature in place of its former one."""
        for one in self._signatures.get(source_id, Signature((), True)).hashes:
            self._with_hash[one].discard(source_id)
        self._signatures[source_id] = signature
        for one in signature.hashes:
            self._with_hash[one].add(source_id)

    def nearest(self, signature: Signature, but: str | None) -> Like | None:
        """The source that says nearly the same, `but` left out; None where there is none."""
        shared = Counter(id_ for one in signature.hashes for id_ in self._with_hash.get(one, ()) if id_ != but)
        best: Like | None = None
        for source_id, count in shared.most_common(5):
            known = self._signatures[source_id]
            if count < min(_FEWEST_SHARED, len(signature.hashes), len(known.hashes)):
                continue
            in_known, in_new = containment(signature, known), containment(known, signature)
            share = max(likeness(signature, known), in_known, in_new)
            if share >= _ALIKE and (best is None or share > best.share):
                best = Like(source_id, share, in_new >= _ALIKE and in_new >= _FULLER * in_known)
        return best
