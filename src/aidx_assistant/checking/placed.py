"""Where in its sentence a figure stands, as far as that tells what it is of: which end of a change it is, which year or
span of time belongs to it, and in which row of a table it stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import lru_cache

from aidx_assistant.checking.claims import Claim
from aidx_assistant.checking.stated import StatedFigure
from aidx_assistant.checking.telling import telling_words
from aidx_assistant.checking.values import fit
from aidx_assistant.checking.words import concepts
from aidx_assistant.figures import Figure, figures_in
from aidx_assistant.figures.numerals import number_value
from aidx_assistant.reading.rows import cells_of

_FROM = re.compile(r"\b(?:from|compared\s+(?:with|to)(?:\s+only)?)\s+$", re.IGNORECASE)
_TO = re.compile(r"\bfrom\b.{1,60}\bto\s+$", re.IGNORECASE)
_OF_THE_YEAR = re.compile(
    r"\s*(?:(?:per|an?|each)\s+\w+\s+)?(?:(?:in|for|by|since)\s+(?:(?:our|the|its|their)\s+)?|\()",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"\b(?:an?|one|two|three|four|five|ten|\d+)\s+(?:years?|months?|decades?)\s+(?:ago|earlier|before)\b|last\s+year\b",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"\b(?:past|last|previous|next|coming)\s+(?:(?P<number>\w+)\s+)?(?P<unit>year|month|quarter|week|decade)s?\b",
    re.IGNORECASE,
)
_MEASURING = ("duration", "money", "count", "percent")


def displaced(claim: Claim, stated: StatedFigure) -> str | None:
    """How a claim puts a figure where another of its source stands, in words for the reader; None if it does not."""
    text, place = claim.statement.text, claim.start - claim.statement.start
    figure, sentence = stated.figure, stated.sentence
    beside = [one for one in figures_in(text) if one.start != place]
    said = f"{claim.own} ; {claim.statement.labels}"
    found = (
        (claim.figure.kind != "year" and _is_of_another_year(claim, stated), "says this of another year"),
        (
            bool(_EARLIER.search(claim.own)) and _is_of_what_was_before(figure, sentence),
            "says another figure was so earlier, and this now",
        ),
        (
            _is_turned_round(replace(claim.figure, start=place), text, figure, sentence),
            "has this as the other end of a change (from, or to)",
        ),
        (
            claim.figure.kind != "duration" and _is_of_another_span(claim.own, stated.own),
            "says this of a longer or shorter time",
        ),
        (not stated.is_curated and _is_of_another_column(said, stated), "gives this in another column of its table"),
        (_says_nothing_of_row(f"{text} ; {said}", stated), "gives this in another row of its table"),
        (_is_of_another_row(beside, figure, sentence), "gives this in another row of its table"),
    )
    return next((f"the cited sentence {what}" for is_so, what in found if is_so), None)


def _is_of_another_year(claim: Claim, stated: StatedFigure) -> bool:
    is_of_another = bool(stated.years) and not claim.years & stated.years
    return bool(claim.years) and (is_of_another or _is_of_anothers_year(claim.years, stated.figure, stated.sentence))


def _is_turned_round(claimed: Figure, text: str, stated: Figure, sentence: str) -> bool:
    """Whether a claim makes what something went from what it went to, or the reverse: "from 5 to 7", "from 7 to 5"."""
    one, other = end_of(claimed, text), end_of(stated, sentence)
    if claimed.low < claimed.high == stated.high == stated.low and one == "from":  # both ends of it in one
        one = "to"
    return one is not None and other is not None and one != other


@lru_cache(maxsize=2048)
def end_of(figure: Figure, text: str) -> str | None:
    """Which end of a change a figure is, "from" or "to"; None for neither."""
    before = text[: figure.start]
    if _FROM.search(before):
        return "from"
    return "to" if _TO.search(before) else None


def _is_of_anothers_year(years: Collection[int], stated: Figure, sentence: str) -> bool:
    """Whether the years of a claim are those that stand beside another figure of the source's sentence, which has none
    beside this one: "fell from 4.1 days in 2023 to 2.6 days".
    """
    owners = _years_beside(sentence)
    return bool(years) and all(year in owners and owners[year] != stated.start for year in years)


@lru_cache(maxsize=2048)
def _years_beside(sentence: str) -> dict[int, int]:
    """The years that follow a figure directly, each with the place of that one; only where they are of one figure."""
    figures = figures_in(sentence)
    found: dict[int, set[int]] = {}
    for figure, other in zip(figures, figures[1:], strict=False):
        if other.kind == "year" and figure.kind != "year" and other.low == other.high:
            if _OF_THE_YEAR.fullmatch(sentence, figure.end, other.start):
                found.setdefault(int(other.low), set()).add(figure.start)
    return {year: places.pop() for year, places in found.items() if len(places) == 1}


@lru_cache(maxsize=2048)
def _is_of_what_was_before(stated: Figure, sentence: str) -> bool:
    """Whether a sentence says of another figure alone that it was so earlier: "41% use it, against 55% a year ago"."""
    figures = [figure for figure in figures_in(sentence) if figure.kind == stated.kind]
    earlier = [one.start for one in figures if _EARLIER.match(sentence[one.end :].lstrip(" ,("))]
    return bool(earlier) and stated.start not in earlier


def _is_of_another_span(claimed: str, stated: str) -> bool:
    """Whether a claim is of the past year and the source of the past three; each names one span, in the same unit."""
    one, other = (list(_SPAN.finditer(text)) for text in (claimed, stated))
    if len(one) != 1 or len(other) != 1 or one[0]["unit"].lower() != other[0]["unit"].lower():
        return False
    return _length(one[0]) != _length(other[0])


def _length(span: re.Match[str]) -> float:
    try:
        return number_value(span["number"]) if span["number"] else 1.0
    except ValueError:
        return 1.0


def _is_of_another_column(claimed: str, stated: StatedFigure) -> bool:
    """Whether a claim has all words by which the header of another column differs from the figure's own, and none of
    this one's.
    """
    cells = cells_of(stated.sentence)[1:]
    at = stated.figure.start
    own = next((header for header, cell, start in cells if start <= at < start + len(cell)), "")
    said = concepts(claimed)
    for header, _, _ in cells if own else ():
        other, mine = concepts(header) - concepts(own), concepts(own) - concepts(header)
        if other and mine and other <= said and not mine & said:
            return True
    return False


def _is_of_another_row(beside: Iterable[Figure], stated: Figure, sentence: str) -> bool:
    """Whether what a claim says beside its figure is another than the label of the row that has the figure:
    "Payback: 12 to 24 months; Share of insurers: 49%", "Hospitals, 200 to 499 beds: 61%".
    """
    cells = [(start, start + len(cell)) for _, cell, start in cells_of(sentence)]
    if len(cells) < 2 or not cells[1][0] <= stated.start < cells[-1][1]:  # noqa: PLR2004
        return False
    label = [one for one in figures_in(sentence) if one.start < cells[0][1] and one.kind in _MEASURING]
    wide = len(cells) > 2  # noqa: PLR2004
    if wide:
        label = [one for one in label if one.kind == "count" and one.unit]
    said = [one for one in beside if label and one.kind == label[0].kind and not (wide and one.unit != label[0].unit)]
    return bool(said) and not any(fit(one, other) in ("same", "bound") for one in said for other in label)


def _says_nothing_of_row(claimed: str, stated: StatedFigure) -> bool:
    """Whether a claim has words of its own, and none of the label of the row that has its figure. Of shares the words
    are compared elsewhere.
    """
    cells = cells_of(stated.sentence)
    if stated.is_curated or not cells or stated.figure.kind in ("percent", "rank", "year", "date"):
        return False
    label, said = telling_words(cells[0][1]), telling_words(claimed)
    return bool(label) and len(said) > 1 and not label & concepts(claimed)
