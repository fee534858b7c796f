"""The last answers of `aidx ask`, which `aidx cite` cites and `aidx ask --continue` goes on from."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aidx_assistant import atomic, locations
from aidx_assistant.answers import Answer, Citation, answer_as_json, citations_as_json
from aidx_assistant.answers_read_back import answer_from_json, citations_from_json

_KEPT = 20


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """An answer that the user has seen, as far as it can be cited."""

    question: str
    asked_at: str
    """ISO 8601 in UTC, to the second."""
    citations: tuple[Citation, ...]


def keep_asked(home: Path, asked_at: str, answer: Answer, *, continues: bool = False) -> None:
    """Keeps an answer with the last ones before it, and whether it continues them.

    Where that cannot be written, nothing is kept.
    """
    new = {
        "question": answer.question,
        "asked_at": asked_at,
        "citations": citations_as_json(answer.citations),
        "continues": continues,
        "answer": answer_as_json(answer),
    }
    with contextlib.suppress(OSError):
        content = {"schema": 1, "answers": [new, *_kept(home)][:_KEPT]}
        atomic.write_text(home / locations.ASKED, json.dumps(content))


def asked(home: Path) -> tuple[AnswerGiven, ...]:
    """The answers kept, newest first; those that cannot be read are left out."""
    return tuple(_read(_kept(home)))


def last_conversation(home: Path) -> tuple[Answer, ...]:
    """The last answer and those that it continues, oldest first, as far as they are kept and can be read."""
    conversation: list[Answer] = []
    for one in _kept(home):
        try:
            conversation.append(answer_from_json(one["answer"]))
            if not one["continues"]:
                break
        except (KeyError, TypeError, ValueError):
            break
    return tuple(reversed(conversation))


def _kept(home: Path) -> list[Any]:
    try:
        answers = json.loads((home / locations.ASKED).read_bytes())["answers"]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return answers if isinstance(answers, list) else []


def _read(answers: Iterable[Any]) -> Iterable[AnswerGiven]:
    for one in answers:
        with contextlib.suppress(KeyError, TypeError, ValueError):
            yield AnswerGiven(str(one["question"]), str(one["asked_at"]), citations_from_json(one["citations"]))
