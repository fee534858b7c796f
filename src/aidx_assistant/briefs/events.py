"""What happens while a brief is made, in order; the last is BriefFinished."""

from __future__ import annotations

from dataclasses import dataclass

from aidx_assistant.answers import AnswerText, Notice, Phase
from aidx_assistant.briefs.brief import Brief
from aidx_assistant.errors import AidxError


@dataclass(frozen=True, slots=True)
class SectionBegun:
    """A section is being written; what comes as AnswerText until the next event is of it."""

    key: str
    heading: str
    number: int
    """From 1, in the order of the writing."""
    of: int


@dataclass(frozen=True, slots=True)
class SectionDone:
    """A section is written. `brief` is the whole so far, what is not written yet marked as not drafted."""

    key: str
    brief: Brief


@dataclass(frozen=True, slots=True)
class Remark:
    """What the user should know about how the brief is made, in a sentence."""

    text: str


@dataclass(frozen=True, slots=True)
class BriefFinished:
    """The brief, examined by the linter. Where something ended it early, its sections lack from there on."""

    brief: Brief
    stopped_by_user: bool = False
    problem: AidxError | None = None
    """What ended it early, if it was not the user."""


BriefEvent = SectionBegun | Phase | AnswerText | Notice | Remark | SectionDone | BriefFinished
SectionEvent = Phase | AnswerText | Notice | Remark
"""What comes while one section is written."""
