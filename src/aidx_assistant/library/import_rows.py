"""The rows of what the user brought: where each source came from."""

from __future__ import annotations

import sqlite3

from aidx_assistant.library.records import Import, to_json


def put_import(connection: sqlite3.Connection, imported: Import, signature: bytes) -> None:
    """Remembers where a source came from; what once could not be read from there has been read now."""
    row = (imported.source_id, imported.origin, imported.sha256, to_json(imported), signature)
    connection.execute("INSERT OR REPLACE INTO imports VALUES (?, ?, ?, ?, ?)", row)
    connection.execute("DELETE FROM failed_imports WHERE origin = ?", (imported.origin,))


def change_import(connection: sqlite3.Connection, imported: Import) -> None:
    """Changes what is known of where a source came from, inside the caller's transaction; its signature stays."""
    row = (imported.origin, to_json(imported), imported.source_id)
    connection.execute("UPDATE imports SET origin = ?, record = ? WHERE source_id = ?", row)
