"""Makes false answers out of true ones, one change at a time.

A change that leaves the answer true is not made: each generator looks at the cited sentences and findings (never
at the checker) to see that what it changes is what they say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TypeVar

from aidx_assistant.answers import Citation
from aidx_assistant.evidence import Finding
from aidx_assistant.figures import Figure, figures_in
from tests.mutation.directions import TURNS
from tests.mutation.library import Case
from tests.mutation.predicates import PREDICATES, SOURCES, STAGES, VERB
from tests.mutation.rewriting import with_unit_changed, with_value_changed, with_year_changed

KINDS = (
    "figure", "segment", "unit", "qualifier", "swap within", "swap across", "year", "direction", "citation",
    "predicate", "source",
)  # fmt: skip
STRICT_KINDS = ("figure", "segment", "unit")

_T = TypeVar("_T")
_MARKER = re.compile(r"\[(\d{1,2})\]")
_SENTENCE_END = re.compile(r"\n+|(?<=[.!?])(?:\s*\[\d+\])*\s+(?=[A-Z0-9*“])|(?<=\])\s+(?=[A-Z*“][a-z]*\b(?![^\n]*\|))")
_SEGMENT_WORDS = {
    "provider": (r"providers?|hospitals?|health systems?", "provider"),
    "payer": (r"payers?|payors?|insurers?|health plans?", "payer"),
    "pharma": (r"pharma(?:ceutical)?(?: compan(?:y|ies)| executives?)?|drugmakers?", "pharma"),
}
_SIZED_NOUNS = r"providers?|payers?|insurers?|hospitals?|health systems?|organi[sz]ations"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A case made false, and how."""

    case: Case
    kind: str
    change: str


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    text: str
    quotes: tuple[str, ...]
    findings: tuple[Finding, ...]
    figures: tuple[Figure, ...]
    """Figures that the cited sentences have; offsets in the answer."""


def mutants_of(case: Case) -> Iterator[Mutant]:
    """Every mutant of an answer."""
    sentences = list(_sentences(case))
    for sentence in sentences:
        yield from _figures(case, sentence)
        yield from _units(case, sentence)
        yield from _segments(case, sentence)
        yield from _qualifiers(case, sentence)
        yield from _directions(case, sentence)
        yield from _swaps(case, [sentence], "swap within")
        yield from _citations(case, sentence)
        yield from _predicates(case, sentence)
        yield from _measures(case, sentence)
        yield from _sources(case, sentence)
    for pair in combinations(sentences, 2):
        yield from _swaps(case, list(pair), "swap across")


def _sentences(case: Case) -> Iterator[_Sentence]:
    borders = [0, *(match.end() for match in _SENTENCE_END.finditer(case.text)), len(case.text)]
    for start, end in zip(borders, borders[1:], strict=False):
        text = case.text[start:end]
        numbers = {int(match[1]) for match in _MARKER.finditer(text)}
        cited = [citation for citation in case.citations if citation.number in numbers]
        quotes = tuple(citation.quote for citation in cited)
        known = {(f.kind, f.low, f.high) for quote in quotes for f in figures_in(quote)}
        figures = tuple(
            replace(figure, start=figure.start + start, end=figure.end + start)
            for figure in figures_in(text)
            if (figure.kind, figure.low, figure.high) in known
        )
        if figures:
            findings = tuple(finding for citation in cited for finding in _findings(citation, case))
            yield _Sentence(start, end, text, quotes, findings, figures)


def _findings(citation: Citation, case: Case) -> list[Finding]:
    first, end = citation.sentences
    return [
        finding
        for finding in case.library.all_findings
        if finding.passage_id == citation.passage_id and first <= finding.sentence < end
    ]


def _with(case: Case, kind: str, change: str, *edits: tuple[int, int, str]) -> Mutant:
    text = case.text
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return Mutant(replace(case, text=text), kind, change)


