"""The verdict on one claim: which figure of the cited sentences bears it out, or what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, KeysView, Sequence
from dataclasses import dataclass

from aidx_assistant.answers import NOT_CITED, UnsupportedFigure
from aidx_assistant.checking.agreement import conflict, time_conflict
from aidx_assistant.checking.claims import Claim
from aidx_assistant.checking.counts import is_borne_out
from aidx_assistant.checking.measured import is_unlike
from aidx_assistant.checking.rivals import Library, better_fit
from aidx_assistant.checking.stated import StatedFigure
from aidx_assistant.checking.time_borders import border_of, lies_beyond
from aidx_assistant.checking.traits import timing_in
from aidx_assistant.checking.values import A_YEAR, fit, same_number, same_unit
from aidx_assistant.figures import Figure, figures_in
from aidx_assistant.segments import mentions

_LEAST_ALIKE = 1.0
"""How alike, in words of average telling power, a figure has to be to be told instead of another."""
_FEW = 3
"""Sentences up to which what is cited for a figure is about the same, whatever its words."""
_SOURCE = re.compile(r"\b(?:report|index|survey|study|brief|edition|publish\w*|publication|dated)\b", re.IGNORECASE)
_AS_OF = re.compile(r"\b(?:as\s+of|as\s+at)\s+(?:\w+\s+)?$", re.IGNORECASE)
_FIRST_YEAR = re.compile(r"\bfirst\s+year\b|\byear\s+one\b", re.IGNORECASE)
_A_YEAR = re.compile(r"\b(?:after|within|in)\s+a\s+(?:full\s+|whole\s+)?year\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\d{4}\s+and\s", re.IGNORECASE)
"""Two years that a change lies between, not a span: \"between 2023 and 2025\"."""
_NO_WORDS: KeysView[str] = {}.keys()
_NOT_GIVEN = "no sentence cited for this figure gives it"
_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")
_OF_SOMETHING_ELSE = "the cited sentence gives this number of something else or in another unit"


@dataclass(frozen=True, slots=True)
class CitedText:
    """What the sentences cited for a claim hold."""

    sentences: tuple[str, ...]
    figures: tuple[StatedFigure, ...]
    published: tuple[Figure, ...] = ()
    """When the cited sources were published, as far as the library says."""
    headings: tuple[str, ...] = ()
    """What stands over the sentences."""


def fault_of(
    claim: Claim, cited: CitedText, library: Library, beside: Sequence[Claim] = ()
) -> UnsupportedFigure | None:
    """None if the claim holds. `beside`: the other claims of its statement."""
    if not claim.numbers:
        return unsupported(claim, NOT_CITED, None)
    if not cited.sentences:
        return unsupported(claim, "what is cited for this figure is not in the library", None)
    if claim.repeats:
        return unsupported(claim, "this slide is named twice in the same list", None)
    if _lies_on_its_side(claim, cited, library):
        return None
    fits: dict[str, list[StatedFigure]] = {}
    for stated in cited.figures:
        fits.setdefault(fit(claim.figure, stated.figure), []).append(stated)
    same = fits.get("same", [])
    if any(conflict(claim, stated) is None for stated in fits.get("bound", ())):  # that number is meant, none near it
        same = [stated for stated in same if same_number(claim.figure, stated.figure)]
    if same:
        return _judged(claim, same, cited, library, beside)
    return _unmatched(claim, fits, cited, library)


def _unmatched(
    claim: Claim, fits: dict[str, list[StatedFigure]], cited: CitedText, library: Library
) -> UnsupportedFigure | None:
    """A figure that no cited sentence has may still be the length of a list or join two that are there."""
    figures = [stated.figure for stated in cited.figures]
    listed = is_borne_out(claim.figure, claim.statement.text, claim.statement.items, cited.sentences, figures)
    if listed or _joins_two(claim, cited.figures) or _dates_the_source(claim, cited) or _is_of_heading(claim, cited):
        return None
    if _is_first_year(claim, cited) or _adds_the_year(claim, cited):
        return None
    least = _least_alike(cited)
    for kind in ("bound", "unit"):
        others = (one for one in fits.get(kind, ()) if not least or _are_both_slides_or_none(claim.figure, one.figure))
        alike = _alike(claim, others, library)
        if alike and kind == "bound":
            return unsupported(claim, _with_another_bound(claim.figure, alike[0][1].figure), alike[0][1])
        if alike and alike[0][0] >= least:
            return unsupported(claim, _OF_SOMETHING_ELSE, alike[0][1])
    reason = "nothing that is cited here is known to stand on it" if claim.figure.kind == "slide" else _NOT_GIVEN
    return unsupported(claim, reason, _nearest(claim, cited, library))


