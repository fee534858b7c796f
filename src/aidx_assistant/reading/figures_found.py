"""Makes candidate findings of the figures in a source that the user brought: each with what its sentence says of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from aidx_assistant.evidence import Finding, Locator, Passage, Segment, Source
from aidx_assistant.figures import Figure, figures_in
from aidx_assistant.reading.addressed_to_models import orders_among
from aidx_assistant.reading.label_numbers import without_label_numbers
from aidx_assistant.reading.qualifying import Qualified, in_time_frame, qualified
from aidx_assistant.reading.qualifying_rows import qualified_in_row
from aidx_assistant.reading.rows import UNLABELLED, cells_of
from aidx_assistant.reading.titles_over import has_title, heading_over, measure_under, titles_over
from aidx_assistant.segments import segments_named
from aidx_assistant.vocabulary.numbers import TENS, UNITS
from aidx_assistant.vocabulary.times import ANY_MONTH

_KINDS = frozenset(("percent", "points", "money", "count", "duration", "ratio"))
_NO_QUANTITY = re.compile(
    r"(?:\+\d{1,3}[\s.-]?)?\(?\b\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}\b|\+\d[\d\s().-]{7,17}\d"  # telephone
    r"|\b1?-?8\d\d-[\w-]{6,}|\b(?:tel|phone|fax|call|mobile)\b[.:]?\s*[\d\s().+-]{5,}"
    r"|\b(?:doi|isbn|issn|pmid|arxiv|orcid|nct)\b:?\s*[\w./-]+"
    r"|\#\d+\b|\b\d{1,4}\([a-z0-9]{1,2}\)|\bv(?:er(?:sion)?)?\.?\s?\d+(?:\.\d+)*|\b\d{1,2}:\d{2}\b(?:\s?[ap]\.?m\.?)?|\b\d{1,2}\s?[ap]\.?m\b"
    rf"|\b(?:{ANY_MONTH})\s+\d{{1,2}}\b(?!\s?%)"
    r"|\b(?:fy|q[1-4]|h[12])\s?[’']?\d{2,4}\b|(?<=\w)[’']\d\ds?\b",
    re.IGNORECASE,
)
_PRODUCT = re.compile(
    r"(?<![.!?:;]\s)\b(?!(?:Only|Just|Some|The|In|Of|Another|At|By|To|From|With|And|But|For|On|As|Than|These|Those|Their|Our|A)\s)"
    r"[A-Z][\w’-]*\s$"
)
"""A name before a bare number: "Windows 11"."""
_MOST_FIGURES = 20
"""Figures of a sentence; one with more is a table that has lost its form, and says of none what it measures."""
_LONGEST = 4000
"""Characters of a sentence; what is longer is data."""
_SAYS = re.compile(r"[^\W\d_]{2}")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[a-z]+")
_NUMBER_WORDS = frozenset((*UNITS[1:], *TENS)) | frozenset(
    "half halves third thirds quarter quarters fifth fifths sixth sixths eighth eighths tenth tenths "
    "hundred hundreds thousand thousands million millions "
    "billion billions trillion trillions dozen dozens twice thrice double doubled doubles triple tripled triples "
    "quadrupled decade decades twofold threefold fourfold fivefold tenfold fold".split()
)
"""What a sentence without a digit must have to have a figure: the rest are not looked at more closely."""
_SMALL_WORDS = frozenset((*UNITS[1:11], "both"))
_LEAST_TELLING = frozenset(
    "things ways reasons steps points examples questions parts sections categories types kinds areas factors key main "
    "principles takeaways themes lessons pillars options words sides others".split()
)


def findings_in(source: Source, passages: Sequence[Passage]) -> tuple[Finding, ...]:
    """A candidate for each figure of the passages that have been read, marked `imported`; the same one only once.

    Percentages, points, money, counts, durations and ratios count; years, dates, ranks, list, page, telephone and
    version numbers do not, nor do figures of an order to a language model. Ids hang on locator, sentence and figure
    alone, so that reading again gives them again.
    """
    found: dict[str, Finding] = {}
    for passage, titles in _with_titles(passages):
        if passage.read == "no":
            continue
        orders = orders_among(passage.sentences)
        for position, sentence in enumerate(passage.sentences):
            if position in orders or sentence.startswith(UNLABELLED):
                continue
            for finding in _of_sentence(source, passage, position, titles[position]):
                found.setdefault(finding.id, finding)
    return tuple(found.values())


def _with_titles(passages: Sequence[Passage]) -> Iterator[tuple[Passage, list[str]]]:
    """The passages, with the title over each of their sentences: a table may go on in the next passage."""
    for locator, together in groupby(passages, lambda passage: passage.locator):
        inside = list(together)
        titles = iter(titles_over([text for passage in inside for text in passage.sentences], heading_over(locator)))
        yield from ((passage, [next(titles) for _ in passage.sentences]) for passage in inside)


def _of_sentence(source: Source, passage: Passage, position: int, title: str) -> Iterator[Finding]:
    sentence = passage.sentences[position]
    cells = cells_of(sentence)
    figures = quantities_of(sentence)
    for number, figure in enumerate(figures):
        said = qualified_in_row(sentence, figure, cells) if cells else qualified(sentence, figure, figures)
        yield Finding(
            id=f"{source.id}/figure-{_hash(passage.locator, sentence, number, figure.text)}",
            source_id=source.id,
            statement=sentence,
            value=figure.text,
            unit=_unit(figure),
            measure=measure_under("" if has_title(sentence) else title, said.measure),
            segment=_segment(said, passage, title),
            population=said.population,
            time_frame=said.time_frame or None,
            topic=passage.locator.heading or source.title,
            locator=passage.locator,
            passage_id=passage.id,
            sentence=position,
            origin="imported",
        )


def quantities_of(sentence: str) -> tuple[Figure, ...]:
    """The figures of a sentence that measure something."""
    if (
        not _SAYS.search(sentence)
        or len(sentence) > _LONGEST
        or not (_DIGIT.search(sentence) or _NUMBER_WORDS.intersection(_WORD.findall(sentence.lower())))
    ):
        return ()
    masked = _NO_QUANTITY.sub(lambda match: "x" * len(match.group()), without_label_numbers(sentence))
    cells = cells_of(sentence)
    in_row = bool(cells)
    figures = [figure for figure in figures_in(masked) if not in_row or _is_in_cell(figure, cells)]
    if len(figures) > _MOST_FIGURES and not in_row:
        return ()
    return tuple(
        figure
        for figure in figures
        if figure.kind in _KINDS
        and sentence[figure.start : figure.end] == figure.text
        and _tells(figure, masked, in_row)
    )


def _is_in_cell(figure: Figure, cells: Sequence[tuple[str, str, int]]) -> bool:
    """Whether it is none of a header: `2024 Providers` counts nobody."""
    return any(start <= figure.start < start + len(cell) for _, cell, start in cells)


def _tells(figure: Figure, sentence: str, in_row: bool) -> bool:
    """Whether a count counts something: with a noun, or standing as a value; "three reasons" is a way of speaking."""
    if figure.kind == "duration":
        return not in_time_frame(sentence, figure)
    if figure.kind != "count":
        return True
    written_out = figure.text.lower() in _SMALL_WORDS
    if figure.unit:
        return not (written_out and figure.unit in _LEAST_TELLING)
    if written_out:
        return False
    return in_row or not _PRODUCT.search(sentence[: figure.start])


def _unit(figure: Figure) -> str:
    """Lower case noun, `percent`, `points`, `times`, `number`, or the currency."""
    if figure.kind in ("percent", "points"):
        return str(figure.kind)
    return "times" if figure.kind == "ratio" else figure.unit or "number"


def _segment(said: Qualified, passage: Passage, title: str) -> Segment:
    """The segment that the sentence names for the figure, else its chart's title, else the heading, else all."""
    if said.segment:
        return said.segment
    named = segments_named(title) or segments_named(passage.locator.heading or "")
    return named[0] if len(named) == 1 else "all"


def _hash(locator: Locator, sentence: str, number: int, value: str) -> str:
    told = "\x1f".join((locator.kind, str(locator.number), locator.heading or "", sentence, str(number), value))
    return hashlib.sha256(told.encode()).hexdigest()[:12]
