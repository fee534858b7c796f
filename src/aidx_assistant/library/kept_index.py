"""The vector index in force, for all threads of a process: kept open, opened anew where another process wrote to it."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from aidx_assistant import locations
from aidx_assistant.evidence import Passage
from aidx_assistant.library.opening import IndexUnusableError, create_index, discard_other_indexes, open_index
from aidx_assistant.library.waiting import alone_soon

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from aidx_assistant.library.embedding import Embedder
    from aidx_assistant.library.store import Store
    from aidx_assistant.library.vectors import VectorIndex

SYNC_LOCK = "sync.lock"
"""Who holds it may open the index and write to it. To open one that another process writes to can end the process."""

_ON_A_SERVER = "server:"


def on_a_server(identity: str) -> str:
    """How the library's file names an index that is in no folder of this home."""
    return f"{_ON_A_SERVER}{identity}"


def is_on_a_server(identity: str) -> bool:
    return identity.startswith(_ON_A_SERVER)


class KeptIndex:
    """Chroma keeps in memory what it has read of its files, and does not see what another process adds to them."""

    def __init__(
        self, home: Path, store: Store, embedder: Callable[[], Embedder], notice: Callable[[str], None]
    ) -> None:
        self._home = home
        self._store = store
        self._embedder = embedder
        self._notice = notice
        self._index: VectorIndex | None = None
        self._state: tuple[str, ...] = ()
        """Of the index when this process opened it or began to write to it."""
        self._using = threading.RLock()
        """Held while the index is searched, and while another takes its place."""

    @contextmanager
    def in_use(self) -> Iterator[VectorIndex | None]:
        """The index as it is now; None where there is none to be used or another process is at work with it."""
        with self._using:
            if self._index is None or self._state != self._store.index_state():
                self._open_soon()
            yield self._index

    # For whoever holds the lock

    def reach(self) -> None:
        """An index on this machine is there."""

    def open(self) -> VectorIndex:
        """The index in force, opened anew; a new one where there is none, or none that can be used: that is told."""
        with self._using:
            self.close()
            identity = self._store.meta("index")
            if identity is None or is_on_a_server(identity):
                return self._created()
            try:
                return self._opened()
            except IndexUnusableError as fault:
                return self.rebuild(fault)

    def rebuild(self, fault: IndexUnusableError) -> VectorIndex:
        """A new, empty index takes the place of one that cannot be used."""
        self._notice(f"The search index cannot be used: {fault}. Rebuilding it; nothing is lost.")
        with self._using:
            self.close()
            return self._created()

    def lacks(self, index: VectorIndex) -> bool:
        """Whether it does not hold what the library holds."""
        return index.sizes != self._store.indexed_counts()

    def begin_writing(self) -> None:
        """To be called before anything is written: other processes then open the index anew, once they may."""
        with self._using:
            self._store.begin_writing()
            self._state = self._store.index_state()

    def put(self, passages: Sequence[Passage], whole: NDArray[np.float32], sentences: NDArray[np.float32]) -> None:
        """Adds or replaces passages, with their vectors and those of their sentences."""
        if self._index is not None:
            self._index.put(passages, whole, sentences)

    def finish(self) -> None:
        """Nobody else has to be told."""

    @property
    def may_be_behind(self) -> bool:
        """What this home's other processes write is seen by its mark in the store."""
        return False

    def close(self) -> None:
        with self._using:
            if self._index is not None:
                self._index.close()
                self._index = None

    def _open_soon(self) -> None:
        self.close()
        with alone_soon(self._home / SYNC_LOCK) as is_alone:
            identity = self._store.meta("index")
            if is_alone and identity is not None and not is_on_a_server(identity):
                try:
                    self._opened()
                except IndexUnusableError:
                    pass  # the next sync tells it and makes a new one

    def _opened(self) -> VectorIndex:
        identity, embedder = self._store.meta("index"), self._embedder()
        folder = self._home / locations.INDEXES / str(identity)
        return self._kept(open_index(folder, embedder.fingerprint, embedder.dimensions))

    def _created(self) -> VectorIndex:
        folder = self._home / locations.INDEXES / uuid.uuid4().hex[:12]
        index = create_index(folder, self._embedder())
        self._store.begin_index(folder.name)
        discard_other_indexes(folder)
        return self._kept(index)

    def _kept(self, index: VectorIndex) -> VectorIndex:
        self._index, self._state = index, self._store.index_state()
        return index
