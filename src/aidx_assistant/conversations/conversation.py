"""A conversation and its turns, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from aidx_assistant.answers import Answer, Citation
from aidx_assistant.errors import Remedy
from aidx_assistant.evidence import Segment

TurnState = Literal["asked", "answered", "cancelled", "failed", "broken off"]
"""asked: being answered; answered: `answer` is there, whatever its status; cancelled: by the user, `answer` holds
what came where anything came; failed: `problem` and `hint` say why; broken off: the process ended while it was
answered, `text` is what had come."""

LONGEST_TITLE = 200
_SHORT_TITLE = 60


@dataclass(frozen=True, slots=True)
class Conversation:
    """A series of questions and answers."""

    id: str
    title: str
    started: str
    updated: str
    """When it was started, and when it was last asked or answered: ISO 8601 in UTC, to the second."""
    turn_count: int


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what became of it."""

    id: int
    conversation_id: str
    position: int
    """0-based, in its conversation."""
    question: str
    segment: Segment | None
    source_id: str | None
    """The filters that the question was asked with."""
    asked_at: str
    """ISO 8601 in UTC, to the second."""
    state: TurnState = "asked"
    text: str = ""
    """The answer's text as far as it is kept; the whole of it once there is an `answer`."""
    answer: Answer | None = None
    problem: str = ""
    hint: str = ""
    remedies: tuple[Remedy, ...] = ()
    """What can be done about the problem, where each face has its own words for it."""
    citations: tuple[Citation, ...] = ()
    """Those that the markers of `text` name, not verified, as long as there is no `answer`."""


@dataclass(frozen=True, slots=True)
class EarlierQuestion:
    """A question that came before another in its conversation."""

    question: str
    understood: str | None
    """As it was understood; None where no answer says so."""


def now_in_utc() -> str:
    """ISO 8601 to the second."""
    return in_utc(datetime.now(UTC))


def in_utc(moment: datetime) -> str:
    """A moment of that zone, as ISO 8601 to the second."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def in_one_line(text: str) -> str:
    """The text with runs of white space and unprintable characters as single spaces."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def title_from(question: str, longest: int = _SHORT_TITLE) -> str:
    """The question's first words, at most so many characters; "…" stands for what is left out."""
    line = in_one_line(question)
    if len(line) <= longest:
        return line
    room = longest - 1
    words = line[: room + 1].rpartition(" ")[0] or line[:room]
    return f"{words.rstrip(' ,;:–—-')}…"
