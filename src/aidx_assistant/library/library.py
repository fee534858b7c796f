"""The library as one thing: what is read, stored and indexed, opened quickly and repaired where it is broken."""

from __future__ import annotations

import contextlib
import json
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from aidx_assistant import locations
from aidx_assistant.errors import StorageError
from aidx_assistant.evidence import Passage
from aidx_assistant.library.classifier import Classifier
from aidx_assistant.library.embedded import embedded_soon, embedded_text, first_embedded, vectors
from aidx_assistant.library.embedding import Embedder, import_runtime
from aidx_assistant.library.fingerprint import fingerprint
from aidx_assistant.library.kept_index import SYNC_LOCK, KeptIndex
from aidx_assistant.library.known_vectors import KnowingEmbedder
from aidx_assistant.library.layout import LibraryUnusableError
from aidx_assistant.library.opening import IndexUnusableError
from aidx_assistant.library.progress import Progress
from aidx_assistant.library.records import AFTER_THE_CORPUS, Changes, Import, StoredPassage, with_one_question
from aidx_assistant.library.server import ChromaServer
from aidx_assistant.library.store import Store
from aidx_assistant.library.supplements import read_supplemented
from aidx_assistant.library.vectors import VectorIndex, import_chroma
from aidx_assistant.library.waiting import alone, alone_soon

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from aidx_assistant.library.shared_index import SharedIndex
    from aidx_assistant.reading.read_source import ReadSource

_Part = TypeVar("_Part")
_SETTING_ASIDE = "setting-aside.lock"
_EMBEDDING_BATCH = 32
"""Passages between two marks in the store: what is embedded is kept when the process is ended."""


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did, in passages; `embedded` counts those whose vectors were made."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    embedded: int = 0