def _with_another_bound(claimed: Figure, stated: Figure) -> str:
    there, here = (f"“{one.bound}”" if one.bound != "exact" else "an exact number" for one in (stated, claimed))
    return f"the cited sentence gives this number as {there}, and here it is {here}"


def _judged(
    claim: Claim, candidates: Sequence[StatedFigure], cited: CitedText, library: Library, beside: Sequence[Claim]
) -> UnsupportedFigure | None:
    """The claim holds if one candidate agrees with it and no rival describes it distinctly better."""
    if claim.figure.kind == "year" and _is_year_of_another(claim, cited, beside):
        turned = [time_conflict(claim, stated) for stated in candidates]
        return None if None in turned else unsupported(claim, turned[0] or "", candidates[0])
    segments = frozenset(mention.segment for sentence in cited.sentences for mention in mentions(sentence))
    reason, instead = "", None
    for _, stated in _alike(claim, candidates, library):
        found = conflict(claim, stated, segments)
        rival = better_fit(claim, stated, cited.figures, library, beside) if found is None else None
        if found is None and rival is None:
            if not is_unlike(claim, stated, library):
                return None
            found = "the cited sentence gives this number for something else"
        if rival is not None:
            found, instead = "the cited figure belongs to another claim than the one made here", rival
        if not reason:
            reason, instead = found or "", instead or stated
    return unsupported(claim, reason, instead)


def _is_year_of_another(claim: Claim, cited: CitedText, beside: Sequence[Claim]) -> bool:
    """Whether the source gives the one figure that a year stands beside for that year: "in 2022 it was 11%"."""
    dated = [other for other in beside if other.figure.kind not in ("year", "date")]
    if len(dated) != 1 or claim.figure.low != claim.figure.high:
        return False
    return any(
        stated.years == {int(claim.figure.low)} and fit(dated[0].figure, stated.figure) == "same"
        for stated in cited.figures
    )


def _dates_the_source(claim: Claim, cited: CitedText) -> bool:
    """Whether a year only says when a cited source was published: "the 2025 index", "as of April 2025"."""
    before = claim.statement.text[: claim.start - claim.statement.start]
    if claim.figure.kind not in ("year", "date") or not (_SOURCE.search(claim.own) or _AS_OF.search(before)):
        return False
    return any(fit(claim.figure, date) == "same" for date in cited.published)


def _is_of_heading(claim: Claim, cited: CitedText) -> bool:
    """Whether a year stands in the heading over what is cited, and none in that, or a figure in the heading as it is
    quoted.
    """
    headed = [figure for heading in cited.headings for figure in figures_in(heading) if figure.kind == "year"]
    is_dated = any(stated.figure.kind in ("year", "date") for stated in cited.figures)
    if claim.figure.kind == "year" and not is_dated and any(fit(claim.figure, year) == "same" for year in headed):
        return True
    place = claim.start - claim.statement.start
    quoted = _QUOTED.finditer(claim.statement.text)
    return any(match[1] in cited.headings and match.start() < place < match.end() for match in quoted)


def _is_first_year(claim: Claim, cited: CitedText) -> bool:
    """Whether twelve months, or a year, stand for the first year of a cited sentence, with the same within or after."""
    span = {"months": 12, "years": 1}.get(claim.figure.unit)
    if claim.figure.kind != "duration" or not claim.figure.low == claim.figure.high == span:
        return False
    first = [sentence for sentence in cited.sentences if _FIRST_YEAR.search(sentence) or _A_YEAR.search(sentence)]
    return any(claim.timing in (None, timing_in(sentence)) for sentence in first)


def _adds_the_year(claim: Claim, cited: CitedText) -> bool:
    """Whether a day has the year that what is cited leaves to its publication, or to another date."""
    if claim.figure.kind != "date" or claim.figure.lacks_year:
        return False
    year, day = claim.figure.low // A_YEAR, claim.figure.low % A_YEAR
    for stated in cited.figures:
        if stated.figure.lacks_year and stated.figure.low == day and conflict(claim, stated) is None:
            beside = [one.figure for one in cited.figures if one.sentence == stated.sentence]
            if any(_year_of(one) == year for one in (*cited.published, *beside)):
                return True
    return False


def _year_of(figure: Figure) -> float | None:
    return figure.low if figure.kind == "year" else figure.low // A_YEAR if figure.kind == "date" else None


