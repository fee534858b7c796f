"""Checks a whole answer: its citations, every figure, what it leaves uncited, and where its sources disagree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from aidx_assistant.answers import DECLINE, Checks, Citation, Disagreement, UnsupportedFigure
from aidx_assistant.checking.citing import verified
from aidx_assistant.checking.claims import Claim, claims_of
from aidx_assistant.checking.counts import is_about_the_answer
from aidx_assistant.checking.disagreeing import disagreements_among
from aidx_assistant.checking.evidence_of import Evidence
from aidx_assistant.checking.judging import CitedText, fault_of
from aidx_assistant.checking.rivals import library_of
from aidx_assistant.checking.slides import slides_of
from aidx_assistant.checking.stated import StatedFigure, stated_in
from aidx_assistant.checking.statements import Statement, statements_of
from aidx_assistant.checking.taken_up import fault_of_taken_up
from aidx_assistant.checking.verbatim import is_verbatim
from aidx_assistant.checking.words import concepts
from aidx_assistant.evidence import Finding, Source
from aidx_assistant.figures import Figure, figures_in
from aidx_assistant.vocabulary.works import ASKED

_ABOUT_THE_SOURCES = re.compile(
    r"\b(?:sources?|passages?|reports?|index|article|brief|deck|documents?|excerpts?|text|notes?|evidence|material)\b"
    r"[^.]*\b(?:(?:do|does|did|is|are|has|have|was|were|can|could)\s*(?:not|n[’']t)|cannot|no|nothing|neither|silent)\b"
    r"|\b(?:no|not)\b[^.]*\b(?:sources?|passages?|report|provided|given|available|stated|covered)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    rf"\b(?:we|index|survey|study|report)\s+(?:{ASKED})\b"
    r"|\b(?:respondents|participants)\s+(?:were|are|come|came|work)\b"
    rf"|\bwere\s+(?:{ASKED})\b"
    r"|\b(?:survey|study|report|index|poll)\s+(?:rests?|draws?|relies|is\s+based)\s+(?:up)?on\b"
    r"|\b\d+\s+(?:\w+\s+)?(?:responses|respondents|interviews|answers)\s+(?:from|with|by|in)\b"
    r"|\b(?:index|survey|study|poll|questionnaire)\b[^.;]{0,60}\banswered\s+by\b"
    r"|\btook\s+part\s+in\s+(?:the|our|this)\s+(?:index|survey|study|poll)\b",
    re.IGNORECASE,
)
_STATING = 3
"""Content words from which a sentence without a figure counts as stating something."""


@dataclass(frozen=True, slots=True)
class CheckedAnswer:
    """What checking adds to an answer."""

    citations: tuple[Citation, ...]
    """As given, with `verified` set."""
    checks: Checks
    disagreements: tuple[Disagreement, ...]


def check_answer(
    text: str, citations: Sequence[Citation], evidence: Evidence, only_at: int | None = None
) -> CheckedAnswer:
    """Checks `text`, Markdown whose [n] markers name `citations` by number, against the library.

    `only_at`: the offset of the one figure to be judged, where the others only stand around it.
    The rules are in docs/checks.md. Never raises for any text; citations that the library does not bear out
    are marked, and support no figure.
    """
    checked = tuple(verified(citation, evidence) for citation in citations)
    findings = tuple(evidence.findings())
    statements = statements_of(text)
    claims = _claims(statements, tuple(evidence.sources()))
    cited = _Cited(checked, evidence, findings)
    library = library_of(findings)
    together = _by_statement(claims)
    faults = [
        fault
        for claim in claims
        if only_at in (None, claim.start)
        and (
            (fault := fault_of(claim, cited.text_for(claim.numbers), library, _beside(claim, together)))
            or (fault := fault_of_taken_up(claim, cited.text_for, _beside(claim, together)))
        )
        and not is_verbatim(claim, text, cited.text_for(claim.numbers))
    ]
    return CheckedAnswer(
        citations=checked,
        checks=Checks(
            citations=len(checked),
            citations_unverified=sum(not citation.verified for citation in checked),
            figures=len(claims),
            sentences_uncited=_uncited(statements, claims),
            figures_unsupported=tuple(_without_repeats(faults)),
        ),
        disagreements=disagreements_among(checked, findings),
    )


def _claims(statements: Sequence[Statement], sources: Sequence[Source]) -> list[Claim]:
    """All but the figures that count parts of the answer itself."""
    return [
        claim
        for statement in statements
        for claim in claims_of(statement, sources)
        if not is_about_the_answer(claim.figure, statement.text)
    ]


def _by_statement(claims: Sequence[Claim]) -> dict[int, list[Claim]]:
    """The claims of each statement, by the statement's identity."""
    found: dict[int, list[Claim]] = {}
    for claim in claims:
        found.setdefault(id(claim.statement), []).append(claim)
    return found


