"""A brief made by hand on the shipped corpus, in which the linter finds nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from aidx_assistant.answers import Citation, Disagreement
from aidx_assistant.briefs.brief import (
    TO_FILL,
    Bar,
    BarChart,
    Brief,
    Labelled,
    Options,
    Paragraph,
    Point,
    Points,
    Section,
)
from aidx_assistant.evidence import Finding, Passage, Source, passage_label
from tests.mutation.library import Library, library

TITLE = "The Healthcare AI Adoption Index"
_LARGE = "Among large providers, 46% of proofs of concept go into production."
_COMPLETED = "Only 30% of completed proofs of concept have gone on to production."
_BUDGETS = "Among executives, 60% say that AI budgets are growing faster than IT spending."
_DEPLOYED = "Among surveyed providers, 30% have deployed ambient scribes system-wide."
_IMPLEMENTING = (
    "Among surveyed providers, another 22% are implementing ambient scribes,"
    " beside those with a system-wide deployment."
)
_PILOTING = (
    "Among surveyed providers, another 40% are actively piloting ambient scribes, beside those that are implementing or"
    " have deployed them."
)
_RETURN = (
    "Already within the first year of implementing GenAI, 54% of those surveyed see a meaningful return on investment"
    " (ROI)."
)
_QUOTED = (_LARGE, _COMPLETED, _BUDGETS, _DEPLOYED, _IMPLEMENTING, _PILOTING, _RETURN)


@dataclass(frozen=True)
class CorpusShelf:
    """The shipped corpus, whose sources can be read from end to end."""

    held: Library

    def passage(self, passage_id: str) -> Passage | None:
        return self.held.passage(passage_id)

    def findings(self) -> Sequence[Finding]:
        return self.held.findings()

    def sources(self) -> Sequence[Source]:
        return self.held.sources()

    def passages_of(self, source_id: str) -> Sequence[Passage]:
        return tuple(passage for passage in self.held.passages.values() if passage.source_id == source_id)


def corpus_library() -> Library:
    """The shipped corpus as the checks ask it."""
    return library()


@cache
def corpus_shelf() -> CorpusShelf:
    """The same, as whoever looks references up asks it."""
    return CorpusShelf(library())


def corpus_sources() -> dict[str, Source]:
    return {source.id: source for source in library().sources()}


def citation_of(number: int, quote: str) -> Citation:
    """A citation of one sentence of the corpus, word for word."""
    for passage in library().passages.values():
        if quote in passage.sentences:
            return _citation(number, passage, passage.sentences.index(quote))
    raise LookupError(quote)


def _citation(number: int, passage: Passage, position: int) -> Citation:
    source = corpus_sources()[passage.source_id]
    return Citation(
        number=number,
        source_id=passage.source_id,
        source_title=source.title,
        passage_id=passage.id,
        sentences=(position, position + 1),
        locator=passage.locator,
        shown_beside=passage.shown_beside,
        label=passage_label(passage, source),
        quote=passage.sentences[position],
        url=source.url,
        picture=passage.picture,
        verified=True,
    )


def citations_of(quotes: Iterable[str]) -> tuple[Citation, ...]:
    return tuple(citation_of(number, quote) for number, quote in enumerate(quotes, 1))


def differences_among(citations: Iterable[Citation]) -> tuple[Disagreement, ...]:
    """What the library says of where its sources differ on what is cited, a disagreement for each sentence of it."""
    found: dict[str, list[int]] = {}
    for citation in citations:
        for finding in library().findings():
            if finding.passage_id == citation.passage_id and finding.sentence == citation.sentences[0]:
                if finding.difference:
                    found.setdefault(finding.difference, []).append(citation.number)
    return tuple(Disagreement(about, tuple(numbers)) for about, numbers in found.items())


def clean_brief() -> Brief:
    """A buyer brief of seven citations, with a table of options, a chart, a calculation and open lines."""
    citations = citations_of(_QUOTED)
    return Brief(
        kind="buyer",
        topic="ambient scribes",
        segment="provider",
        audience="CMIO, 500-bed health system",
        made_on=date(2026, 11, 3),
        mode="evidence",
        model=None,
        sections=_sections(),
        citations=citations,
        disagreements=differences_among(citations),
        chart=_chart(),
    )


def _sections() -> tuple[Section, ...]:
    return (
        Section(
            "why-now",
            "Why now",
            (
                Paragraph(
                    "Budgets are moving: 60% of executives say that AI budgets are growing faster than IT spending [3]."
                ),
                Points(
                    (
                        Point(
                            "Ambient scribes are in use or on trial at"
                            " 30% [4] + 22% [5] + 40% [6] = 92% (own calculation) of providers.",
                            f"{TITLE}, section “The state of AI adoption today”; surveyed providers; 15 April 2025",
                        ),
                        Point("Within the first year 54% of those surveyed see a meaningful return on investment [7]."),
                    )
                ),
            ),
        ),
        Section(
            "options",
            "Options",
            (
                Options(
                    ("Option", "What speaks for it", "What speaks against it"),
                    (
                        ("Status quo: keep typing", "No money is spent", "The burden of documentation stays"),
                        (
                            "Buy a scribe",
                            "Large providers get 46% of their proofs of concept into production [1]",
                            "Only 30% of completed proofs of concept have gone on to production [2]",
                        ),
                    ),
                ),
            ),
        ),
        Section("decision", "Decision", (Labelled((("Owner", TO_FILL), ("Decide by", TO_FILL))),)),
    )


def _chart() -> BarChart:
    return BarChart(
        title="Proofs of concept that reach production",
        unit="percent",
        bars=(
            Bar("Large providers", 46.0, "46%", "provider", 1),
            Bar("All completed", 30.0, "30%", "all", 2),
        ),
        base="Completed proofs of concept",
        source=f"{TITLE}, section “Experimentation but not yet production”",
    )
