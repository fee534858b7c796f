"""The answer where nothing was found that could bear on the question: nothing is sent."""

from __future__ import annotations

from aidx_assistant.answering.draft import Draft, Drafting, Retrieved, nearest_citations
from aidx_assistant.answers import DECLINE


class NothingRelevant:
    """Declines in Claude's place, which is not asked."""

    def answer(self, question: str, retrieved: Retrieved) -> Drafting:
        """No event comes before the Draft."""
        yield from ()
        return Draft(
            text=DECLINE,
            citations=(),
            answered=False,
            status="declined",
            mode="claude",
            reason=f"Searched {len(retrieved.passages)} passages and found nothing relevant; Claude was not asked.",
            nearest=nearest_citations(retrieved),
        )
