"""The SQLite file that keeps conversations as they go."""

from __future__ import annotations

import json
import sqlite3
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

from aidx_assistant.answers import Answer, Citation, answer_as_json, citations_as_json
from aidx_assistant.answers_read_back import answer_from_json, citations_from_json
from aidx_assistant.conversations.conversation import (
    LONGEST_TITLE,
    Conversation,
    EarlierQuestion,
    Turn,
    TurnState,
    in_one_line,
    title_from,
)
from aidx_assistant.conversations.conversation import now_in_utc as _now
from aidx_assistant.conversations.faults import damaged, storage_faults
from aidx_assistant.conversations.opening import opened
from aidx_assistant.conversations.sessions import Session, living_sessions
from aidx_assistant.errors import AidxError, UsageError
from aidx_assistant.evidence import Segment

_CONVERSATIONS = """
SELECT c.id, c.title, c.started, c.updated, count(t.id)
FROM conversations c LEFT JOIN turns t ON t.conversation_id = c.id
WHERE {condition}
GROUP BY c.id ORDER BY c.updated DESC, max(t.id) DESC
"""
_MATCHES = """
instr(folded(c.title), :words) OR c.id IN (
    SELECT conversation_id FROM turns WHERE instr(folded(question), :words) OR instr(folded(text), :words)
)
"""
_TURN = ", ".join(column.name for column in fields(Turn))


