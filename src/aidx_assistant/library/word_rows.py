"""Which passages hold some words, and which of them may be searched."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from aidx_assistant.evidence import Segment

OR = " OR "
"""Stands between the alternatives of an expression."""
Searched = tuple[str, tuple[str, ...]]
"""A condition on the passages `p`, and its parameters."""
_EVERYTHING = "TRUE"
_LARGE = 4_000
"""Passages of a library from which not all that have a word of the query are scored."""
_SCORED = 2_000
"""How many are scored then: of 7,632 passages the best ten stayed as good as if all had been."""


def matched_words(
    connection: sqlite3.Connection, expression: str, limit: int, among: Searched
) -> list[tuple[str, float]]:
    """Passage ids with BM25 scores (higher is better), best first, for alternatives in FTS5's syntax.

    In a large library that is searched whole, passages that have none of the rarer alternatives are left out where
    enough have these: it would take long to score all of them, and BM25 gives little for what is frequent.
    """
    condition, parameters = among
    if condition == _EVERYTHING and _is_large(connection):
        expression = _with_rare_ones(connection, expression, limit)
    # Ids are looked up for the best alone. SQLite leaves the inner join out where no condition needs it, as it may
    # with a LEFT JOIN only; in a large library that saves a third of the time.
    rows = connection.execute(
        "SELECT p.id, best.score FROM ("
        "SELECT words.rowid AS number, -bm25(words, 2.0, 1.0) AS score"
        " FROM words LEFT JOIN passages p ON p.number = words.rowid"
        f" WHERE words MATCH ? AND {condition} ORDER BY score DESC LIMIT ?"
        ") AS best JOIN passages p USING (number) ORDER BY best.score DESC",
        (expression, *parameters, limit),
    ).fetchall()
    return [(row[0], float(row[1])) for row in rows]


def _is_large(connection: sqlite3.Connection) -> bool:
    return int(connection.execute("SELECT coalesce(max(number), 0) FROM passages").fetchone()[0]) > _LARGE


def _with_rare_ones(connection: sqlite3.Connection, expression: str, wanted: int) -> str:
    """All alternatives, for the passages that have one of the rarest: of these as many as no more than `_SCORED`
    passages have, and more until as many have them as are wanted.
    """
    counting = "SELECT count(*) FROM (SELECT rowid FROM words WHERE words MATCH ? LIMIT ?)"
    rows = {
        one: int(connection.execute(counting, (one, _SCORED + 1)).fetchone()[0])
        for one in dict.fromkeys(expression.split(OR))
    }
    rare: list[str] = []
    scored = 0
    for one in sorted(rows, key=rows.__getitem__):
        if scored >= wanted and scored + rows[one] > _SCORED:
            break
        rare.append(one)
        scored += rows[one]
    frequent = [one for one in rows if one not in rare]
    if not frequent:
        return OR.join(rare)
    # BM25 counts a phrase as often as the expression has it: here every one twice, so that they weigh alike.
    return f"({OR.join(rare)}) AND ({OR.join([*rare, *frequent, *frequent])})"


def searched(segment: Segment | None, source_id: str | None) -> Searched:
    """A passage belongs to a segment when it speaks of it or of all."""
    conditions, parameters = [_EVERYTHING], []
    if segment and segment != "all":
        conditions.append("(p.segments LIKE ? OR p.segments LIKE '%,all,%')")
        parameters.append(f"%,{segment},%")
    if source_id:
        conditions.append("p.source_id = ?")
        parameters.append(source_id)
    return " AND ".join(conditions), tuple(parameters)


def searched_among(connection: sqlite3.Connection, passage_ids: Sequence[str], among: Searched) -> frozenset[str]:
    """Those of some passages that meet a condition."""
    condition, parameters = among
    marks = ", ".join("?" * len(passage_ids))
    rows = connection.execute(
        f"SELECT p.id FROM passages p WHERE p.id IN ({marks}) AND {condition}", (*passage_ids, *parameters)
    )
    return frozenset(row[0] for row in rows)
