"""The answers that the user has seen last, in the app or on the command line."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from aidx_assistant import locations
from aidx_assistant.conversations.asked import AnswerGiven, asked
from aidx_assistant.conversations.store import ConversationStore

_MOST = 100


def latest_answers(home: Path) -> tuple[AnswerGiven, ...]:
    """Newest first, by when they were asked for. Raises StorageError where conversations are there but unreadable."""
    given = list(asked(home))
    file = home / locations.CONVERSATIONS
    if file.exists():
        with closing(ConversationStore(file)) as store:
            for turn in store.answered(_MOST):
                citations = turn.answer.citations if turn.answer else ()
                given.append(AnswerGiven(turn.question, turn.asked_at, citations))
    return tuple(sorted(given, key=lambda one: one.asked_at, reverse=True))
