"""The collections that a team shares: the vectors, and beside them what makes up the sources that its members added."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from aidx_assistant.library.vectors import Connection

_DOT = [[1.0, 0.0]]
"""Chroma keeps no record without a vector; nobody looks for sources by theirs."""


@dataclass(frozen=True, slots=True)
class Announced:
    """What the server says of a source that a member of the team added."""

    source_id: str
    revision: str
    """Changes whenever the source is added anew or read again."""
    sha256: str
    """Of the content as it was read."""
    removed: bool
    """It was there, and a member took it away."""


class SharedCollections:
    """An open connection. Any call may raise SharedIndexError."""

    def __init__(self, connection: Connection) -> None:
        self.identity = connection.identity
        self.index = connection.index
        self._passages = connection.passages
        self._sentences = connection.sentences
        self._sources = connection.sources
        self._deal = connection.deal
        self._limits = connection.limits

    def announced(self) -> tuple[Announced, ...]:
        """What the team added, and took away."""
        found = self._all(self._sources, include=["metadatas"])
        return tuple(
            Announced(id_, str(told["revision"]), str(told["sha256"]), bool(told["removed"]))
            for id_, told in zip(found["ids"], found["metadatas"], strict=True)
        )

    def announce(self, source: Announced, document: str) -> None:
        """Lets everybody know of a source; its passages have to be there already."""
        told = {"revision": source.revision, "sha256": source.sha256, "removed": source.removed}
        self._deal(self._sources.upsert, [source.source_id], embeddings=_DOT, metadatas=[told], documents=[document])

    def document(self, source_id: str) -> str | None:
        """What `announce` was given of a source."""
        found = self._deal(self._sources.get, ids=[source_id], include=["documents"])["documents"]
        return found[0] if found else None

    def passage_documents(self, source_id: str) -> Sequence[str]:
        """What was put beside the vectors of a source's passages, in no order."""
        found = self._all(self._passages, include=["documents"], where={"source": source_id})["documents"]
        return [document for document in found if document]

    def keep_only(self, source_id: str, passage_ids: Iterable[str]) -> None:
        """Removes the vectors of a source's other passages: of a removal on this machine alone they know nothing."""
        there = self._all(self._passages, include=(), where={"source": source_id})["ids"]
        if gone := set(there).difference(passage_ids):
            self.index.delete(sorted(gone))

    def vector_ids(self) -> frozenset[str]:
        """The ids of all vectors there, of passages and of sentences."""
        return frozenset(
            id_ for collection in (self._passages, self._sentences) for id_ in self._all(collection, include=())["ids"]
        )

    def _all(self, collection: Any, *, include: Sequence[str], **condition: Any) -> dict[str, list[Any]]:
        """All records, page by page."""
        pages: dict[str, list[Any]] = {"ids": [], "metadatas": [], "documents": []}
        most = self._limits.read if include else self._limits.listed
        while True:
            page = self._deal(collection.get, include=list(include), limit=most, offset=len(pages["ids"]), **condition)
            for part in pages:
                pages[part] += page[part] or []
            if len(page["ids"]) < most:
                return pages