def _figures(case: Case, sentence: _Sentence) -> Iterator[Mutant]:
    for figure in sentence.figures:
        if figure.kind in ("year", "date"):
            for change in (-1, 1, -10):
                new = with_year_changed(figure.text, change)
                yield _with(case, "year", f"{figure.text} -> {new}", (figure.start, figure.end, new))
        if figure.kind == "year":
            continue
        for change in (-1, 1, -10, 10):
            changed = with_value_changed(figure, change)
            if changed is None or changed == figure.text or _also_true(changed, figure, sentence, case):
                continue
            yield _with(case, "figure", f"{figure.text} -> {changed}", (figure.start, figure.end, changed))


def _also_true(changed: str, figure: Figure, sentence: _Sentence, case: Case) -> bool:
    """Whether the changed figure is stated for the same claim elsewhere (59 and nearly 60 jobs), or still within it."""
    new = figures_in(changed)
    if not new or (new[0].low, new[0].high) == (figure.low, figure.high):
        return True
    alike = {(finding.segment, finding.topic, finding.population) for finding in sentence.findings}
    return any(
        (finding.segment, finding.topic, finding.population) in alike and _says(finding.statement, new[0])
        for finding in case.library.all_findings
    ) or (figure.kind == "slide" and any(_says(quote, new[0]) for quote in sentence.quotes))


def _says(text: str, figure: Figure) -> bool:
    return any((f.kind, f.low, f.high) == (figure.kind, figure.low, figure.high) for f in figures_in(text))


def _units(case: Case, sentence: _Sentence) -> Iterator[Mutant]:
    for figure in sentence.figures:
        following = case.text[figure.end : sentence.end]
        for name, new in with_unit_changed(figure, following):
            yield _with(case, "unit", f"{figure.text} -> {name}", (figure.start, figure.end, new))


def _segments(case: Case, sentence: _Sentence) -> Iterator[Mutant]:
    """Names another segment throughout the sentence; two that are both named change places."""
    said = {finding.segment for finding in sentence.findings if finding.value}
    if not case.library.all_findings:
        said = {segment for quote in sentence.quotes for segment in _named(quote)}
    for one, (pattern, _) in _SEGMENT_WORDS.items():
        if one not in said:
            continue
        for other, (other_pattern, noun) in _SEGMENT_WORDS.items():
            if other == one or not re.search(rf"\b(?:{pattern})\b", sentence.text, re.IGNORECASE):
                continue
            edits = [*_renamed(sentence, pattern, noun), *_renamed(sentence, other_pattern, one)]
            if {"provider", "payer", "pharma"} <= _named(sentence.text) and len(said) < 3:
                continue
            yield _with(case, "segment", f"{one} -> {other}", *edits)


def _named(text: str) -> set[str]:
    return {name for name, (words, _) in _SEGMENT_WORDS.items() if re.search(rf"\b(?:{words})\b", text, re.IGNORECASE)}


def _renamed(sentence: _Sentence, pattern: str, noun: str) -> Iterator[tuple[int, int, str]]:
    for match in re.finditer(rf"\b(?:{pattern})\b", sentence.text, re.IGNORECASE):
        written = match.group()
        new = noun
        if written.lower().endswith("s") and noun != "pharma":
            new += "s"
        if written.lower().startswith("pharma") and " " in written:
            new = f"{noun} {written.split()[-1]}"
        elif written.lower() in ("pharma", "pharmaceutical", "drugmakers") and noun != "pharma":
            after = sentence.text[match.end() : match.end() + 12]
            new = noun if re.match(r"\s+(?:leaders|executives|respondents)", after) else f"{noun}s"
        if written[0].isupper():
            new = new[0].upper() + new[1:]
        yield sentence.start + match.start(), sentence.start + match.end(), new


