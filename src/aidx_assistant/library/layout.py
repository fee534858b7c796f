"""The tables of the library's file, and what is no library of this layout."""

from __future__ import annotations

import sqlite3
from pathlib import Path

LAYOUT = "4"
_EARLIER = {"2", "3"}
"""Layouts that only lack tables and indexes of this one; what the user brought is kept."""
_TABLES = {"meta", "sources", "passages", "stale_vectors", "findings", "words"}
_OF_IMPORTS = {"imports", "failed_imports"}


class LibraryUnusableError(Exception):
    """The library's file is damaged or of another layout; the message says which, in words for the user."""


def prepare_tables(connection: sqlite3.Connection) -> None:
    """Makes the tables in an empty file. Raises LibraryUnusableError, the connection closed, for an unusable one."""
    try:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        layout = _layout(connection) if "meta" in tables else None
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorname in {"SQLITE_NOTADB", "SQLITE_CORRUPT"}:
            connection.close()
            raise LibraryUnusableError("it is damaged") from error
        raise
    if not tables or (layout in _EARLIER and tables >= _TABLES):
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript((Path(__file__).parent / "schema.sql").read_text(encoding="utf-8"))
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('layout', ?)", (LAYOUT,))
    elif layout != LAYOUT or not tables >= _TABLES | _OF_IMPORTS:
        connection.close()
        raise LibraryUnusableError("it is of another layout" if layout not in (None, LAYOUT) else "it is damaged")


def _layout(connection: sqlite3.Connection) -> str | None:
    row = connection.execute("SELECT value FROM meta WHERE key = 'layout'").fetchone()
    return row[0] if row else None
