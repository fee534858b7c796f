"""Recognises a file brought again, and an article in two clippings: hashes and shingles.

Resemblance and containment after A. Z. Broder, "On the resemblance and containment of documents" (1997): of the sets
A and B of shingles (all runs of w words, here 5), |A ∩ B| / |A ∪ B| and |A ∩ B| / |A|. Both are estimated from the
smallest hashes of each set, and are exact up to 2,048 shingles.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nsmallest

from aidx_assistant.reading.document import Document

WIDTH = 5
"""Words of a shingle."""
SKETCHED = 2048
"""Hashes kept of a document: 16 KB."""
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Signature:
    """The smallest of the 64-bit hashes of a document's shingles, in order."""

    hashes: tuple[int, ...]
    complete: bool
    """Whether these are all that it has."""

    def to_bytes(self) -> bytes:
        """One byte that says whether it is complete, then eight for each hash, least significant first."""
        return bytes([self.complete]) + b"".join(one.to_bytes(8, "little") for one in self.hashes)

    @classmethod
    def from_bytes(cls, stored: bytes) -> Signature:
        """From what `to_bytes` gave. Raises ValueError for anything else."""
        if len(stored) % 8 != 1 or stored[0] > 1:
            raise ValueError("no signature")
        hashes = tuple(int.from_bytes(stored[at : at + 8], "little") for at in range(1, len(stored), 8))
        return cls(hashes, bool(stored[0]))


def content_hash(content: bytes) -> str:
    """The SHA-256 of a file, in 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def signature(document: Document) -> Signature:
    """The signature of what a document says: text, rows and values, or captions where it has nothing else.

    Headings, case and punctuation do not count, so that two clippers' ways of writing do not tell them apart.
    """
    blocks = [block for part in document.parts for block in part.blocks]
    told = [block.text for block in blocks if block.kind != "caption"] or [block.text for block in blocks]
    return signature_of_text(" ".join(told))


def signature_of_text(text: str) -> Signature:
    """The same of a text by itself."""
    shingles = _shingles(text)
    return Signature(tuple(nsmallest(SKETCHED, shingles)), len(shingles) <= SKETCHED)


def likeness(one: Signature, other: Signature) -> float:
    """The estimated resemblance of two documents, from 0 to 1; 0 where either says nothing."""
    first, second = _comparable(one, other)
    union = len(first | second)
    return len(first & second) / union if union else 0.0


def containment(part: Signature, whole: Signature) -> float:
    """The estimated share of `part` that `whole` says as well, from 0 to 1: near 1 for a clip that was cut off."""
    first, second = _comparable(part, whole)
    return len(first & second) / len(first) if first else 0.0


def _shingles(text: str) -> set[int]:
    words = [match.group().casefold() for match in _WORD.finditer(text)]
    return {_hash(shingle) for shingle in _runs(words)}


def _runs(words: list[str]) -> Iterator[str]:
    for start in range(max(1, len(words) - WIDTH + 1) if words else 0):
        yield " ".join(words[start : start + WIDTH])


def _hash(shingle: str) -> int:
    return int.from_bytes(hashlib.blake2b(shingle.encode(), digest_size=8).digest(), "little")


def _comparable(one: Signature, other: Signature) -> tuple[set[int], set[int]]:
    """The hashes of both up to the highest value to which both are complete."""
    limits = [signature.hashes[-1] for signature in (one, other) if not signature.complete]
    if not limits:
        return set(one.hashes), set(other.hashes)
    limit = min(limits)
    return tuple(set(each.hashes[: bisect_right(each.hashes, limit)]) for each in (one, other))  # type: ignore[return-value]
