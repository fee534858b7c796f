"""Turns a fault of SQLite into one sentence that names the library's file and says what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aidx_assistant.errors import StorageError

MOVE_AWAY = "Move the file away and ask again: the shipped sources are read in anew."


@contextmanager
def sqlite_faults(file: Path) -> Iterator[None]:
    """Raises StorageError in place of whatever SQLite raises about the file."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorname", "") in {"SQLITE_NOTADB", "SQLITE_CORRUPT"}:
            raise StorageError(f"The library at {file} is damaged: {error}.", MOVE_AWAY) from error
        raise StorageError(f"The library at {file} failed: {error}.", _hint(error)) from error


def _hint(error: sqlite3.DatabaseError) -> str:
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_FULL" or name.startswith("SQLITE_IOERR"):
        return "Free some disk space and try again; nothing was half-written."
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
        return "Set AIDX_HOME to a folder you can write to."
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "Another aidx is writing; try again in a moment."
    return MOVE_AWAY
