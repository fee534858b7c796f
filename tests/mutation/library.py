"""The corpus of the checkout as the evidence of a check, and answers written against it."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from aidx_assistant.answers import Citation
from aidx_assistant.evidence import Finding, Locator, Passage, Source
from aidx_assistant.figures import figures_in
from aidx_assistant.reading.corpus import read_source, source_folders
from aidx_assistant.segments import segments_named

CORPUS = Path(__file__).parents[2] / "corpus"


@dataclass(frozen=True, slots=True)
class Library:
    """Everything the corpus holds."""

    passages: dict[str, Passage]
    all_findings: tuple[Finding, ...]
    held_sources: tuple[Source, ...] = ()

    def passage(self, passage_id: str) -> Passage | None:
        return self.passages.get(passage_id)

    def findings(self) -> Sequence[Finding]:
        return self.all_findings

    def sources(self) -> Sequence[Source]:
        return self.held_sources

    def finding(self, finding_id: str) -> Finding:
        return next(finding for finding in self.all_findings if finding.id == finding_id)


@dataclass(frozen=True, slots=True)
class Case:
    """An answer and what its markers cite."""

    id: str
    text: str
    citations: tuple[Citation, ...]
    library: Library

    def quoted(self, number: int) -> str:
        return " ".join(citation.quote for citation in self.citations if citation.number == number)


@cache
def library() -> Library:
    sources = [read_source(folder) for folder in source_folders(CORPUS)]
    return Library(
        {passage.id: passage for source in sources for passage in source.passages},
        tuple(finding for source in sources for finding in source.findings),
        tuple(source.source for source in sources),
    )


def citation(number: int, passage: Passage, first: int, end: int) -> Citation:
    """A citation of sentences of a passage."""
    return Citation(
        number=number,
        source_id=passage.source_id,
        source_title=passage.source_id,
        passage_id=passage.id,
        sentences=(first, end),
        locator=passage.locator,
        shown_beside=passage.shown_beside,
        label=passage.locator.label,
        quote=" ".join(passage.sentences[first:end]),
        url=None,
        picture=passage.picture,
    )


def cases_in(file: Path) -> list[Case]:
    """The answers of a file: marker to finding id, or to "passage:<passage id>#<first>-<end>".

    A file with `passages` of its own (id to sentences) has those for its library, without findings, as an
    imported report has; one with findings of its own has those, each stated by a sentence of its own.
    """
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    if "passages" in tables:
        held = _imported(tables["passages"])
    else:
        held = _invented(tables["finding"]) if "finding" in tables else library()
    cases = []
    for table in tables["answer"]:
        citations = tuple(_cited(int(number), target, held) for number, target in table["citations"].items())
        cases.append(Case(table["id"], table["text"].strip(), citations, held))
    return cases


def _imported(passages: dict[str, list[str]]) -> Library:
    held = {}
    for passage_id, sentences in passages.items():
        segments = segments_named(" ".join(sentences)) or ("all",)
        heading = Locator("section", heading=passage_id)
        held[passage_id] = Passage(passage_id, "imported", heading, tuple(sentences), segments)
    return Library(held, ())


def _invented(tables: list[dict[str, Any]]) -> Library:
    held, findings = {}, []
    for table in tables:
        passage_id, segment, heading = table["id"], table["segment"], Locator("section", heading=table["topic"])
        held[passage_id] = Passage(passage_id, "invented", heading, (table["statement"],), (segment,))
        rest = {"source_id": "invented", "unit": "", "time_frame": None, "locator": heading}
        findings.append(Finding(**{**rest, **table}, passage_id=passage_id, sentence=0))
    return Library(held, tuple(findings))


def _cited(number: int, target: str, held: Library) -> Citation:
    if target.startswith("passage:"):
        passage_id, _, span = target.removeprefix("passage:").partition("#")
        first, _, end = span.partition("-")
        return citation(number, held.passages[passage_id], int(first), int(end or int(first) + 1))
    finding = held.finding(target)
    return citation(number, held.passages[finding.passage_id], finding.sentence, finding.sentence + 1)


def corpus_cases() -> list[Case]:
    """Every sentence of the corpus with a figure, quoted and cited; then each joined with the two after it."""
    quoted = [
        (passage, position, sentence)
        for passage in library().passages.values()
        for position, sentence in enumerate(passage.sentences)
        if figures_in(sentence)
    ]
    cases = [
        Case(
            f"{passage.id}#{position}",
            _marked(sentence, 1),
            (citation(1, passage, position, position + 1),),
            library(),
        )
        for passage, position, sentence in quoted
    ]
    for distance, joint in ((1, " "), (2, "; ")):
        for one, other in zip(quoted, quoted[distance:], strict=False):
            text = _marked(one[2], 1).removesuffix("." if joint == "; " else "") + joint + _marked(other[2], 2)
            cited = (citation(1, one[0], one[1], one[1] + 1), citation(2, other[0], other[1], other[1] + 1))
            cases.append(Case(f"{one[0].id}#{one[1]}+{other[0].id}#{other[1]}", text, cited, library()))
    return cases


def _marked(sentence: str, number: int) -> str:
    return f"{sentence[:-1]} [{number}]{sentence[-1]}"
