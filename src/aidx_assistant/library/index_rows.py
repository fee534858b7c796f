"""What the vector index holds of the passages, as the library's file knows it."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterable, Sequence

from aidx_assistant.library.records import Extent
from aidx_assistant.library.word_rows import Searched

UNINDEXED = "indexed_hash IS NOT content_hash"
"""The condition of a passage without vectors, or with those of an earlier text."""


def mark_indexed(connection: sqlite3.Connection, passage_ids: Iterable[str]) -> None:
    connection.executemany("UPDATE passages SET indexed_hash = content_hash WHERE id = ?", [(i,) for i in passage_ids])


def mark_unindexed(connection: sqlite3.Connection, passage_ids: Iterable[str]) -> None:
    connection.executemany("UPDATE passages SET indexed_hash = NULL WHERE id = ?", [(i,) for i in passage_ids])


def clear_stale_vectors(connection: sqlite3.Connection, passage_ids: Iterable[str]) -> None:
    connection.executemany("DELETE FROM stale_vectors WHERE passage_id = ?", [(i,) for i in passage_ids])


def begin_index(connection: sqlite3.Connection, identity: str) -> None:
    """A new, empty vector index takes the place of the former one."""
    connection.execute("UPDATE passages SET indexed_hash = NULL")
    connection.execute("DELETE FROM stale_vectors")
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('index', ?)", (identity,))


def begin_writing(connection: sqlite3.Connection) -> None:
    """Lets every process know that the index is another one than it has open."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('index_written', ?)", (uuid.uuid4().hex,))


def index_state(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Changes whenever an index takes the place of another, and with every process that begins to write to it."""
    rows = connection.execute("SELECT key, value FROM meta WHERE key IN ('index', 'index_written') ORDER BY key")
    return tuple(f"{key} {value}" for key, value in rows)


def indexed_counts(connection: sqlite3.Connection) -> tuple[int, int]:
    """How many vectors of passages, and of sentences, the index should hold."""
    row = connection.execute(
        "SELECT count(*), coalesce(sum(vectors), 0) FROM passages"
        " WHERE indexed_hash IS NOT NULL AND id NOT IN (SELECT passage_id FROM stale_vectors)"
    ).fetchone()
    return int(row[0]), int(row[1])


def count_unindexed(connection: sqlite3.Connection, among: Searched) -> int:
    """How many of some passages have no vectors."""
    condition, parameters = among
    # SQLite would go through all passages of a source.
    unindexed = f"passages p INDEXED BY passages_unindexed WHERE {UNINDEXED}"
    row = connection.execute(f"SELECT count(*) FROM {unindexed} AND {condition}", parameters).fetchone()
    return int(row[0])


def unindexed_among(connection: sqlite3.Connection, passage_ids: Sequence[str]) -> frozenset[str]:
    marks = ", ".join("?" * len(passage_ids))
    rows = connection.execute(
        f"SELECT id FROM passages WHERE {UNINDEXED} AND id IN ({marks})", tuple(passage_ids)
    ).fetchall()
    return frozenset(row[0] for row in rows)


def extent(connection: sqlite3.Connection) -> Extent:
    row = connection.execute(
        f"SELECT count(*), coalesce(sum(vectors), 0), coalesce(sum(NOT ({UNINDEXED})), 0) FROM passages"
    ).fetchone()
    return Extent(*map(int, row))
