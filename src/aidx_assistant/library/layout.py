"""The tables of the library's file, and what is no library of this layout."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from aidx_assistant.write_ahead import write_ahead

_PATIENCE = 30.0
"""Seconds to wait for another process that makes the file."""
LAYOUT = "4"
_EARLIER = {"2", "3"}
"""Layouts that only lack tables and indexes of this one; what the user brought is kept."""
_TABLES = {"meta", "sources", "passages", "stale_vectors", "findings", "words"}
_OF_IMPORTS = {"imports", "failed_imports"}


class LibraryUnusableError(Exception):
    """The library's file is damaged or of another layout; the message says which, in words for the user."""


def prepare_tables(connection: sqlite3.Connection) -> None:
    """Makes the tables in an empty file. Raises LibraryUnusableError, the connection closed, for an unusable one.

    All of them appear at once: another process may be opening the same file, and this one may end at any moment.
    """
    try:
        tables, layout = _found(connection)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorname in {"SQLITE_NOTADB", "SQLITE_CORRUPT"}:
            connection.close()
            raise LibraryUnusableError("it is damaged") from error
        raise
    if not tables or (layout in _EARLIER and tables >= _TABLES):
        write_ahead(connection, _PATIENCE)
        schema = (Path(__file__).parent / "schema.sql").read_text(encoding="utf-8")
        mark = f"INSERT OR REPLACE INTO meta VALUES ('layout', '{LAYOUT}');"
        connection.executescript(f"BEGIN IMMEDIATE;\n{schema}\n{mark}\nCOMMIT;")
    elif layout != LAYOUT or not tables >= _TABLES | _OF_IMPORTS:
        connection.close()
        raise LibraryUnusableError("it is of another layout" if layout not in (None, LAYOUT) else "it is damaged")


def _found(connection: sqlite3.Connection) -> tuple[set[str], str | None]:
    """The tables, and the layout that they are of, as they are at one moment."""
    connection.execute("BEGIN")
    try:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "meta" not in tables:
            return tables, None
        row = connection.execute("SELECT value FROM meta WHERE key = 'layout'").fetchone()
        return tables, row[0] if row else None
    finally:
        if connection.in_transaction:  # it may have ended with the fault of a damaged file
            connection.execute("ROLLBACK")
