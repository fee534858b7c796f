"""The library's file: opened, used by one thread at a time, written in transactions."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aidx_assistant.errors import StorageError
from aidx_assistant.library.faults import MOVE_AWAY, sqlite_faults
from aidx_assistant.library.layout import prepare_tables
from aidx_assistant.locations import make_home


class LibraryFile:
    """One connection to the library's file; created with its tables where it does not exist.

    Any thread may call its methods: one waits for the other, so none sees a transaction half done. Raises StorageError
    for a file that cannot be opened, is damaged or was written by a later version.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        make_home(file.parent)
        try:
            self._connection = sqlite3.connect(file, isolation_level=None, timeout=30, check_same_thread=False)
        except sqlite3.Error as error:
            raise StorageError(
                f"The library cannot be opened at {file}: {error}.", "Set AIDX_HOME to a folder you can write to."
            ) from error
        with self._alone():
            prepare_tables(self._connection)

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def check_integrity(self) -> None:
        """Raises StorageError where SQLite finds the file damaged."""
        with self._alone():
            outcome = self._connection.execute("PRAGMA quick_check").fetchone()[0]
        if outcome != "ok":
            raise StorageError(f"The library at {self._file} is damaged: {outcome}.", MOVE_AWAY)

    # Meta

    def meta(self, key: str) -> str | None:
        with self._alone():
            row = self._connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def metas(self, prefix: str) -> dict[str, str]:
        """All values whose keys begin so, by the rest of the key."""
        with self._alone():
            rows = self._connection.execute(
                "SELECT substr(key, ?), value FROM meta WHERE substr(key, 1, ?) = ?",
                (len(prefix) + 1, len(prefix), prefix),
            ).fetchall()
        return dict(rows)

    def set_meta(self, key: str, value: str) -> None:
        with self._alone():
            self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._alone():
            self._connection.execute("BEGIN IMMEDIATE")
            with self._connection:  # commits, or rolls back where anything is raised
                yield self._connection

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """The connection for this thread alone, its faults told as the library's."""
        with self._lock, sqlite_faults(self._file):
            yield
