"""What replies of Claude's have taken, kept in a file of the home: counts and money, no word of what was asked."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import reduce
from itertools import groupby
from pathlib import Path

from aidx_assistant.answers import Usage
from aidx_assistant.claude.usage import cost, in_all, price_of
from aidx_assistant.errors import StorageError
from aidx_assistant.locations import USAGE, make_home
from aidx_assistant.settings import Price

_Row = tuple[str, str, int, int, int, int, int, float | None, int]

_TABLE = """CREATE TABLE IF NOT EXISTS replies (
    receipt TEXT PRIMARY KEY, at TEXT NOT NULL, model TEXT NOT NULL, input_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL, cache_read INTEGER NOT NULL, cache_creation INTEGER NOT NULL, cost_usd REAL,
    estimated INTEGER NOT NULL DEFAULT 0
)"""
_ESTIMATED = "estimated"
"""The column that a file lacks which was begun before tokens out could be an estimate."""
_ADDED = f"ALTER TABLE replies ADD COLUMN {_ESTIMATED} INTEGER NOT NULL DEFAULT 0"
_NOTE = """INSERT OR REPLACE INTO replies
    (receipt, at, model, input_tokens, output_tokens, cache_read, cache_creation, cost_usd, estimated)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_BY_DAY = """SELECT substr(at, 1, 10) AS day, model, count(*), sum(input_tokens), sum(output_tokens), sum(cache_read),
    sum(cache_creation), sum(cost_usd), sum({estimated})
    FROM replies WHERE at LIKE ? || '%' GROUP BY day, model, cost_usd IS NULL ORDER BY day, model, cost_usd IS NULL"""
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
    """The tokens of all; the cost of all, None where that of one is not known."""
    estimated: int
    """Replies that broke off, whose tokens out are an estimate."""
    known_usd: float
    """US dollars, as far as prices are known."""
    priced_since_usd: float
    """Of these, what is reckoned by today's prices, as none was known when the replies came."""
    unpriced: int
    """Replies whose price is not known."""


class Ledger:
    """The file `usage.sqlite`: every process of the home adds to it; each entry is written whole or not at all."""

    def __init__(self, home: Path) -> None:
        self._file = home / USAGE

    def note(self, receipt: str, model: str, usage: Usage) -> None:
        """Adds a reply, or puts what it took in all in place of what it took so far. Raises StorageError."""
        tokens = usage.input_tokens, usage.output_tokens, usage.cache_read_input_tokens
        at = datetime.now(UTC).isoformat(timespec="seconds")
        row = receipt, at, model, *tokens, usage.cache_creation_input_tokens, usage.cost_usd, usage.output_is_estimated
        make_home(self._file.parent)
        with self._opened("rwc") as file:
            _lay_out(file)
            with file:
                file.execute(_NOTE, row)

    def spent(self, month: str, prices: Mapping[str, Price]) -> float:
        """US dollars in a month (YYYY-MM, UTC), as far as prices are known. Raises StorageError."""
        return math.fsum(day.known_usd for day in self.by_day(prices, month))

    def by_day(self, prices: Mapping[str, Price], month: str = "") -> tuple[UsageOfDay, ...]:
        """By day and model, the earliest first; of one month, or of all time. Raises StorageError.

        What a reply took keeps the price it was noted with; where none was known, that of `prices` is taken.
        """
        parts = [_of_day(row, prices) for row in self._rows(month)]
        days = groupby(parts, key=lambda part: (part.day, part.model))
        return tuple(reduce(_together, same) for _, same in days)

    def _rows(self, month: str) -> list[_Row]:
        if not self._file.exists():
            return []
        with self._opened("ro") as file:
            columns = _columns(file)
            if not columns:  # another process is about to write the first entry
                return []
            by_day = _BY_DAY.format(estimated=_ESTIMATED if _ESTIMATED in columns else "0")
            return file.execute(by_day, (month,)).fetchall()

    @contextmanager
    def _opened(self, mode: str) -> Iterator[sqlite3.Connection]:
        """`mode`: SQLite's, "ro" or "rwc"; what only reads may do so in a home that nobody can write to."""
        address = f"{self._file.absolute().as_uri()}?mode={mode}"
        try:
            with closing(sqlite3.connect(address, timeout=_WAIT, uri=True)) as file:
                yield file
        except sqlite3.Error as error:
            raise StorageError(
                f"What Claude took is kept in {self._file}, which cannot be used: {error}.",
                "Check the disk's space and permissions; where the file is damaged, move it away.",
            ) from error


def _of_day(row: _Row, prices: Mapping[str, Price]) -> UsageOfDay:
    """Replies of one day and model whose prices were all known when they came, or of which none was."""
    day, model, replies, given, written, read, cached, noted, estimated = row
    usage = Usage(given, written, read, cached, noted, estimated > 0)
    since = cost(usage, price_of(prices, model)) if noted is None else None
    known = since if noted is None else noted
    unpriced = replies if known is None else 0
    return UsageOfDay(
        day, model, replies, replace(usage, cost_usd=known), estimated, known or 0.0, since or 0.0, unpriced
    )


def _together(one: UsageOfDay, other: UsageOfDay) -> UsageOfDay:
    return UsageOfDay(
        one.day,
        one.model,
        one.replies + other.replies,
        in_all((one.usage, other.usage)),
        one.estimated + other.estimated,
        one.known_usd + other.known_usd,
        one.priced_since_usd + other.priced_since_usd,
        one.unpriced + other.unpriced,
    )


def _lay_out(file: sqlite3.Connection) -> None:
    """Makes the table, or gives an older one what it lacks, whoever else does the same."""
    if _ESTIMATED in _columns(file):
        return
    with file:
        file.execute("BEGIN IMMEDIATE")
        file.execute(_TABLE)
        if _ESTIMATED not in _columns(file):
            file.execute(_ADDED)


def _columns(file: sqlite3.Connection) -> list[str]:
    """The names of the table's; none where there is no table yet."""
    return [column[1] for column in file.execute("PRAGMA table_info(replies)")]


def this_month() -> str:
    """YYYY-MM, in UTC."""
    return f"{datetime.now(UTC):%Y-%m}"