def _lies_on_its_side(claim: Claim, cited: CitedText, library: Library) -> bool:
    """Whether "before 2026" or "after May 2024" is told of what the cited sentences date on that side.

    The sentence that counts is the one that says most of what the claim says.
    """
    if claim.figure.kind not in ("year", "date") or claim.time_border is None:
        return False
    times = [stated for stated in cited.figures if stated.figure.kind in ("year", "date")]
    most = [stated for likeness, stated in _alike(claim, times, library)[:1] if likeness >= _least_alike(cited)]
    for stated in (one for one in times if most and one.sentence == most[0].sentence):
        there = border_of(stated.sentence, stated.figure, stated.figure.start)
        if lies_beyond(claim.figure, claim.time_border, stated.figure, there) and conflict(claim, stated) is None:
            return True
    return False


def _joins_two(claim: Claim, figures: Iterable[StatedFigure]) -> bool:
    """A range whose two ends are cited figures of the kind, both agreeing with the claim ("83–85%").

    A range of slides must be a whole list of slides ("slides 21 and 22").
    """
    figure = claim.figure
    if figure.kind == "slide":
        return _is_whole_list(claim, [stated for stated in figures if stated.figure.low == stated.figure.high])
    if figure.low == figure.high or figure.kind not in ("percent", "count", "money", "duration", "year"):
        return False
    if figure.kind == "year" and not _BETWEEN.match(figure.text):
        return False
    ends = {
        stated.figure.low
        for stated in figures
        if stated.figure.kind == figure.kind
        and stated.figure.low == stated.figure.high
        and conflict(claim, stated) is None
    }
    return {figure.low, figure.high} <= ends


def _is_whole_list(claim: Claim, listed: Sequence[StatedFigure]) -> bool:
    """Whether a range of slides is a list of the cited sentences that does not go on with what is claimed."""
    slides = [stated for stated in listed if stated.figure.kind == "slide" and conflict(claim, stated) is None]
    words = {int(stated.figure.low): stated.words.keys() for stated in slides}
    first, last = int(claim.figure.low), int(claim.figure.high)
    if not all(number in words for number in range(first, last + 1)):
        return False
    beside = words.get(first - 1, _NO_WORDS), words.get(last + 1, _NO_WORDS)
    return not any(
        outer & inner & claim.weights.keys() for outer, inner in zip(beside, (words[first], words[last]), strict=True)
    )


def _nearest(claim: Claim, cited: CitedText, library: Library) -> StatedFigure | None:
    """The figure of the same kind that the claim's words describe best, cited sentences first; None if none does."""
    for stated_figures, least in ((cited.figures, _least_alike(cited)), (library.stated, _LEAST_ALIKE)):
        comparable = [
            stated
            for stated in stated_figures
            if _is_of_kind(claim.figure, stated.figure) and conflict(claim, stated) is None
        ]
        for likeness, stated in _alike(claim, comparable, library)[:1]:
            if likeness >= least:
                return stated
    return None


def _least_alike(cited: CitedText) -> float:
    """How alike a figure of the cited sentences has to be: not at all where these are few."""
    return 0.0 if len(cited.sentences) <= _FEW else _LEAST_ALIKE


def _are_both_slides_or_none(claimed: Figure, stated: Figure) -> bool:
    return (claimed.kind == "slide") == (stated.kind == "slide")


def _is_of_kind(claimed: Figure, stated: Figure) -> bool:
    """Whether one figure could stand in the other's place."""
    if {claimed.kind, stated.kind} == {"year", "date"}:
        return True
    return claimed.kind == stated.kind and (claimed.kind != "count" or same_unit(claimed.unit, stated.unit))


def _alike(claim: Claim, figures: Iterable[StatedFigure], library: Library) -> list[tuple[float, StatedFigure]]:
    """Figures with how much of what is said of them the claim says too, the most alike first."""

    def likeness(stated: StatedFigure) -> float:
        shared = claim.weights.keys() & stated.words.keys()
        told = sum(claim.weights[word] * stated.words[word] * library.weight(word) for word in shared)
        return told + (claim.figure.kind == "count" and claim.figure.unit == stated.figure.unit != "")

    return sorted(((likeness(stated), stated) for stated in figures), key=lambda found: -found[0])


def unsupported(claim: Claim, reason: str, instead: StatedFigure | None) -> UnsupportedFigure:
    """The verdict that a claim does not hold, and what the sources say instead."""
    found = f"{instead.figure.text}: “{instead.sentence}”" if instead else None
    return UnsupportedFigure(claim.figure.text, claim.start, claim.end, reason, found)
