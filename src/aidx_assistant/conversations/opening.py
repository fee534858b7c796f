"""Opens the file of the conversations, makes its tables, and refuses a file that it must not write to."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from aidx_assistant.conversations.faults import damaged, storage_faults
from aidx_assistant.errors import StorageError
from aidx_assistant.write_ahead import write_ahead

_PATIENCE = 10.0
"""Seconds to wait for another process that is writing."""

_TABLES = {"conversations", "turns"}

_VERSIONS: tuple[tuple[str, ...], ...] = (
    (
        """
        CREATE TABLE conversations (
            id TEXT PRIMARY KEY,
            title TEXT NOT NULL,
            started TEXT NOT NULL,
            updated TEXT NOT NULL
        )
        """,
        # An id is never given twice: what is still written to a deleted turn must not reach another one.
        """
        CREATE TABLE turns (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            conversation_id TEXT NOT NULL REFERENCES conversations ON DELETE CASCADE,
            position INTEGER NOT NULL,
            question TEXT NOT NULL,
            segment TEXT,
            source_id TEXT,
            asked_at TEXT NOT NULL,
            state TEXT NOT NULL,
            text TEXT NOT NULL DEFAULT '',
            answer TEXT,
            problem TEXT NOT NULL DEFAULT '',
            hint TEXT NOT NULL DEFAULT '',
            session TEXT NOT NULL,
            UNIQUE (conversation_id, position)
        )
        """,
        "CREATE INDEX turns_being_answered ON turns (session) WHERE state = 'asked'",
    ),
    (
        "ALTER TABLE turns ADD COLUMN remedies TEXT NOT NULL DEFAULT '[]'",
        "ALTER TABLE turns ADD COLUMN citations TEXT NOT NULL DEFAULT '[]'",
    ),
    (
        "ALTER TABLE conversations ADD COLUMN summary TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE conversations ADD COLUMN summarised INTEGER NOT NULL DEFAULT 0",
    ),
)
"""The statements that lead to each version of the file, the first from an empty file; `user_version` counts them."""


def opened(file: Path) -> sqlite3.Connection:
    """A connection, for use by any thread, to the file in its latest version; made where it does not exist.

    Raises StorageError for a file that is damaged, of a later version or cannot be written; it is left as it is.
    """
    with storage_faults(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        _check_whole(file)
        connection = sqlite3.connect(file, isolation_level=None, timeout=_PATIENCE, check_same_thread=False)
        try:
            write_ahead(connection, _PATIENCE)
            # Whatever a process has written survives its end; only a power failure can take the last moments.
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            _bring_up_to_date(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def _check_whole(file: Path) -> None:
    """Reads the file without changing anything, not even by taking over what its log holds."""
    if not file.exists() or not file.stat().st_size:
        log = file.with_name(f"{file.name}-wal")
        if log.exists() and log.stat().st_size:  # SQLite would delete it
            raise damaged(file, f"the file is empty, though there is {log.name}")
        return
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=_PATIENCE)
    try:
        connection.execute("BEGIN")  # another process may be making it: all is read as it is at one moment
        version = _version(connection)
        if version > len(_VERSIONS):
            raise StorageError(
                f"The conversations in {file} were written by a later version of aidx.",
                "Upgrade aidx, or set AIDX_HOME to another folder.",
            )
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables >= _TABLES if version else tables:
            raise damaged(file, "it is not a file of conversations")
        outcome = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if outcome != "ok":
            raise damaged(file, outcome.splitlines()[-1].rstrip("."))
    finally:
        connection.close()


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    if _version(connection) == len(_VERSIONS):
        return
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        for version in range(_version(connection), len(_VERSIONS)):
            for statement in _VERSIONS[version]:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {version + 1}")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