class Library:
    """The library in one home. Loads the embedding model and opens the index in parallel, when first needed.

    With a server, the index is there, and shared; its failures are SharedIndexError or SettingsError.
    """

    def __init__(
        self,
        home: Path,
        make_embedder: Callable[[], Embedder],
        progress: Progress | None = None,
        server: ChromaServer | None = None,
    ) -> None:
        self.home = home
        self._progress = progress or Progress()
        self.store = self._opened_store(home / locations.LIBRARY)
        self._make_embedder = make_embedder
        self._knowing: KnowingEmbedder | None = None
        """The embedder that takes the corpus's vectors from there."""
        self._classifier: Classifier | None = None
        self.is_shared = server is not None
        self._kept = self._index_of(server)

    def _index_of(self, server: ChromaServer | None) -> KeptIndex | SharedIndex:
        if server is None:
            return KeptIndex(self.home, self.store, lambda: self.embedder, self._progress.notice)
        from aidx_assistant.library.shared_index import SharedIndex

        return SharedIndex(server, self.store, lambda: self.embedder, self._progress)

    def _opened_store(self, file: Path) -> Store:
        """The store; a file that cannot be used is set aside, and the shipped sources are read in anew."""
        try:
            return Store(file)
        except LibraryUnusableError:
            return self._store_anew(file)

    def _store_anew(self, file: Path) -> Store:
        """Sets a file aside that cannot be used, unless another process has done so meanwhile, and makes a new one."""
        from filelock import FileLock

        try:
            with FileLock(file.with_name(_SETTING_ASIDE)):
                try:
                    return Store(file)
                except LibraryUnusableError as fault:
                    aside = _set_aside(file)
                    self._progress.notice(
                        f"The library cannot be used: {fault}. It is kept as {aside}; making a new one."
                    )
                    return Store(file)
        except OSError as error:
            raise StorageError(
                f"The library at {file} cannot be used, and cannot be set aside: {error.strerror or error}.",
                "Set AIDX_HOME to a folder you can write to.",
            ) from error

    @cached_property
    def embedder(self) -> Embedder:
        return self._make_embedder()

    def sync(self, corpus: Path) -> SyncReport:
        """Brings the library to what the corpus and its supplements hold, the index included, and opens it.

        What is unchanged is neither read nor embedded again. An index that cannot be used is rebuilt from the
        store, and the user is told. Only one process at a time syncs; the others wait for it.
        """
        self._load(corpus)
        with self._alone():
            self._kept.reach()
            return self._brought_up_to_date(corpus, everything=True)

    def open(self, corpus: Path) -> None:
        """Opens the library for questions, which do not wait long: like `sync`, but what is many seconds of work is
        left to that, and so is all where another process is at work with the index.
        """
        self._load(corpus)
        self.read(corpus)
        with alone_soon(self.home / SYNC_LOCK) as is_alone:
            if is_alone:
                self._brought_up_to_date(corpus, everything=False)

    def searching(self) -> AbstractContextManager[VectorIndex | None]:
        """The index, for as long as it is searched; None where there is none that may be used now."""
        return self._kept.in_use()

    def vectors_of(self, passages: Sequence[Passage]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """What the index would hold of passages (see `vectors`)."""
        return vectors(passages, self._knowing_embedder)

    def first_embedded(self, passages: Sequence[Passage], few: int) -> tuple[Passage, ...]:
        """Of passages those whose vectors need not be made, and so many others, the first; in their order."""
        return first_embedded(passages, self._knowing_embedder, few)

    @property
    def classifier(self) -> Classifier:
        """StorageError where the library has not been opened."""
        return _opened(self._classifier)

    def read(self, corpus: Path) -> None:
        """Brings the store to what the corpus holds, without the index: enough to look things up."""
        if self.store.meta("corpus") != fingerprint(corpus, self.home):
            with self._alone():
                self._read(corpus)

    def add_import(self, read: ReadSource, imported: Import, signature: bytes) -> Changes:
        """Makes the library hold a source that the user brought, whole; its vectors are made by the next sync.

        Takes the place of what it held of that source before.
        """
        stored = self._stored(read)
        with self._alone():
            return self.store.replace_source(
                read.source, AFTER_THE_CORPUS, stored, read.findings, (imported, signature)
            )

    def remove_import(self, source_id: str) -> Changes:
        """Forgets a source that the user brought; its vectors go with the next sync."""
        with self._alone():
            return self.store.remove_source(source_id)

    @property
    def may_lack_news(self) -> bool:
        """Whether others may have added something since the library was opened."""
        return self._kept.may_be_behind

    @property
    def is_behind(self) -> bool:
        """Whether the index lacks something that the store holds, or holds something that this no longer does."""
        return bool(self.store.count_unindexed() or self.store.stale_vectors())

    def close(self) -> None:
        """Closes the file and lets go of the embedding model and the index, some hundred megabytes."""
        self.store.close()
        self._kept.close()
        self._knowing = self._classifier = None
        self.__dict__.pop("embedder", None)

    @property
    def _knowing_embedder(self) -> KnowingEmbedder:
        """StorageError where the library has not been opened."""
        return _opened(self._knowing)

    def _load(self, corpus: Path) -> None:
        """Loads the model and imports Chroma at the same time."""
        import_runtime()  # before the thread starts: numpy breaks when two threads import it at once
        with ThreadPoolExecutor(1) as background:
            embedder_loading = background.submit(lambda: self.embedder)
            import_chroma()
            embedder_loading.result()
        self._knowing = KnowingEmbedder(self.embedder, corpus)
        self._classifier = Classifier(corpus, self.embedder.fingerprint, self.embedder.dimensions)

    def _brought_up_to_date(self, corpus: Path, everything: bool) -> SyncReport:
        """Reads, opens and indexes, while no other process does."""
        changes = self._read(corpus)
        index = self._kept.open()
        embedded = self._update_index(index, everything)
        if self._kept.lacks(index):
            index = self._kept.rebuild(IndexUnusableError("it does not hold what the library holds"))
            embedded = self._update_index(index, everything)
        self._kept.finish()
        return SyncReport(changes.added, changes.changed, changes.removed, changes.unchanged, embedded)

    def _alone(self) -> AbstractContextManager[None]:
        return alone(self.home / SYNC_LOCK, self._progress, "Another aidx is preparing the library; waiting for it.")

    def _read(self, corpus: Path) -> Changes:
        """Reads the sources of the corpus into the store, each in one transaction."""
        current = fingerprint(corpus, self.home)
        if self.store.meta("corpus") == current:
            return Changes(unchanged=self.store.passage_count())
        # All sources are read before the first is written: a fault in one changes nothing.
        sources = read_supplemented(corpus, self.home)
        total = Changes()
        for source_id in json.loads(self.store.meta("corpus_sources") or "[]"):
            if source_id not in {read.source.id for read in sources}:
                total = _sum(total, self.store.remove_source(source_id))
        for position, read in enumerate(sources):
            self._progress.advance("reading the reports that come with aidx", position, len(sources))
            total = _sum(total, self.store.replace_source(read.source, position, self._stored(read), read.findings))
        self.store.set_meta("corpus_sources", json.dumps([read.source.id for read in sources]))
        self.store.set_meta("corpus", current)
        return total

    def _stored(self, read: ReadSource) -> list[StoredPassage]:
        tables = self.home / locations.TOKEN_TABLES
        counted = ((one, _tokens(one, read.source.title, tables)) for one in map(with_one_question, read.passages))
        return [StoredPassage(passage, tokens, at) for at, (passage, tokens) in enumerate(counted)]

    def _update_index(self, index: VectorIndex, everything: bool) -> int:
        """Puts into the index what it lacks; not `everything`: what takes a moment. Gives how many passages."""
        embedder = self._knowing_embedder
        stale, waiting = self.store.stale_vectors(), self.store.passages_to_index()
        if not everything:
            waiting = embedded_soon(waiting, embedder)
        if stale or waiting:
            self._kept.begin_writing()
        if stale:
            index.delete(stale)
            self.store.clear_stale_vectors(stale)
        for start in range(0, len(waiting), _EMBEDDING_BATCH):
            self._progress.advance("indexing passages", start, len(waiting))
            batch = waiting[start : start + _EMBEDDING_BATCH]
            self._kept.put(batch, *vectors(batch, embedder))
            self.store.mark_indexed(passage.id for passage in batch)
        if waiting:
            self._progress.advance("indexing passages", len(waiting), len(waiting))
        return len(waiting)


def _opened(part: _Part | None) -> _Part:
    if part is None:
        raise StorageError("The library is not open.", "Run: aidx doctor")
    return part


def _tokens(passage: Passage, title: str, tables: Path) -> int:
    from aidx_assistant.library.tokens import estimated_tokens

    return estimated_tokens(f"{title}\n{embedded_text(passage)}", tables)


def _sum(one: Changes, other: Changes) -> Changes:
    return replace(
        one,
        added=one.added + other.added,
        changed=one.changed + other.changed,
        removed=one.removed + other.removed,
        unchanged=one.unchanged + other.unchanged,
    )


def _set_aside(file: Path) -> Path:
    """Gives it another name, with what was written last, which may stand beside it only."""
    aside = file.with_name(f"{file.name}.{uuid.uuid4().hex[:6]}.old")
    file.rename(aside)
    for rest in ("-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            file.with_name(file.name + rest).rename(aside.with_name(aside.name + rest))
    return aside
