"""One reply within a deep question, of which only its end tells whether it answers or calls tools."""

from __future__ import annotations

from collections.abc import Iterator

from aidx_assistant.answering.given_evidence import GivenEvidence
from aidx_assistant.answering.reply import Reply
from aidx_assistant.answers import AnswerText, Notice, Usage
from aidx_assistant.claude.messages import BlockEnded, CitationDelta, MessageEnded, MessageEvent, Retrying, TextDelta


class DeepTurn:
    """Holds text back until it cites something: what Claude says before it looks something up is no answer.

    With `answers` nothing is held back, as the reply may call no tools.
    """

    def __init__(self, reply: Reply, given: GivenEvidence, *, answers: bool) -> None:
        self._reply = reply
        self._given = given
        self._held: list[MessageEvent] | None = None if answers else []
        self._separated = not reply.marked.text.strip()
        self.shown = False
        """Whether any of it has become part of the answer."""
        self.failed = False
        """Whether nothing came of it, and another try would not help."""
        self.ended = MessageEnded(None, None, "", Usage(0, 0))

    def take(self, event: MessageEvent) -> Iterator[AnswerText | Notice]:
        """What can be shown of the answer now."""
        match event:
            case MessageEnded():
                self.ended = event
            case Retrying():
                yield Notice(event.reason, event.seconds)
            case CitationDelta() if self._held is not None:
                held, self._held = self._held, None
                for before in held:
                    yield from self._shown(before)
                yield from self._shown(event)
            case _ if self._held is not None:
                self._held.append(event)
            case _:
                yield from self._shown(event)

    def fail(self, reason: str) -> None:
        """Says why nothing came of it."""
        self.failed = True
        self.ended = MessageEnded(None, None, "", Usage(0, 0), fault=reason)

    def rest(self) -> Iterator[AnswerText | Notice]:
        """What was held back of a reply that turned out to answer, cited or not."""
        held, self._held = self._held, None
        if held and not self.ended.calls:
            for event in held:
                yield from self._shown(event)

    def _shown(self, event: MessageEvent) -> Iterator[AnswerText | Notice]:
        """Hands an event to the answer, a new paragraph where an earlier turn has said something already."""
        match event:
            case TextDelta() if not self._separated:
                self._separated = True
                yield from self._reply.take(TextDelta(event.index, f"\n\n{event.text.lstrip()}"))
            case CitationDelta():
                yield from self._reply.take(self._given.in_passage(event))
            case TextDelta() | BlockEnded():
                yield from self._reply.take(event)
            case _:
                return
        self.shown = True
