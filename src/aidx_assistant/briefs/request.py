"""What a brief is asked to be about, for whom, and on which evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from aidx_assistant.answers import Answer
from aidx_assistant.assistant.questions import usable
from aidx_assistant.briefs.brief import BriefKind
from aidx_assistant.dx.index import DxIndex
from aidx_assistant.errors import UsageError
from aidx_assistant.evidence import Segment
from aidx_assistant.printable import without_sequences

_LONGEST_TOPIC = 120
_LONGEST_NAME = 200
_CLAIM = re.compile(r"%|\bper\s?cent|[$€£]", re.IGNORECASE)
_MARKS = re.compile(r"\*\*|\[\d+\]")
"""What a text of a brief would take for a mark of its own."""

IN_PLURAL = {"provider": "providers", "payer": "payers", "pharma": "pharma", "all": "all segments"}
"""Whom a segment's figures count."""


@dataclass(frozen=True, slots=True)
class Place:
    """Sentences of a passage, 0-based, end exclusive."""

    passage_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class BriefRequest:
    """A topic, and what the user chose to go with it. Made readable by `usable_request`."""

    kind: BriefKind
    topic: str
    segment: Segment
    audience: str | None = None
    questions: tuple[str, ...] = ()
    """What the brief has to answer besides; the first is the decision to take."""
    findings: tuple[str, ...] = ()
    """Ids of findings that the user chose: they come first in the evidence."""
    places: tuple[Place, ...] = ()
    """What the answers cite that the brief rests on."""
    owner: str | None = None
    """Who decides, where known."""
    decide_by: str | None = None
    """By when, where known."""
    jobs: DxIndex | None = None
    """The user's own jobs, scored, where the brief is to show where to look first."""

    @property
    def given(self) -> tuple[str, ...]:
        """The user's own texts: figures in them are no claims; in a topic a share or a sum of money is one."""
        topic = () if states_share_or_money(self.topic) else (self.topic,)
        return tuple(text for text in (*topic, *self.questions, self.owner, self.decide_by) if text)

    def put_into(self, text: str) -> str:
        """A text of a template, with the topic and the segment put in."""
        return text.replace("{segment}", IN_PLURAL[self.segment]).replace("{topic}", self.topic)


def states_share_or_money(topic: str) -> bool:
    """Whether a topic makes a claim: a figure in it then needs a source."""
    return _CLAIM.search(topic) is not None


def usable_request(request: BriefRequest) -> BriefRequest:
    """The request with its texts in one line each. Raises UsageError where one is empty or too long."""
    topic = _one_line(request.topic)
    if not topic:
        raise UsageError("The topic is empty.", "Name one, e.g. “ambient scribes”.")
    if len(topic) > _LONGEST_TOPIC:
        raise UsageError(
            f"The topic has {len(topic)} characters; at most {_LONGEST_TOPIC} make a title.",
            "Name it shortly; what is to be answered besides is a question of its own.",
        )
    return replace(
        request,
        topic=topic,
        audience=_name(request.audience, "For whom it is"),
        owner=_name(request.owner, "Who decides"),
        decide_by=_name(request.decide_by, "By when it is decided"),
        questions=tuple(map(_question, request.questions)),
    )


def places_of(answers: Iterable[Answer]) -> tuple[Place, ...]:
    """What answers cite, as far as the library bears it out, each place once."""
    cited = (citation for answer in answers for citation in answer.citations if citation.verified)
    return tuple(dict.fromkeys(Place(citation.passage_id, *citation.sentences) for citation in cited))


def _question(text: str) -> str:
    question = _MARKS.sub("", usable(text)) if _one_line(text) else ""
    if not question:
        raise UsageError("A question for the brief is empty.", "Say what it has to answer, or leave the question out.")
    return question


def _name(text: str | None, what: str) -> str | None:
    if text is None:
        return None
    words = _one_line(text)
    if len(words) > _LONGEST_NAME:
        raise UsageError(f"{what} has {len(words)} characters; at most {_LONGEST_NAME}.", "Shorten it.")
    return words or None


def _one_line(text: str) -> str:
    readable = without_sequences(text.encode("utf-8", "replace").decode())  # bytes of an argument that are no UTF-8
    words = " ".join("".join(char if char.isprintable() else " " for char in readable).split())
    return " ".join(_MARKS.sub("", words).split())
