"""What asking a question would send to Claude, and to where; nothing is sent."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from aidx_assistant.answers import Answer, Finished, Usage
from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.assistant.connecting import NO_KEY, connection_of, needs_no_key
from aidx_assistant.assistant.estimates import estimate
from aidx_assistant.assistant.request_estimate import (
    Estimate,
    TokenCount,
    cost_at_most,
    tokens_of_request,
    what_follows,
)
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.errors import SpendingLimitError
from aidx_assistant.evidence import Segment
from aidx_assistant.keys import api_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aidx_assistant.answering.history import History
    from aidx_assistant.claude.messages import Claude
    from aidx_assistant.claude.outgoing import Outgoing
    from aidx_assistant.claude.requests import MessageRequest


@dataclass(frozen=True, slots=True)
class WouldSend:
    """The first request that a question would send."""

    outgoing: Outgoing
    has_key: bool
    """Whether there is a key to send it with, or none is needed."""
    input_tokens: int
    """By tiktoken's count, an estimate: Claude's own would have to be asked for."""
    output_tokens_at_most: int
    cost_usd_at_most: float | None
    """With what may follow it; None where a price is not known."""
    counts_in: str
    """What of that is counted in the cost, in words: `, a correction included`."""
    stopped_by: str | None
    """Why a limit of the settings would keep it from being sent, as a sentence."""

    @property
    def is_sent(self) -> bool:
        """Whether the question would send it."""
        return self.has_key and self.stopped_by is None


class DryRun(Assistant):
    """Does all that answering does, up to the moment when something would leave the machine."""

    def would_send(
        self,
        question: str,
        *,
        segment: Segment | None = None,
        source_id: str | None = None,
        earlier: Sequence[str] = (),
        history: History | None = None,
        deep: bool = False,
    ) -> WouldSend | Answer:
        """The request, or the answer that would be given without one. Without a key, as if there were one."""
        work = Cancellation()
        self.spending.lift(work)  # whether a limit would stop it is told beside the request

        def expected() -> Estimate:
            return estimate(
                question, self, segment=segment, source_id=source_id, earlier=earlier, history=history, deep=deep
            )

        try:
            for event in self.stream(
                question,
                segment=segment,
                source_id=source_id,
                earlier=earlier,
                history=history,
                cancellation=work,
                deep=deep,
            ):
                if isinstance(event, Finished):
                    return event.answer
        except _StoppedError as stopped:
            return self._would_send(stopped.request, expected)
        raise AssertionError("a stream of events ends with Finished")

    def _would_send(self, request: MessageRequest, expected: Callable[[], Estimate]) -> WouldSend:
        from aidx_assistant.claude.outgoing import outgoing

        tokens = TokenCount(tokens_of_request(request, self._home), by_claude=False)
        first_of_several = request.answer_schema is not None  # a small model is asked before the question itself
        cost = expected().cost_usd_at_most if first_of_several else cost_at_most(request, tokens, self.settings)
        return WouldSend(
            outgoing=outgoing(connection_of(self.settings, self._key or NO_KEY), request),
            has_key=api_key() is not None or needs_no_key(self.settings),
            input_tokens=tokens.input_tokens,
            output_tokens_at_most=request.max_tokens,
            cost_usd_at_most=cost,
            counts_in=" in all" if first_of_several else what_follows(request),
            stopped_by=self._stopped_by(request, expected if first_of_several else None),
        )

    def _stopped_by(self, request: MessageRequest, expected: Callable[[], Estimate] | None) -> str | None:
        try:
            if expected:
                self.spending.admit_in_all(lambda: [expected()], Cancellation())
            self.spending.admit(request, lambda: None, Cancellation())
        except SpendingLimitError as stopped:
            return stopped.title
        return None

    def _client(self, key: str) -> Claude:
        from aidx_assistant.claude.messages import Claude

        return Claude(connection_of(self.settings, key), account=_Stopping())

    @cached_property
    def _key(self) -> str | None:
        return api_key() or NO_KEY


class _StoppedError(Exception):
    """Carries what was about to be sent."""

    def __init__(self, request: MessageRequest) -> None:
        super().__init__()
        self.request = request


class _Stopping:
    """An account that lets nothing pass."""

    def admit(self, request: MessageRequest, count: Callable[[], int | None], work: Cancellation) -> None:
        raise _StoppedError(request)

    def note(self, receipt: str, asked: str, answered: str, usage: Usage, work: Cancellation) -> None:
        raise AssertionError("nothing was sent")

    def tokens_in(self, text: str) -> int:
        raise AssertionError("nothing was sent")
