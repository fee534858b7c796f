"""What a question would cost before it is asked, and what the answers of a conversation have cost."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from aidx_assistant.answering.answer_request import asked
from aidx_assistant.answering.draft import Retrieved
from aidx_assistant.answering.history import History
from aidx_assistant.answers import Answer, Usage
from aidx_assistant.assistant.request_estimate import Estimate, TokenCount, cost_at_most, tokens_of_request
from aidx_assistant.assistant.understanding import small_requests
from aidx_assistant.assistant.whole_report import whole_report
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.claude.requests import MessageRequest
from aidx_assistant.claude.usage import in_all
from aidx_assistant.evidence import Segment
from aidx_assistant.library.store import Store
from aidx_assistant.settings import Settings

if TYPE_CHECKING:
    from aidx_assistant.answering.deep import DeepAnswerer
    from aidx_assistant.evidence import Passage
    from aidx_assistant.library.library import Library

_FRAME_TOKENS = 80
"""What a passage's label, its id and the blocks of its sentences add to its text in a request: the mean over the
shipped corpus, each passage counted as the JSON that is sent."""


class Answering(Protocol):
    """What an estimate has to know of an Assistant."""

    settings: Settings

    @property
    def asks_claude(self) -> bool: ...

    @property
    def library(self) -> Library: ...

    def cited_before(self, history: History) -> tuple[Passage, ...]: ...

    def deep_answerer(self, segment: Segment | None, source_id: str | None, cancel: Cancellation) -> DeepAnswerer: ...


def estimate(
    question: str,
    assistant: Answering,
    *,
    segment: Segment | None = None,
    source_id: str | None = None,
    earlier: Sequence[str] = (),
    history: History | None = None,
    deep: bool = False,
) -> Estimate:
    """The estimate for a question, without retrieval: all passages it may be answered from, up to the budget; with the
    conversation before it, and all that may be asked besides: what the question means, a correction of the answer.

    Of a `deep` question what its first turn and the answer cost: it goes on only where the limits leave room. All zero
    where Claude is not asked. The library has to be read in; its embedding model is not needed.
    """
    if not assistant.asks_claude:
        return Estimate(0, 0, 0.0)
    settings, home = assistant.settings, assistant.library.home
    history = history or History()
    request, beside = _request(question, assistant, segment, source_id, history, deep=deep)
    tokens = TokenCount(tokens_of_request(request, home) + beside, by_claude=False)
    costs = [cost_at_most(request, tokens, settings)]
    for small in small_requests(question, earlier, history, settings):
        of_small = TokenCount(tokens_of_request(small, home), by_claude=False)
        costs.append(cost_at_most(small, of_small, settings))
    known = [cost for cost in costs if cost is not None]
    return Estimate(
        input_tokens=tokens.input_tokens,
        output_tokens_at_most=request.max_tokens,
        cost_usd_at_most=math.fsum(known) if len(known) == len(costs) else None,
    )


def total_usage(answers: Iterable[Answer]) -> Usage:
    """The sum over answers; those without a model count nothing. No cost where that of one is not known."""
    return in_all(answer.usage for answer in answers if answer.usage)


def _request(
    question: str,
    assistant: Answering,
    segment: Segment | None,
    source_id: str | None,
    history: History,
    *,
    deep: bool,
) -> tuple[MessageRequest, int]:
    """The request as far as it is known without retrieval, and the tokens of the passages that come with it."""
    store, settings = assistant.library.store, assistant.settings
    whole = () if deep else whole_report(store, settings, segment, source_id)
    retrieved = Retrieved(
        passages=(),
        sources={source.id: source for source in store.sources()},
        findings=(),
        history=history,
        cited_before=assistant.cited_before(history),
        whole=whole,
    )
    if deep:
        return assistant.deep_answerer(segment, source_id, Cancellation()).first_request(question, retrieved), 0
    beside = 0 if whole else _evidence_tokens(store, settings, segment, source_id)
    return asked(question, retrieved, settings).request, beside


def _evidence_tokens(store: Store, settings: Settings, segment: Segment | None, source_id: str | None) -> int:
    """The tokens of the passages that would be sent, framed as they are sent."""
    passages, tokens = store.size(segment, source_id)
    sent = min(tokens, settings.token_budget)
    return sent + math.ceil(passages * sent / tokens * _FRAME_TOKENS) if tokens else 0