def _qualifiers(case: Case, sentence: _Sentence) -> Iterator[Mutant]:
    yield from _bounds(case, sentence)
    said = " ".join((*sentence.quotes, *(finding.population for finding in sentence.findings))).lower()
    about = {finding.population for finding in sentence.findings if finding.value}
    if not case.library.all_findings:
        about = {quote.lower() for quote in sentence.quotes}
    for word, nouns in (("large", _SIZED_NOUNS), ("completed", r"proofs? of concept|POCs?|pilots?")):
        pattern = re.compile(rf"\b{word}(?:r|st)?\s+(?=(?:\w+\s+)?(?:{nouns})\b)", re.IGNORECASE)
        found = list(pattern.finditer(sentence.text))
        if found and any(word in population for population in about):
            edits = [(sentence.start + m.start(), sentence.start + m.end(), "") for m in found]
            if not re.search(rf"\b{word}", re.sub(pattern, "", sentence.text), re.IGNORECASE):
                yield _with(case, "qualifier", f"{word} dropped", *edits)
        elif word not in said:
            for match in re.finditer(rf"\b(?:of|among|at)\s+(?=(?:{nouns})\b)", sentence.text, re.IGNORECASE):
                if any(figure.end <= sentence.start + match.start() + 1 for figure in sentence.figures):
                    place = sentence.start + match.end()
                    yield _with(case, "qualifier", f"{word} added", (place, place, f"{word} "))


def _bounds(case: Case, sentence: _Sentence) -> Iterator[Mutant]:
    for figure in sentence.figures:
        if figure.kind not in ("percent", "count", "duration", "money") or figure.low != figure.high:
            continue
        bare = re.sub(
            r"^(?:more than|over|at least|nearly|almost|about|roughly|some|just over|just under|less than|up to"
            r"|fewer than|around)\s+|\+$",
            "",
            figure.text,
            flags=re.IGNORECASE,
        )
        if bare != figure.text:
            if figure.bound != "about" and _exact_nowhere(figure, sentence):
                yield _with(case, "qualifier", "bound dropped", (figure.start, figure.end, bare))
            continue
        if figure.bound == "exact":
            for word in ("more than", "less than", "nearly"):
                new = f"{word} {figure.text}"
                if not figure.text.lower().startswith("dozen"):
                    yield _with(case, "qualifier", f"{word} added", (figure.start, figure.end, new))


def _exact_nowhere(figure: Figure, sentence: _Sentence) -> bool:
    stated = [f for quote in sentence.quotes for f in figures_in(quote)]
    return all(f.bound != "exact" or (f.kind, f.low) != (figure.kind, figure.low) for f in stated)


def _directions(case: Case, sentence: _Sentence) -> Iterator[Mutant]:
    for pattern, new, evidence in TURNS:
        for match in re.finditer(pattern, sentence.text, re.IGNORECASE):
            if any(re.search(evidence, quote, re.IGNORECASE) for quote in sentence.quotes):
                start, end = sentence.start + match.start(), sentence.start + match.end()
                turned = match.expand(new)
                yield _with(case, "direction", f"{match.group()} -> {turned}", (start, end, turned))


def _swaps(case: Case, sentences: list[_Sentence], kind: str) -> Iterator[Mutant]:
    if len(sentences) == 1:
        pairs = combinations(sentences[0].figures, 2)
    else:
        pairs = ((one, other) for one in sentences[0].figures for other in sentences[1].figures)  # type: ignore[assignment]
    for one, other in pairs:
        if one.kind != other.kind or (one.low, one.high) == (other.low, other.high) or one.unit != other.unit:
            continue
        if "exact" in (one.bound, other.bound) and one.bound != other.bound and abs(one.low - other.low) <= 6:
            continue  # a rounded and an exact form of one figure
        if one.kind == "slide" and not re.search(r"[a-z]{4}", case.text[one.end : other.start]):
            if "first" not in sentences[0].text:
                continue  # the same list of slides in another order
        edits = ((one.start, one.end, other.text), (other.start, other.end, one.text))
        yield _with(case, kind, f"{one.text} <-> {other.text}", *edits)


def _citations(case: Case, sentence: _Sentence) -> Iterator[Mutant]:
    """Points a marker at another citation of the answer, where no other marker of the sentence has the figure."""
    for match in _MARKER.finditer(sentence.text):
        number = int(match[1])
        others = {int(m[1]) for m in _MARKER.finditer(sentence.text)} - {number}
        borne = [f for f in sentence.figures if f.kind != "slide" and _says(case.quoted(number), f)]
        if not borne or any(_says(case.quoted(other), figure) for other in others for figure in borne):
            continue
        for citation in case.citations:
            if citation.number == number or any(_says(citation.quote, figure) for figure in borne):
                continue
            start = sentence.start + match.start()
            edit = (start, start + len(match.group()), f"[{citation.number}]")
            yield _with(case, "citation", f"[{number}] -> [{citation.number}]", edit)


