"""Whether the chosen sources are few enough to be put before Claude whole."""

from __future__ import annotations

from aidx_assistant.evidence import Passage, Segment
from aidx_assistant.library.store import Store
from aidx_assistant.settings import Settings


def goes_in_whole(tokens: int, settings: Settings) -> bool:
    """Whether passages of so many tokens go in whole. Only Claude's own API keeps them for the next question."""
    cached = settings.model_is_claude and not settings.cites_by_markers
    return cached and tokens <= max(settings.token_budget, settings.whole_report_tokens)


def whole_report(
    store: Store, settings: Settings, segment: Segment | None, source_id: str | None
) -> tuple[Passage, ...]:
    """All passages of a segment and a source, in reading order; none where they are too many.

    They are the same for every question, and so the same prefix of a request.
    """
    _, tokens = store.size(segment, source_id)
    return store.passages_searched(segment, source_id) if goes_in_whole(tokens, settings) else ()
