"""SQLite's write-ahead log, switched on for a file that several processes may be making at the same moment."""

from __future__ import annotations

import sqlite3
import time

_PAUSE = 0.02


def write_ahead(connection: sqlite3.Connection, patience: float) -> None:
    """Switches the log on. For `patience` seconds another process that does the same is waited for: SQLite itself does
    not wait there, whatever the connection's timeout, and raises OperationalError at once.
    """
    ends = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if not error.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > ends:
                raise
        time.sleep(_PAUSE)
