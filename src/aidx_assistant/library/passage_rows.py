"""The rows of passages and of their words, and what of them the vector index no longer fits."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from aidx_assistant.library.records import StoredPassage, content_hash, to_json


def put_passage(connection: sqlite3.Connection, stored: StoredPassage) -> str:
    """Writes a passage inside the caller's transaction; gives back "added", "changed" or "unchanged"."""
    passage, position = stored.passage, stored.position
    record, hash_ = to_json(passage), content_hash(passage)
    known = connection.execute(
        "SELECT number, content_hash, record, position FROM passages WHERE id = ?", (passage.id,)
    ).fetchone()
    if known and known[1:] == (hash_, record, position):
        return "unchanged"
    same_vectors = bool(known) and known[1] == hash_
    indexed = hash_ if same_vectors and _is_indexed(connection, passage.id) else None
    if known:
        if not same_vectors:
            connection.execute("INSERT OR IGNORE INTO stale_vectors VALUES (?)", (passage.id,))
        connection.execute("DELETE FROM words WHERE rowid = ?", (known[0],))
    number = connection.execute(
        "INSERT OR REPLACE INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            known[0] if known else None,
            passage.id,
            passage.source_id,
            position,
            record,
            f",{','.join(passage.segments)},",
            len(passage.sentences),
            stored.tokens,
            hash_,
            indexed,
        ),
    ).lastrowid
    connection.execute(
        "INSERT INTO words (rowid, heading, body) VALUES (?, ?, ?)",
        (number, passage.locator.heading or "", passage.text),
    )
    return "changed" if known else "added"


def delete_passages(connection: sqlite3.Connection, passage_ids: Iterable[str]) -> None:
    """Deletes passages inside the caller's transaction; their vectors go with the next sync."""
    for id_ in passage_ids:
        connection.execute("INSERT OR IGNORE INTO stale_vectors VALUES (?)", (id_,))
        connection.execute("DELETE FROM words WHERE rowid = (SELECT number FROM passages WHERE id = ?)", (id_,))
        connection.execute("DELETE FROM passages WHERE id = ?", (id_,))


def _is_indexed(connection: sqlite3.Connection, passage_id: str) -> bool:
    row = connection.execute("SELECT indexed_hash IS content_hash FROM passages WHERE id = ?", (passage_id,)).fetchone()
    return bool(row[0])
