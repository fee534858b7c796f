"""What replies of Claude's have taken, kept in a file of the home: counts and money, no word of what was asked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from aidx_assistant.answers import Usage
from aidx_assistant.errors import StorageError
from aidx_assistant.locations import USAGE, make_home

_TABLE = """CREATE TABLE IF NOT EXISTS replies (
    receipt TEXT PRIMARY KEY, at TEXT NOT NULL, model TEXT NOT NULL, input_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL, cache_read INTEGER NOT NULL, cache_creation INTEGER NOT NULL, cost_usd REAL
)"""
_BY_DAY = """SELECT substr(at, 1, 10) AS day, model, count(*), sum(input_tokens), sum(output_tokens), sum(cache_read),
    sum(cache_creation), CASE WHEN count(cost_usd) = count(*) THEN sum(cost_usd) END
    FROM replies WHERE at LIKE ? || '%' GROUP BY day, model ORDER BY day, model"""
_WAIT = 10.0
"""Seconds to wait for another process that writes."""


@dataclass(frozen=True, slots=True)
class UsageOfDay:
    """What the replies of one model took on one day (UTC)."""

    day: str
    """YYYY-MM-DD."""
    model: str
    replies: int
    usage: Usage
    """No cost where that of one reply is not known."""


class Ledger:
    """The file `usage.sqlite`: every process of the home adds to it; each entry is written whole or not at all."""

    def __init__(self, home: Path) -> None:
        self._file = home / USAGE

    def note(self, receipt: str, model: str, usage: Usage) -> None:
        """Adds a reply, or puts what it took in all in place of what it took so far. Raises StorageError."""
        counts = usage.input_tokens, usage.output_tokens, usage.cache_read_input_tokens
        row = receipt, datetime.now(UTC).isoformat(timespec="seconds"), model, *counts
        make_home(self._file.parent)
        with self._opened() as file, file:
            file.execute(_TABLE)
            file.execute(
                "INSERT OR REPLACE INTO replies VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (*row, usage.cache_creation_input_tokens, usage.cost_usd),
            )

    def spent(self, month: str) -> float:
        """US dollars in a month (YYYY-MM, UTC), as far as prices are known. Raises StorageError."""
        rows = self._rows("SELECT total(cost_usd) FROM replies WHERE at LIKE ? || '%'", month)
        return float(rows[0][0]) if rows else 0.0

    def by_day(self, month: str = "") -> tuple[UsageOfDay, ...]:
        """By day and model, the earliest first; of one month, or of all time. Raises StorageError."""
        return tuple(
            UsageOfDay(day, model, replies, Usage(given, written, read, cached, cost))
            for day, model, replies, given, written, read, cached, cost in self._rows(_BY_DAY, month)
        )

    def _rows(self, query: str, month: str) -> list[tuple[str, str, int, int, int, int, int, float | None]]:
        if not self._file.exists():
            return []
        with self._opened() as file:
            file.execute(_TABLE)
            return file.execute(query, (month,)).fetchall()

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._file, timeout=_WAIT)) as file:
                yield file
        except sqlite3.Error as error:
            raise StorageError(
                f"What Claude took is kept in {self._file}, which cannot be used: {error}.",
                "Check the disk's space and permissions; where the file is damaged, move it away.",
            ) from error


def this_month() -> str:
    """YYYY-MM, in UTC."""
    return f"{datetime.now(UTC):%Y-%m}"