class ConversationStore:
    """Conversations in one file. Each method is one transaction, saved when it returns; use it from any thread, and
    from several processes at once.

    Opening marks as "broken off" what was being answered when its process ended. Every method raises StorageError
    where the file cannot be read or written, and UsageError for the id of a conversation or turn that is not there.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._session = Session(file)
        self._connection = opened(file)
        try:
            self._connection.create_function("folded", 1, str.casefold, deterministic=True)
            self._mark_broken_off()
        except BaseException:
            self._connection.close()
            raise

    def close(self) -> None:
        """What is still being answered then counts as broken off."""
        with self._lock, storage_faults(self._file):
            self._session.release()
            self._connection.close()

    # Reading

    def conversations(self, matching: str = "") -> tuple[Conversation, ...]:
        """Newest first; only those with `matching` in their title, a question or an answer, in capitals or not."""
        words = _storable(matching).strip().casefold()
        return self._conversations(_MATCHES if words else "TRUE", {"words": words})

    def conversation(self, conversation_id: str) -> Conversation:
        found = self._conversations("c.id = :id", {"id": conversation_id})
        if not found:
            raise _no_conversation()
        return found[0]

    def turns(self, conversation_id: str) -> tuple[Turn, ...]:
        """The turns of a conversation in order."""
        if self._rows("SELECT 1 FROM turns WHERE state = 'asked' AND session <> ? LIMIT 1", (self._session.id,)):
            self._mark_broken_off()
        rows = self._rows(f"SELECT {_TURN} FROM turns WHERE conversation_id = ? ORDER BY position", (conversation_id,))
        if not rows:
            self.conversation(conversation_id)
        return tuple(self._turn(row) for row in rows)

    def questions_before(self, turn: Turn) -> tuple[EarlierQuestion, ...]:
        """The questions of a turn's conversation that came before it, in order."""
        rows = self._rows(
            "SELECT question, json_extract(answer, '$.question_understood') FROM turns"
            " WHERE conversation_id = ? AND position < ? ORDER BY position",
            (turn.conversation_id, turn.position),
        )
        return tuple(EarlierQuestion(question, understood) for question, understood in rows)

    def summary(self, conversation_id: str) -> tuple[str, int]:
        """The summary of a conversation's beginning, and the position of the first turn that it does not hold."""
        rows = self._rows("SELECT summary, summarised FROM conversations WHERE id = ?", (conversation_id,))
        if not rows:
            raise _no_conversation()
        return rows[0][0], rows[0][1]

    def keep_summary(self, turn_id: int, summary: str, next_position: int) -> None:
        """Saves it with the conversation of a turn."""
        statement = (
            "UPDATE conversations SET summary = ?, summarised = ?"
            " WHERE id = (SELECT conversation_id FROM turns WHERE id = ?)"
        )
        with self._transaction() as connection:
            _require(connection.execute(statement, (_storable(summary), next_position, turn_id)))

    def answered(self, count: int) -> tuple[Turn, ...]:
        """The turns of all conversations that have an answer, newest first, at most so many."""
        statement = f"SELECT {_TURN} FROM turns WHERE answer IS NOT NULL ORDER BY asked_at DESC, id DESC LIMIT ?"
        return tuple(self._turn(row) for row in self._rows(statement, (count,)))

    # Asking and answering

    def begin(
        self,
        conversation_id: str | None,
        question: str,
        segment: Segment | None = None,
        source_id: str | None = None,
    ) -> Turn:
        """Saves a question as asked; where no conversation is given, in a new one with the question as its title."""
        question = _storable(question)
        if not question.strip():
            raise UsageError("The question is empty.", "Type one.")
        now = _now()
        with self._transaction() as connection:
            self._session.hold()
            if conversation_id is None:
                conversation_id = uuid.uuid4().hex
                new = (conversation_id, title_from(question, LONGEST_TITLE), now, now)
                connection.execute("INSERT INTO conversations (id, title, started, updated) VALUES (?, ?, ?, ?)", new)
            else:
                _touch(connection, conversation_id, now)
            position = connection.execute(
                "SELECT coalesce(max(position) + 1, 0) FROM turns WHERE conversation_id = ?", (conversation_id,)
            ).fetchone()[0]
            asked = (conversation_id, position, question, segment, source_id, now)
            turn_id = connection.execute(
                "INSERT INTO turns (conversation_id, position, question, segment, source_id, asked_at, state, session)"
                " VALUES (?, ?, ?, ?, ?, ?, 'asked', ?)",
                (*asked, self._session.id),
            ).lastrowid
        return Turn(turn_id or 0, *asked)

    def keep_text(self, turn_id: int, text: str, citations: Sequence[Citation] = ()) -> None:
        """Saves all that has come of an answer so far, and what its markers name."""
        with self._transaction() as connection:
            _change(connection, turn_id, text=text, citations=json.dumps(citations_as_json(citations)))

    def finish(self, turn_id: int, answer: Answer) -> None:
        """Saves an answer; the turn counts as cancelled where the user stopped the answer, not where it was whole."""
        state: TurnState = "cancelled" if answer.stopped_by_user else "answered"
        self._end(turn_id, state, text=answer.text, answer=json.dumps(answer_as_json(answer)))

    def fail(self, turn_id: int, error: AidxError) -> None:
        """Saves why there is no answer."""
        self._end(turn_id, "failed", problem=error.title, hint=error.hint, remedies=json.dumps(error.remedies))

    def cancel(self, turn_id: int) -> None:
        """Saves that the user ended an answer that had not come."""
        self._end(turn_id, "cancelled")

    # Tidying

    def rename(self, conversation_id: str, title: str) -> None:
        """Raises UsageError for a title that is empty or has more than 200 characters."""
        line = in_one_line(_storable(title))
        if not line:
            raise UsageError("The title is empty.", "Type one.")
        if len(line) > LONGEST_TITLE:
            raise UsageError(f"The title has {len(line)} characters; at most {LONGEST_TITLE} fit.", "Shorten it.")
        with self._transaction() as connection:
            _require(connection.execute("UPDATE conversations SET title = ? WHERE id = ?", (line, conversation_id)))

    def delete(self, conversation_id: str) -> None:
        """Removes a conversation with its turns."""
        with self._transaction() as connection:
            _require(connection.execute("DELETE FROM conversations WHERE id = ?", (conversation_id,)))

    # Inside

    def _mark_broken_off(self) -> None:
        with self._transaction() as connection:
            living = (self._session.id, *living_sessions(self._file))
            marks = ", ".join("?" * len(living))
            connection.execute(
                f"UPDATE turns SET state = 'broken off' WHERE state = 'asked' AND session NOT IN ({marks})", living
            )

    def _end(self, turn_id: int, state: TurnState, **columns: str) -> None:
        with self._transaction() as connection:
            _change(connection, turn_id, state=state, **columns)
            row = connection.execute("SELECT conversation_id FROM turns WHERE id = ?", (turn_id,)).fetchone()
            _touch(connection, row[0], _now())

    def _conversations(self, condition: str, parameters: dict[str, str]) -> tuple[Conversation, ...]:
        return tuple(Conversation(*row) for row in self._rows(_CONVERSATIONS.format(condition=condition), parameters))

    def _turn(self, row: tuple[Any, ...]) -> Turn:
        turn = dict(zip(_TURN.split(", "), row, strict=True))
        try:
            turn["answer"] = turn["answer"] and answer_from_json(json.loads(turn["answer"]))
            turn["citations"] = citations_from_json(json.loads(turn["citations"]))
            turn["remedies"] = tuple(json.loads(turn["remedies"]))
        except (ValueError, KeyError, TypeError) as error:
            raise damaged(self._file, f"the answer to “{title_from(turn['question'])}” cannot be read") from error
        return Turn(**turn)

    def _rows(self, statement: str, parameters: dict[str, str] | tuple[str | int, ...]) -> list[tuple[Any, ...]]:
        with self._lock, storage_faults(self._file):
            return self._connection.execute(statement, parameters).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, storage_faults(self._file):
            with self._connection:  # commits, or rolls back where anything is raised
                self._connection.execute("BEGIN IMMEDIATE")
                yield self._connection


def _change(connection: sqlite3.Connection, turn_id: int, **columns: str) -> None:
    """Sets columns of a turn."""
    assignments = ", ".join(f"{column} = ?" for column in columns)
    values = [_storable(value) for value in columns.values()]
    if not connection.execute(f"UPDATE turns SET {assignments} WHERE id = ?", (*values, turn_id)).rowcount:
        raise UsageError("The conversation has been deleted.", "What is answered there is not kept.")


def _touch(connection: sqlite3.Connection, conversation_id: str, now: str) -> None:
    _require(connection.execute("UPDATE conversations SET updated = ? WHERE id = ?", (now, conversation_id)))


def _require(changed: sqlite3.Cursor) -> None:
    if not changed.rowcount:
        raise _no_conversation()


def _no_conversation() -> UsageError:
    return UsageError("There is no such conversation.", "It may have been deleted meanwhile.")


def _storable(text: str) -> str:
    """The text without the halves of characters, which no UTF-8 can hold."""
    return text.encode("utf-8", "replace").decode()
