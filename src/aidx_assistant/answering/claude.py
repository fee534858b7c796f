"""Claude answers from the passages, citing them sentence by sentence."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

from aidx_assistant.answering.answer_request import Asked, asked
from aidx_assistant.answering.draft import Draft, Drafting, Retrieved
from aidx_assistant.answering.pricing import priced
from aidx_assistant.answering.reply import Reply, close
from aidx_assistant.answering.sentence_markers import with_citations
from aidx_assistant.answers import AnswerText, Notice, Phase
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.claude.messages import Claude
from aidx_assistant.claude.turns import ReplyTurn, SaidTurn
from aidx_assistant.errors import InterruptedByUserError
from aidx_assistant.settings import Settings


class ClaudeAnswerer:
    """Streams an answer from the Messages API; every passage is a search result, every sentence a citable block.

    With `instructions` in place of those for an answer it drafts a text: then only the fixed sentence is a decline,
    not a text that says what the sources lack.
    """

    def __init__(
        self,
        claude: Claude,
        settings: Settings,
        cancellation: Cancellation | None = None,
        instructions: str | None = None,
    ) -> None:
        self._claude = claude
        self._settings = settings
        self._cancellation = cancellation or Cancellation()
        self._instructions = instructions
        self._answered: Asked | None = None
        """What was asked last, its reply included, where that came whole."""

    def answer(self, question: str, retrieved: Retrieved) -> Drafting:
        """The conversation goes before the question, and before that all passages that it or the question rests on.

        Raises InterruptedByUserError where the answer is cancelled before any of it has come.
        """
        asking = asked(question, retrieved, self._settings, self._instructions)
        yield Phase("asking Claude")
        return (yield from self._drafted(asking))

    def repaired(self, told: str) -> Drafting:
        """The last answer again, after Claude was told what is wrong with it. Raises what `answer` raises."""
        assert self._answered is not None
        request = self._answered.request
        turns = (*request.turns, SaidTurn(told))
        asking = replace(self._answered, request=replace(request, turns=turns, may_follow=0))
        return (yield from self._drafted(asking))

    @property
    def can_repair(self) -> bool:
        """Whether the last answer came whole, so that it can be gone back to."""
        return self._answered is not None

    @property
    def no_room(self) -> None:
        """An answer has no budget of its own besides the limits, which are kept where a request is sent."""
        return None

    def _drafted(self, asking: Asked) -> Generator[Phase | AnswerText | Notice, None, Draft]:
        reply = Reply(asking.passages, asking.retrieved, answers=self._instructions is None)
        stream = self._claude.stream(asking.request, self._cancellation)
        events = with_citations(stream, asking.evidence) if asking.evidence else stream
        self._answered = None
        try:
            for event in events:
                yield from reply.take(event)
            reply.interrupted = self._cancellation.cancelled and not reply.complete
            if reply.interrupted and not reply.marked.text.strip():
                raise InterruptedByUserError("Cancelled before any of the answer had come.")
        except KeyboardInterrupt:
            reply.interrupted = True
            if not reply.marked.text.strip():
                raise
        finally:
            close(stream)
        draft = reply.draft()
        if reply.content and draft.status == "complete":
            turns = (*asking.request.turns, ReplyTurn(reply.content))
            self._answered = replace(asking, request=replace(asking.request, turns=turns))
        return priced(draft, self._settings)
