"""What an answerer is given and what it gives back, before anything is checked."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Protocol

from aidx_assistant.answering.history import History
from aidx_assistant.answers import AnswerText, Citation, Mode, Notice, Phase, Status, Step, Usage
from aidx_assistant.evidence import Finding, Passage, Source, passage_label
from aidx_assistant.retrieval.search import RankedPassage


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The evidence for one question: passages within the token budget, best first, and what is known of them."""

    passages: tuple[RankedPassage, ...]
    sources: Mapping[str, Source]
    findings: tuple[Finding, ...]
    """The findings stated in the passages."""
    by_words_only: int = 0
    """How many of the passages searched could be found by their words alone."""
    history: History = History()
    """The conversation before the question."""
    cited_before: tuple[Passage, ...] = ()
    """What the answers of the conversation cite, in the order of their first citations."""
    whole: tuple[Passage, ...] = ()
    """All passages of the chosen sources in reading order, where they are few enough to be sent whole; else empty."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before its checks. `text` has [1] markers that name `citations` by number, none of them verified."""

    text: str
    citations: tuple[Citation, ...]
    answered: bool
    status: Status
    mode: Mode
    model: str | None = None
    cited_by_model: bool = True
    reason: str | None = None
    usage: Usage | None = None
    nearest: tuple[Citation, ...] = ()
    """Where nothing answers: the nearest passages, as pointers."""
    stopped_by_user: bool = False
    steps: tuple[Step, ...] = ()
    """What was looked up for it, of a deep question."""


Drafting = Generator[Phase | AnswerText | Notice, None, Draft]
DeepDrafting = Generator[Phase | AnswerText | Notice | Step, None, Draft]
"""What a Drafting may give, and the steps of looking things up."""


class Answerer(Protocol):
    """Answers a question from retrieved evidence."""

    def answer(self, question: str, retrieved: Retrieved) -> DeepDrafting:
        """Events as they come; what the generator returns is the Draft, whose text is all AnswerText joined."""
        ...


def citation(number: int, passage: Passage, start: int, end: int, source: Source, quote: str | None = None) -> Citation:
    """A citation of sentences `start` to `end` (exclusive) of a passage; not verified yet.

    `quote` is what the answerer says it quotes; by default the cited sentences themselves.
    """
    return Citation(
        number=number,
        source_id=source.id,
        source_title=source.title,
        passage_id=passage.id,
        sentences=(start, end),
        locator=passage.locator,
        shown_beside=passage.shown_beside,
        label=passage_label(passage, source),
        quote=" ".join(passage.sentences[start:end]) if quote is None else quote,
        url=source.url,
        picture=passage.picture,
    )


def nearest_citations(retrieved: Retrieved, count: int = 3) -> tuple[Citation, ...]:
    """Pointers to the passages nearest to a question that they do not answer, each to its nearest sentence."""
    pointers = []
    for number, item in enumerate(retrieved.passages[:count], 1):
        passage = item.passage
        best = max(range(len(passage.sentences)), key=item.sentence_similarities.__getitem__)
        pointers.append(citation(number, passage, best, best + 1, retrieved.sources[passage.source_id]))
    return tuple(pointers)