def _beside(claim: Claim, together: dict[int, list[Claim]]) -> list[Claim]:
    return [other for other in together[id(claim.statement)] if other is not claim]


class _Cited:
    """The sentences and figures behind each citation number, read once for an answer."""

    def __init__(self, citations: Sequence[Citation], evidence: Evidence, findings: Sequence[Finding]) -> None:
        self._by_number: dict[int, list[Citation]] = {}
        for citation in citations:
            if citation.verified:
                self._by_number.setdefault(citation.number, []).append(citation)
        self._evidence = evidence
        self._findings: dict[tuple[str, int], list[Finding]] = {}
        for finding in findings:
            self._findings.setdefault((finding.passage_id, finding.sentence), []).append(finding)
        self._read: dict[int, CitedText] = {}
        self._asked_by: dict[str, str] = {}

    def text_for(self, numbers: Sequence[int]) -> CitedText:
        parts = [self._text(number) for number in numbers]
        return CitedText(
            tuple(sentence for part in parts for sentence in part.sentences),
            tuple(figure for part in parts for figure in part.figures),
            tuple(date for part in parts for date in part.published),
            tuple(heading for part in parts for heading in part.headings),
        )

    def _text(self, number: int) -> CitedText:
        if number not in self._read:
            sentences: list[str] = []
            figures: list[StatedFigure] = []
            headings: list[str] = []
            for citation in self._by_number.get(number, ()):
                passage = self._evidence.passage(citation.passage_id)
                if passage is None:
                    continue
                for position in range(*citation.sentences):
                    sentences.append(passage.sentences[position])
                    found = self._findings.get((passage.id, position), ())
                    about = (
                        f"{citation.source_title} ; {passage.locator.heading or ''} ; {self._asked(passage.source_id)}"
                    )
                    figures.extend(replace(one, about=about) for one in stated_in(passage, position, found))
                figures.extend(slides_of(passage, citation))
                headings.append(passage.locator.heading or "")
            sources = {citation.source_id for citation in self._by_number.get(number, ())}
            self._read[number] = CitedText(tuple(sentences), tuple(figures), self._published(sources), tuple(headings))
        return self._read[number]

    def _asked(self, source_id: str) -> str:
        """What a source says of whom it asked: what it tells of all of them is told of these."""
        if source_id not in self._asked_by:
            of_source = (one for found in self._findings.values() for one in found if one.source_id == source_id)
            told = dict.fromkeys(one.statement for one in of_source if _ASKED.search(one.statement))
            self._asked_by[source_id] = " ; ".join(told)
        return self._asked_by[source_id]

    def _published(self, source_ids: set[str]) -> tuple[Figure, ...]:
        """Dates of publication among the findings of the cited sources, and years in their titles."""
        dates = [
            figure
            for findings in self._findings.values()
            for finding in findings
            if finding.source_id in source_ids and finding.unit == "date"
            for figure in figures_in(finding.value or "")
        ]
        titles = {c.source_title for cited in self._by_number.values() for c in cited if c.source_id in source_ids}
        return (*dates, *(figure for title in titles for figure in figures_in(title) if figure.kind == "year"))


def _uncited(statements: Sequence[Statement], claims: Sequence[Claim]) -> int:
    """How many sentences or table rows state something and cite nothing.

    A sentence states something if it has a figure, or at least three content words and is neither a heading, a
    lead-in, a question, the fixed declining line nor a remark that the sources lack something.
    """
    with_figures = {claim.statement.unit for claim in claims}
    cited = {statement.unit for statement in statements if statement.markers and not statement.repeats}
    uncited = set()
    for statement in statements:
        if statement.unit in cited or statement.kind == "heading":
            continue
        if statement.unit in with_figures or _states_something(statement):
            uncited.add(statement.unit)
    return len(uncited)


def _states_something(statement: Statement) -> bool:
    text = statement.text.strip()
    if statement.kind != "sentence" or text.endswith("?") or text == DECLINE:
        return False
    return len(concepts(text)) >= _STATING and not _ABOUT_THE_SOURCES.search(text)


def _without_repeats(faults: Sequence[UnsupportedFigure]) -> list[UnsupportedFigure]:
    return [replace(fault) for fault in sorted(set(faults), key=lambda fault: fault.start)]
