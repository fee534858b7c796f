"""One question asked, and what came held against what is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aidx_assistant.answers import Answer, Citation, Finished
from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.checking.statements import statements_of
from aidx_assistant.checking.values import fit
from aidx_assistant.evaluation.questions import GoldFigure, KnownQuestion, is_at
from aidx_assistant.evidence import Locator
from aidx_assistant.figures import figures_in
from aidx_assistant.retrieval.budget import passages_within_budget
from aidx_assistant.segments import segments_named

_MOST_PASSAGES = 1000


@dataclass(frozen=True, slots=True)
class Retrieved:
    """How well the places of a question were found; shares of 1."""

    within_budget: float
    """Of the places, those among the passages that fit the token budget."""
    within_three: float
    """Of the places, those among the first three passages."""
    reciprocal_rank: float
    """Of the first passage that is at one of the places; 0 where none is."""
    first: bool
    """Whether the very first passage is at one of the places."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with its judgement; what does not apply to it is None."""

    question: KnownQuestion
    answer: Answer
    retrieved: Retrieved | None
    figures_right: float | None
    """Of the gold figures, those that stand in the answer, cited to a gold place for the right segment."""
    citation_precision: float | None
    """Of the citations, those at a gold place."""
    citation_recall: float | None
    """Of the places, those cited."""

    @property
    def answered(self) -> bool:
        return self.answer.answered


def judged(assistant: Assistant, question: KnownQuestion) -> Judged:
    """Asks a question and judges what comes. Raises what the assistant raises."""
    answer = _asked(assistant, question)
    if not question.is_answered:
        return Judged(question, answer, None, None, None, None)
    retrieved = _retrieval(assistant, answer.question_understood, question)
    if not answer.answered:
        return Judged(question, answer, retrieved, 0.0 if question.figures else None, None, 0.0)
    right = [_is_given(gold, answer, question, assistant) for gold in question.figures]
    at_gold = [_is_gold(citation.locator, question) for citation in answer.citations]
    cited = [any(is_at(citation.locator, place) for citation in answer.citations) for place in question.places]
    return Judged(question, answer, retrieved, _share(right), _share(at_gold), _share(cited))


def _asked(assistant: Assistant, question: KnownQuestion) -> Answer:
    for event in assistant.stream(question.ask, earlier=question.earlier):
        if isinstance(event, Finished):
            return event.answer
    raise AssertionError("a stream of events ends with Finished")


def _retrieval(assistant: Assistant, understood: str, question: KnownQuestion) -> Retrieved:
    ranked = assistant.found(understood, limit=_MOST_PASSAGES).passages
    locators = [item.passage.locator for item in ranked]
    fitting = [item.passage.locator for item in passages_within_budget(ranked, assistant.settings.token_budget)]
    rank = next((place for place, locator in enumerate(locators, 1) if _is_gold(locator, question)), None)
    return Retrieved(
        within_budget=_found(question, fitting),
        within_three=_found(question, locators[:3]),
        reciprocal_rank=1 / rank if rank else 0.0,
        first=rank == 1,
    )


def _found(question: KnownQuestion, locators: Sequence[Locator]) -> float:
    return sum(any(is_at(one, place) for one in locators) for place in question.places) / len(question.places)


def _is_gold(locator: Locator, question: KnownQuestion) -> bool:
    return any(is_at(locator, place) for place in question.places)


def _is_given(gold: GoldFigure, answer: Answer, question: KnownQuestion, assistant: Assistant) -> bool:
    """Whether a statement of the answer has the figure and cites it at a gold place, where it counts the segment."""
    citations = {citation.number: citation for citation in answer.citations}
    for statement in statements_of(answer.text):
        cited = [citations[number] for number in statement.numbers if number in citations]
        has_it = any(fit(figure, gold.figure) == "same" for figure in figures_in(statement.text))
        if has_it and any(_bears(citation, gold, question, assistant) for citation in cited):
            return True
    return False


def _bears(citation: Citation, gold: GoldFigure, question: KnownQuestion, assistant: Assistant) -> bool:
    if not _is_gold(citation.locator, question):
        return False
    stated = [
        finding.segment
        for finding in assistant.library.store.findings_in([citation.passage_id])
        if finding.sentence in range(*citation.sentences)
        and any(fit(figure, gold.figure) == "same" for figure in figures_in(finding.value or ""))
    ]
    return gold.segment in (stated or segments_named(citation.quote) or ("all",))


def _share(judgements: Sequence[bool]) -> float | None:
    return sum(judgements) / len(judgements) if judgements else None