def _predicates(case: Case, sentence: _Sentence) -> Iterator[Mutant]:
    """Says of a figure's people or things something of which the cited sentences have no word, or another stage."""
    for pattern, new, evidence in STAGES:
        for match in re.finditer(pattern, sentence.text, re.IGNORECASE):
            if any(re.search(evidence, quote, re.IGNORECASE) for quote in sentence.quotes):
                start, end = sentence.start + match.start(), sentence.start + match.end()
                yield _with(case, "predicate", f"{match.group()} -> {new}", (start, end, new))
    if len(sentence.figures) != 1 or sentence.figures[0].kind != "percent" or "|" in sentence.text:
        return
    figure = sentence.figures[0]
    verb = VERB.search(sentence.text, figure.end - sentence.start)
    if verb is None or figures_in(verb["rest"]) or not _MARKER.match(sentence.text, verb.end()):
        return
    cited = " ".join(sentence.quotes).lower()
    others = [one for one in PREDICATES if not any(word[:5] in cited for word in one.split() if len(word) > 4)]
    for other in _some(others, case.id + figure.text):
        span = (sentence.start + verb.start(), sentence.start + verb.end())
        yield _with(case, "predicate", f"{verb.group()} -> {other}", (*span, f"{other} "))


def _measures(case: Case, sentence: _Sentence) -> Iterator[Mutant]:
    """Gives a sentence's one figure for the measure of another finding, of the same people or things."""
    if len(sentence.figures) != 1 or "|" in sentence.text:
        return
    figure, markers = sentence.figures[0], "".join(match.group() for match in _MARKER.finditer(sentence.text))
    cited = [one for one in sentence.findings if one.value and _says(one.value, figure)]
    if len(cited) != 1 or figure.kind != "percent" or not _MARKER.search(sentence.text, figure.end - sentence.start):
        return
    others = [
        one for one in case.library.all_findings if one.unit == cited[0].unit and _measures_another(one, cited[0])
    ]
    bullet = re.match(r"\s*(?:[-*+]\s+|\d{1,2}[.)]\s+)?", sentence.text)
    start = sentence.start + (bullet.end() if bullet else 0)
    end = sentence.start + len(sentence.text.rstrip())
    for other in _some(others, case.id + figure.text):
        new = f"{other.measure[0].upper()}{other.measure[1:]}: {figure.text} among {cited[0].population} {markers}."
        yield _with(case, "predicate", f"{figure.text} -> {other.measure}", (start, end, new))


def _measures_another(other: Finding, cited: Finding) -> bool:
    """Whether a finding is a percentage of something else than the cited one, not only of others or later."""
    percent = other.value is not None and any(figure.kind == "percent" for figure in figures_in(other.value))
    related = {*other.differs_from, *cited.differs_from} & {other.id, cited.id}
    return percent and other.topic != cited.topic and other.measure != cited.measure and not related


def _some(choice: list[_T], seed: str) -> list[_T]:
    """Three of the choice, the same for the same seed."""
    first = sum(seed.encode()) % max(1, len(choice))
    return [*choice[first:], *choice[:first]][:3]


def _sources(case: Case, sentence: _Sentence) -> Iterator[Mutant]:
    """Has the other source of the corpus say it, where the sentence names one source and cites only that."""
    if not case.library.held_sources:
        return
    cited = {c.source_id for c in case.citations if f"[{c.number}]" in sentence.text}
    named = [(m, other) for pattern, other in SOURCES for m in pattern.finditer(sentence.text)]
    if len(cited) != 1 or len(named) != 1 or "Dx Index" in sentence.text:
        return
    match, other = named[0]
    if ("index" in other or "Bessemer" in other) is ("bain" not in next(iter(cited))):
        return  # the sentence names the source that it does not cite
    start, end = sentence.start + match.start(), sentence.start + match.end()
    yield _with(case, "source", f"{match.group()} -> {other}", (start, end, other))
