"""Which passages hold some words, and which of them may be searched."""

from __future__ import annotations

import sqlite3

from aidx_assistant.evidence import Segment

Searched = tuple[str, tuple[str, ...]]
"""A condition on the passages `p`, and its parameters."""


def matched_words(
    connection: sqlite3.Connection, expression: str, limit: int, among: Searched
) -> list[tuple[str, float]]:
    """Passage ids with BM25 scores (higher is better), best first, for an FTS5 expression."""
    condition, parameters = among
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


def searched(segment: Segment | None, source_id: str | None) -> Searched:
    """A passage belongs to a segment when it speaks of it or of all."""
    conditions, parameters = ["TRUE"], []
    if segment and segment != "all":
        conditions.append("(p.segments LIKE ? OR p.segments LIKE '%,all,%')")
        parameters.append(f"%,{segment},%")
    if source_id:
        conditions.append("p.source_id = ?")
        parameters.append(source_id)
    return " AND ".join(conditions), tuple(parameters)
