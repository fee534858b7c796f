"""Answers without a model: with sentences of the library, word for word, each with its citation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aidx_assistant.answering.candidates import Candidate, Evidence, evidence_of
from aidx_assistant.answering.draft import Draft, Drafting, Retrieved, citation
from aidx_assistant.answering.judging import Judged, judged
from aidx_assistant.answering.one_segment import of_one_segment, told_of_segments
from aidx_assistant.answering.parts import Parts, halves, parts_of
from aidx_assistant.answering.plain_words import in_plain_words
from aidx_assistant.answering.question import Question
from aidx_assistant.answering.refusal import question_refused, why_nothing_answers
from aidx_assistant.answering.relevance import read_question
from aidx_assistant.answering.selection import MOST_SENTENCES, chosen
from aidx_assistant.answers import DECLINE, AnswerText, Citation, Phase
from aidx_assistant.figures import figures_in

_MOST_NEAREST = 3
_REFERS_BACK = re.compile(r"\b(?:it|its|they|them|their|those|these|that|this|one|there)\b", re.IGNORECASE)
"""What a part of a question may take from the other part: it is not understood by itself."""
_FLOOR = 0.5
"""Nearness in meaning and coverage together, and of these coverage, below which a passage is no pointer to anything."""
_COVERED = 0.15
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
    refused = question_refused(question, evidence, retrieved, ranked)
    picked = () if refused else chosen(question, ranked, retrieved.sources)
    left_over = ""
    if parts := parts_of(in_plain_words(text)):
        answer_part = _picked_and_amounts if parts.compared else _picked
        of_parts = [answer_part(part, evidence, retrieved) for part in (parts.first, parts.second)]
        picked = _with_parts(picked, of_parts, parts.compared)
        if not parts.compared:
            left_over = _told_of_rest(parts, of_parts)
    if not (picked or refused or parts):
        picked = tuple(of_one_segment(question, ranked, retrieved.sources))
        left_over = told_of_segments(picked)
    if not picked:
        reason = refused or why_nothing_answers(question, evidence, ranked)
        return _declined(reason, question, ranked, retrieved)
    picked = _with_best(picked, [_picked(half, evidence, retrieved) for half in halves(text)])
    return Draft(
        text=_written(picked, question) + left_over,
        citations=_citations(picked, retrieved),
        answered=True,
        status="complete",
        mode="extractive",
    )


def _picked(text: str, evidence: Evidence, retrieved: Retrieved) -> tuple[Candidate, ...]:
    """The sentences that answer a part of a question, asked by itself."""
    return _picked_of(text, evidence, retrieved)[0]


def _picked_and_amounts(text: str, evidence: Evidence, retrieved: Retrieved) -> tuple[Candidate, ...]:
    """The same and, where something answers, every other sentence with a figure that does."""
    picked, ranked = _picked_of(text, evidence, retrieved)
    if not picked:
        return ()
    amounts = (item.candidate for item in ranked if item.answers and item.candidate.has_amount)
    return tuple(dict.fromkeys((*picked, *amounts)))


def _picked_of(text: str, evidence: Evidence, retrieved: Retrieved) -> tuple[tuple[Candidate, ...], tuple[Judged, ...]]:
    """The same, and every candidate judged; neither where the part itself is refused."""
    question = read_question(text, evidence)
    ranked = judged(question, evidence, retrieved)
    if question_refused(question, evidence, retrieved, ranked):
        return (), ()
    return chosen(question, ranked, retrieved.sources), ranked


def _with_parts(
    picked: tuple[Candidate, ...], of_parts: Sequence[tuple[Candidate, ...]], compared: bool
) -> tuple[Candidate, ...]:
    """The best sentence for each part of a question, where each is answered, and what else answers it as a whole.

    What is compared by two figures already is left so. What is not answered as a whole is compared by figures alone:
    about anything else two sentences can be found.
    """
    if not all(of_parts) or (compared and sum(bool(c.values) for c in picked) > 1):
        return picked
    best: list[Candidate] = []
    for of_part in of_parts:
        amounts = (c for c in of_part if compared and c.has_amount and c not in best)
        best.append(next(amounts, of_part[0]))
    if set(best) <= set(picked) or (compared and not picked and not all(c.has_amount for c in best)):
        return picked
    shared = [c for c in picked if c not in best and any(c in of_part for of_part in of_parts)]
    return (*dict.fromkeys(best), *shared)[:MOST_SENTENCES]


def _with_best(picked: tuple[Candidate, ...], of_halves: Sequence[tuple[Candidate, ...]]) -> tuple[Candidate, ...]:
    """The sentences and, after the first of them, the best for each half of a question."""
    best = [candidate for of_half in of_halves for candidate in of_half[:1]]
    return tuple(dict.fromkeys((*picked[:1], *best, *picked[1:])))[:MOST_SENTENCES]


def _told_of_rest(parts: Parts, of_parts: Sequence[tuple[Candidate, ...]]) -> str:
    """What is said of the one of two questions that nothing answers; a number in it would look like one of ours."""
    left = [part for part, picked in zip((parts.first, parts.second), of_parts, strict=True) if not picked]
    if len(left) != 1 or _REFERS_BACK.search(left[0]):
        return ""
    named = "one part of the question" if figures_in(left[0]) else f"“{left[0].rstrip('? ')}”"
    return f"\n\nNothing was found on {named}; it may help to ask that by itself."


def _written(candidates: Sequence[Candidate], question: Question) -> str:
    """The sentences with their markers: a line of one or two, a list of more, under segments where these compare. Rows
    of a table and other items that no full stop ends would run into each other in a line.
    """
    lines = [f"{candidate.text} [{number}]" for number, candidate in enumerate(candidates, 1)]
    are_closed = all(candidate.text.rstrip('*_”"’)').endswith((".", "!", "?", "…")) for candidate in candidates)
    if len(lines) == 1 or (len(lines) == 2 and are_closed):  # noqa: PLR2004
        return " ".join(lines)
    if len(question.segments) < 2:
        return "\n".join(f"- {line}" for line in lines)
    groups: dict[str, list[str]] = {}
    for candidate, line in zip(candidates, lines, strict=True):
        stated = {finding.segment for finding in candidate.findings} or candidate.named_segments
        own = [segment for segment in question.segments if segment in stated]
        groups.setdefault(_LEAD_INS[own[0] if len(own) == 1 else "all"], []).append(f"- {line}")
    return "\n\n".join("\n".join([f"{lead_in}:", "", *lines]) for lead_in, lines in groups.items())


def _citations(candidates: Sequence[Candidate], retrieved: Retrieved) -> tuple[Citation, ...]:
    return tuple(
        citation(number, c.passage, c.position, c.position + 1, retrieved.sources[c.passage.source_id])
        for number, c in enumerate(candidates, 1)
    )


def _declined(reason: str, question: Question, ranked: Sequence[Judged], retrieved: Retrieved) -> Draft:
    by_passage: dict[str, Candidate] = {}
    for item in sorted(ranked, key=lambda item: -item.features.log_odds):
        near = item.features.nearness >= _FLOOR and item.features.coverage >= _COVERED
        if question.slides and not item.candidate.slides.intersection(question.slides):
            continue
        if near and not item.candidate.tells_nothing:
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
