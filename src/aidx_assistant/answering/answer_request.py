"""The request by which a question is asked with its evidence, and what the citations of its reply count over."""

from __future__ import annotations

from dataclasses import dataclass, replace

from aidx_assistant.answering.draft import Retrieved
from aidx_assistant.answering.history import History, earlier_turns
from aidx_assistant.answering.prompts import prompt
from aidx_assistant.answering.sentence_markers import MarkedEvidence, marked
from aidx_assistant.claude.messages import EvidenceBlock, MessageRequest
from aidx_assistant.evidence import Passage, passage_label
from aidx_assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class Asked:
    """A request and what its citations count over; `evidence` where the model cites by markers."""

    request: MessageRequest
    passages: tuple[Passage, ...]
    retrieved: Retrieved
    evidence: MarkedEvidence | None


def asked(question: str, retrieved: Retrieved, settings: Settings, instructions: str | None = None) -> Asked:
    """The conversation goes before the question, and before that all passages that it or the question rests on."""
    passages = _in_view(retrieved)
    request = MessageRequest(
        model=settings.model,
        max_tokens=settings.max_answer_tokens,
        effort=settings.effort,
        thinking=settings.thinking,
        system=instructions or prompt("answer"),
        evidence=tuple(
            EvidenceBlock(passage.id, passage_label(passage, retrieved.sources[passage.source_id]), passage.sentences)
            for passage in passages
        ),
        question=question,
        earlier=earlier_turns(retrieved.history, passages),
        may_follow=1 if settings.repair and instructions is None else 0,
    )
    if not settings.cites_by_markers:
        return Asked(request, passages, retrieved, None)
    evidence = marked(request.evidence)
    return Asked(_with_markers(request, retrieved.history, evidence), passages, retrieved, evidence)


def _in_view(retrieved: Retrieved) -> tuple[Passage, ...]:
    """In reading order, so that the same passages are the same prefix for the API's cache; then those cited before."""
    in_reading_order = sorted(retrieved.passages, key=lambda item: (item.passage.source_id, item.position))
    passages = retrieved.whole or tuple(item.passage for item in in_reading_order)
    known = {passage.id for passage in passages}
    return (*passages, *(passage for passage in retrieved.cited_before if passage.id not in known))


def _with_markers(request: MessageRequest, history: History, evidence: MarkedEvidence) -> MessageRequest:
    """The evidence as text before the first question; of earlier answers the text alone."""
    earlier = earlier_turns(history, ())
    first = earlier[0].question if earlier else request.question
    told = f"{evidence.text}\n\nQuestion: {first}"
    return replace(
        request,
        system=f"{request.system}\n\n{prompt('sentence-markers')}",
        evidence=(),
        question=request.question if earlier else told,
        earlier=(replace(earlier[0], question=told), *earlier[1:]) if earlier else (),
    )
