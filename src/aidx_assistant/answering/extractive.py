"""Answers without a model: with sentences of the library, word for word, each with its citation."""

from __future__ import annotations

from collections.abc import Sequence

from aidx_assistant.answering.candidates import Candidate, evidence_of
from aidx_assistant.answering.draft import Draft, Drafting, Retrieved, citation
from aidx_assistant.answering.question import Question
from aidx_assistant.answering.refusal import question_refused, why_nothing_answers
from aidx_assistant.answering.relevance import read_question
from aidx_assistant.answering.selection import Judged, chosen, judged
from aidx_assistant.answers import DECLINE, AnswerText, Citation, Phase

_MOST_NEAREST = 3
_LEAD_INS = {"provider": "Providers", "payer": "Payers", "pharma": "Pharma", "all": "All segments"}


class ExtractiveAnswerer:
    """Quotes the sentences that answer, at most six, best first; where none does, it declines and says why."""

    def answer(self, question: str, retrieved: Retrieved) -> Drafting:
        """Events as they come; what the generator returns is the Draft."""
        yield Phase("choosing sentences")
        draft = drafted(question, retrieved)
        yield AnswerText(draft.text)
        return draft


def drafted(text: str, retrieved: Retrieved) -> Draft:
    """The whole answer at once."""
    evidence = evidence_of(retrieved)
    question = read_question(text, evidence)
    ranked = judged(question, evidence, retrieved)
    refused = question_refused(question, evidence, retrieved)
    picked = () if refused else chosen(question, ranked)
    if not picked:
        reason = refused or why_nothing_answers(question, evidence, ranked)
        return _declined(reason, ranked, retrieved)
    return Draft(
        text=_written(picked, question),
        citations=_citations(picked, retrieved),
        answered=True,
        status="complete",
        mode="extractive",
    )


def _written(candidates: Sequence[Candidate], question: Question) -> str:
    """The sentences with their markers: a line of one or two, a list of more, under segments where these compare."""
    lines = [f"{candidate.text} [{number}]" for number, candidate in enumerate(candidates, 1)]
    if len(lines) < 3:
        return " ".join(lines)
    if len(question.segments) < 2:
        return "\n".join(f"- {line}" for line in lines)
    groups: dict[str, list[str]] = {}
    for candidate, line in zip(candidates, lines, strict=True):
        own = [segment for segment in question.segments if segment in candidate.named_segments]
        groups.setdefault(_LEAD_INS[own[0] if len(own) == 1 else "all"], []).append(f"- {line}")
    return "\n\n".join("\n".join([f"{lead_in}:", "", *lines]) for lead_in, lines in groups.items())


def _citations(candidates: Sequence[Candidate], retrieved: Retrieved) -> tuple[Citation, ...]:
    return tuple(
        citation(number, c.passage, c.position, c.position + 1, retrieved.sources[c.passage.source_id])
        for number, c in enumerate(candidates, 1)
    )


def _declined(reason: str, ranked: Sequence[Judged], retrieved: Retrieved) -> Draft:
    by_passage: dict[str, Candidate] = {}
    for item in sorted(ranked, key=lambda item: -item.features.log_odds):
        if not item.candidate.tells_nothing:
            by_passage.setdefault(item.candidate.passage.id, item.candidate)
    return Draft(
        text=DECLINE,
        citations=(),
        answered=False,
        status="declined",
        mode="extractive",
        reason=reason,
        nearest=_citations(list(by_passage.values())[:_MOST_NEAREST], retrieved),
    )
