"""Turns a fault of SQLite into one sentence that names the file of the conversations and says what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aidx_assistant.errors import StorageError

ANOTHER_HOME = "Set AIDX_HOME to a folder you can write to."
_FREE_SPACE = "Free some disk space and try again; what was saved before is kept."


@contextmanager
def storage_faults(file: Path) -> Iterator[None]:
    """Raises StorageError in place of what SQLite or the file system raises."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
            raise damaged(file, str(error)) from error
        raise StorageError(f"The conversations in {file} cannot be used: {error}.", _hint(name)) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise StorageError(f"The conversations in {file} cannot be used: {reason}.", ANOTHER_HOME) from error


def damaged(file: Path, reason: str) -> StorageError:
    """The error for a file that is not, or not wholly, one of conversations; it is left as it is."""
    return StorageError(
        f"The conversations in {file} are damaged: {reason}.",
        f"Nothing in the file was changed. Put a copy of it back, or move all files named {file.name}* away to begin"
        " with no conversations.",
    )


def _hint(name: str) -> str:
    if name == "SQLITE_FULL" or name.startswith("SQLITE_IOERR"):
        return _FREE_SPACE
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "Another aidx is writing; try again in a moment."
    return ANOTHER_HOME
