"""The index that a team keeps on a Chroma server: what one member adds, the libraries of the others take in."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from aidx_assistant.evidence import Passage
from aidx_assistant.library.kept_index import on_a_server
from aidx_assistant.library.nearest import vector_ids
from aidx_assistant.library.opening import IndexUnusableError
from aidx_assistant.library.records import AFTER_THE_CORPUS, Import
from aidx_assistant.library.server import CollectionsGoneError, ServerAwayError, ServerBusyError
from aidx_assistant.library.shared_collections import Announced, SharedCollections
from aidx_assistant.library.shared_known import KnownSources
from aidx_assistant.library.shared_sources import (
    SharedSource,
    SharedSourceError,
    passage_document,
    read_shared,
    renamed,
    revision_of,
    source_document,
)
from aidx_assistant.library.vectors import connect
from aidx_assistant.reading.likeness import signature_of_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from aidx_assistant.library.embedding import Embedder
    from aidx_assistant.library.progress import Progress
    from aidx_assistant.library.server import ChromaServer
    from aidx_assistant.library.store import Store
    from aidx_assistant.library.vectors import VectorIndex

_FRESH_SECONDS = 60.0
"""So long a process goes on without looking what the team added."""


class SharedIndex:
    """Used as KeptIndex is. The library's file stays the truth of this machine: what the server loses, it gets again.

    Any call may raise SharedIndexError, and SettingsError where the server holds an index that cannot be shared.
    """

    def __init__(
        self, server: ChromaServer, store: Store, embedder: Callable[[], Embedder], progress: Progress
    ) -> None:
        self._server = server
        self._store = store
        self._embedder = embedder
        self._progress = progress
        self._shared: SharedCollections | None = None
        self._looked_at = 0.0
        self._connecting = threading.Lock()

    @contextmanager
    def in_use(self) -> Iterator[VectorIndex | None]:
        """The index; many may use it at once."""
        try:
            yield self._connected().index
        except CollectionsGoneError:
            self._looked_at = 0.0
            raise

    @property
    def may_be_behind(self) -> bool:
        """Whether it is some time since this process looked what the team added."""
        return time.monotonic() - self._looked_at > _FRESH_SECONDS

    def close(self) -> None:
        with self._connecting:
            if self._shared is not None:
                self._shared.index.close()
                self._shared = None

    # For whoever holds the lock of this machine

    def reach(self) -> None:
        """Waits for the server where it is away for a moment."""
        self._connected((ServerAwayError, ServerBusyError))

    def open(self) -> VectorIndex:
        """The index, after the library has taken in what the team added and given up what it removed."""
        try:
            announced = self._connected().announced()
        except CollectionsGoneError:  # somebody emptied the server while this process held on to what was there
            self.close()
            announced = self._connected().announced()
        shared = self._connected()
        known, imports = (
            KnownSources(self._store, shared.identity),
            {one.source_id: one for one in self._store.imports()},
        )
        if self._store.meta("index") != on_a_server(shared.identity):
            self._store.begin_index(on_a_server(shared.identity))
            self._mark_what_is_there(announced, known, imports)
        for lost in set(known.held()).difference(one.source_id for one in announced):
            known.remember(lost, "", "")  # the server has an older state: it is told again
        corpus = set(json.loads(self._store.meta("corpus_sources") or "[]"))
        news = [one for one in announced if known.there(one.source_id) != one.revision and one.source_id not in corpus]
        for place, one in enumerate(news):
            self._progress.advance("taking in what the team added", place, len(news))
            self._take_in(shared, known, one, imports.get(one.source_id))
        self._looked_at = time.monotonic()
        return shared.index

    def lacks(self, index: VectorIndex) -> bool:
        """Whether the server has lost something: of what others put there it may hold more than the library."""
        return any(there < here for there, here in zip(index.sizes, self._store.indexed_counts(), strict=True))

    def rebuild(self, _fault: IndexUnusableError) -> VectorIndex:
        """What the server lacks of the library will be put there again."""
        self._progress.notice(f"{self._server.url} lacks something of the library; putting it there again.")
        shared = self._connected()
        there = shared.vector_ids()
        held = self._store.passages_searched()
        self._store.mark_unindexed(one.id for one in held if not there.issuperset((one.id, *vector_ids(one))))
        return shared.index

    def begin_writing(self) -> None:
        """Who shares the index is told of a source when it is whole."""

    def put(self, passages: Sequence[Passage], whole: NDArray[np.float32], sentences: NDArray[np.float32]) -> None:
        """Puts vectors there, and beside those of what the user brought what the others need to have it as well."""
        brought = self._store.signed()
        stored = self._store.stored_passages([passage.id for passage in passages])
        documents = [
            passage_document(stored[passage.id], self._store.findings_in([passage.id]))
            if passage.source_id in brought and passage.id in stored
            else ""
            for passage in passages
        ]
        self._connected().index.put(passages, whole, sentences, documents)

    def finish(self) -> None:
        """Lets the team know what was added here and is whole on the server, and what was removed here."""
        shared = self._connected()
        known = KnownSources(self._store, shared.identity)
        imports = {one.source_id: one for one in self._store.imports()}
        for source_id, imported in imports.items():
            source = self._store.source(source_id)
            if source is None or self._store.count_unindexed(source_id=source_id):
                continue
            revision = revision_of(source, imported)
            if known.here(source_id) != revision:
                ids = [passage.id for passage in self._store.passages_of(source_id)]
                if source_id in known:
                    shared.keep_only(source_id, ids)
                document = source_document(source, imported, len(ids))
                shared.announce(Announced(source_id, revision, imported.sha256, removed=False), document)
                known.remember(source_id, revision, revision)
        for source_id in known.held():
            if source_id not in imports:
                there = known.there(source_id)
                shared.keep_only(source_id, ())
                shared.announce(Announced(source_id, f"removed {there}", "", removed=True), "")
                known.remember(source_id, f"removed {there}", "")

    # Inside

    def _connected(self, passing: tuple[type[Exception], ...] = (ServerBusyError,)) -> SharedCollections:
        """After a `passing` fault it is tried again for a moment, and that is told."""
        with self._connecting:
            if self._shared is None:
                embedding = self._embedder().fingerprint
                connection = self._server.patiently(
                    lambda: connect(self._server, embedding), passing, self._tell_waiting
                )
                self._shared = SharedCollections(connection)
            return self._shared

    def _tell_waiting(self, fault: Exception) -> None:
        self._progress.notice(f"{str(fault).rstrip('.')}; trying again.")

    def _mark_what_is_there(
        self, announced: Sequence[Announced], known: KnownSources, imports: Mapping[str, Import]
    ) -> None:
        """Who comes back to a server need not make the vectors again that it has."""
        for one in announced:
            own, source = imports.get(one.source_id), self._store.source(one.source_id)
            is_known = known.there(one.source_id) == one.revision
            if is_known and own and source and known.here(one.source_id) == revision_of(source, own):
                self._store.mark_indexed(passage.id for passage in self._store.passages_of(one.source_id))

    def _take_in(self, shared: SharedCollections, known: KnownSources, one: Announced, own: Import | None) -> None:
        """Brings the library to what the server says of one source."""
        is_known = bool(known.here(one.source_id))  # what was gone and is added anew is nobody else's yet
        if one.removed:
            if own and is_known:
                self._progress.notice(f"“{self._title(one.source_id)}” was removed by another of the team.")
                self._remove(one.source_id)
            if not own or is_known:
                known.remember(one.source_id, one.revision, "")
        elif own and not is_known and own.sha256 == one.sha256:  # both added it
            source = self._store.source(one.source_id)
            known.remember(one.source_id, one.revision, revision_of(source, own) if source else "")
        else:
            documents = shared.document(one.source_id), shared.passage_documents(one.source_id)
            try:
                theirs = read_shared(one.source_id, *documents)
            except SharedSourceError as fault:
                self._progress.notice(f"“{one.source_id}”, which the team added, is not taken in yet: {fault}.")
                return
            if own and not is_known:
                self._make_way(own)
            self._replace(theirs, own.origin if own and is_known else theirs.imported.origin)
            known.remember(one.source_id, one.revision, revision_of(theirs.source, theirs.imported))

    def _replace(self, theirs: SharedSource, origin: str) -> None:
        """Makes the library hold a source as the server does, its vectors included."""
        former = [passage.id for passage in self._store.passages_of(theirs.source.id)]
        ids = [one.passage.id for one in theirs.passages]
        signature = signature_of_text(" ".join(one.passage.text for one in theirs.passages)).to_bytes()
        imported = replace(theirs.imported, origin=origin)
        self._store.replace_source(
            theirs.source, AFTER_THE_CORPUS, theirs.passages, theirs.findings, (imported, signature)
        )
        self._store.mark_indexed(ids)
        self._store.clear_stale_vectors([*former, *ids])

    def _remove(self, source_id: str) -> None:
        """Whoever removed a source from the server has removed its vectors."""
        former = [passage.id for passage in self._store.passages_of(source_id)]
        self._store.remove_source(source_id)
        self._store.clear_stale_vectors(former)

    def _make_way(self, own: Import) -> None:
        """The team has another source of this name: this machine's, which nobody else knows yet, gets a new one."""
        source = self._store.source(own.source_id)
        if source is None:
            return
        new_id = f"{own.source_id}-{own.sha256[:6]}"
        ids = [passage.id for passage in self._store.passages_of(own.source_id)]
        stored = self._store.stored_passages(ids)
        mine = SharedSource(source, tuple(stored[id_] for id_ in ids), self._store.findings_in(ids), own)
        anew = renamed(mine, new_id)
        signature = self._store.signature(own.source_id) or b""
        # First the new one, in place of the old one's origin: whatever happens in between, nothing is lost.
        self._store.replace_source(
            anew.source, AFTER_THE_CORPUS, anew.passages, anew.findings, (anew.imported, signature)
        )
        self._remove(own.source_id)
        self._progress.notice(f"The team has another source called “{own.source_id}”; yours is now “{new_id}”.")

    def _title(self, source_id: str) -> str:
        source = self._store.source(source_id)
        return source.title if source else source_id
