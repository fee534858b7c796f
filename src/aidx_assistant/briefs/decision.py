"""The decision to take: one sentence, and who takes it by when."""

from __future__ import annotations

from aidx_assistant.briefs.brief import TO_FILL, Block, Labelled, Paragraph
from aidx_assistant.briefs.request import BriefRequest


def decision_blocks(request: BriefRequest, sentence: str | None = None) -> tuple[Block, ...]:
    """The sentence, or the user's first question, or the topic put as a decision; owner and date open if unknown."""
    asked = request.questions[0] if request.questions else None
    text = asked or sentence or f"Decide on {request.topic}: go ahead, go ahead under conditions, or not yet."
    pairs = (("Owner", request.owner or TO_FILL), ("Decide by", request.decide_by or TO_FILL))
    return (Paragraph(text), Labelled(pairs))
