"""Figures that a writer works out of two of a source: how far they lie apart, and how many times the one is the other.

“Thirteen points more than in 2023” follows from “62%, up from 49% in 2023”; no sentence says it. Such a figure holds
where two figures that stand together give it, a third of the claim's words are around them, and neither turns the other
round.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, product
from math import isclose

from aidx_assistant.briefs.linting.fitting import stated_sentences
from aidx_assistant.briefs.linting.following import compares
from aidx_assistant.briefs.linting.held import HeldShelf
from aidx_assistant.checking.clauses import clauses_of
from aidx_assistant.checking.directions import comparisons_in, course_of, opposed
from aidx_assistant.checking.telling import telling_words
from aidx_assistant.checking.words import concepts
from aidx_assistant.figures import Figure, figures_in
from aidx_assistant.reading.rows import cells_of
from aidx_assistant.segments import segments_named

_LEAST_COVERED = 0.33
"""Of the claim's telling words, how many have to stand around the two figures."""
_FEWEST = 2
_KINDS = ("percent", "count", "money", "duration")
_AS_MANY = re.compile(
    r"\s+(?:as\s+(?:many|much|likely|often|high|large|fast|long)|the|that|their|its)\b", re.IGNORECASE
)
_BY = re.compile(
    r"\b(?:r[io]se|risen|gone\s+up|went\s+up|f[ae]ll|fallen|shr[aiu]nk|grew|grown|dropp\w+|declin\w+|climb\w+|increas\w+"
    r"|down|up)\s+(?:\w+\s+)?by\s+$|\b(?:up|down)\s+$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\s+(?:an?\s+\w+\s+)?(?:more|less|fewer|longer|shorter|higher|lower|faster|slower|sooner|earlier|later|cheaper|apart)\b",
    re.I,
)
_AS_MUCH = re.compile(r"(?P<left>.*\b(?:times|twice)\s)as\s+\w+(?:\s+[\w-]+){0,2}?\s+as\s+(?P<right>.*)", re.I)
_DIFFERS = re.compile(
    r"\b(?:more|less|fewer|higher|lower|than|since|ahead|behind|lead|lag|trail|apart|differ\w*|gap|gain\w*|los[et]\w*|r[io]se\w*|f[ae]ll\w*"
    r"|dropp?\w*|declin\w*|increas\w*|climb\w*|grew|grow\w*|up|down|narrow\w*|widen\w*)\b",
    re.IGNORECASE,
)
_APART = {"points": "percent", "duration": "duration", "money": "money"}
"""What lies apart by figures of a kind."""


def is_worked_out(figure: Figure, claim: str, source_ids: Iterable[str], shelf: HeldShelf) -> bool:
    """Whether two figures that stand together in a source give the difference or the ratio that the sentence tells."""
    compares_two = figure.kind == "ratio" or (figure.fraction and _AS_MANY.match(claim, figure.end))
    is_more = _MORE.match(claim, figure.end) or _BY.search(claim[: figure.start])
    lies_apart = _DIFFERS.search(claim) if figure.kind == "points" else figure.kind in _APART and is_more
    if figure.low != figure.high or not (compares_two or lies_apart):
        return False
    said = telling_words(claim)
    for text, context, together in _neighbours(source_ids, shelf):
        stated = [one for group in together for one in group]
        pairs = product(*together) if len(together) > 1 else combinations(stated, 2)
        giving = [pair for pair in pairs if _gives(figure, *pair)]
        if not any(_goes_the_same_way(claim, text, stated, *pair) for pair in giving):
            continue
        around = concepts(f"{text} ; {context}")
        covered = len(said & around)
        if covered < _FEWEST or covered < _LEAST_COVERED * len(said):
            continue
        named, there = set(segments_named(claim)), set(segments_named(text))
        if (named & there or not (named and there)) and opposed(claim, claim, text, text) in (None, "negation"):
            return True
    return False


def _goes_the_same_way(claim: str, text: str, stated: Sequence[Figure], one: Figure, other: Figure) -> bool:
    """Whether the larger of two figures is the one that the claim makes larger: the later one, or that of whom it names
    first. What it makes larger has to be known for a rise or a fall, and a gap to be told as one that closes or opens.
    """
    said, told = course_of(claim).sides, course_of(text).sides
    if "gap" in said and said["gap"] != told.get("gap"):
        return False
    if "amount" in said and said["amount"] not in (_way(text, one, other), told.get("amount")):
        return False
    words = {clause.figure.start: concepts(clause.own) for clause in clauses_of(text, list(stated))}
    first, second = words.get(one.start, frozenset()), words.get(other.start, frozenset())
    compared = _AS_MUCH.search(claim)
    sides = [(concepts(compared["left"]), concepts(compared["right"]), 1)] if compared else []
    for figure in figures_in(claim):  # "more than" before one of them compares nobody
        claim = claim[: figure.start] + " " * (figure.end - figure.start) + claim[figure.end :]
    sides += [(one.left, one.right, one.sign) for one in comparisons_in(claim)]
    for this, that, sign in sides:
        left, right = this - that, that - this
        straight = len(left & first - second), len(right & second - first)
        crossed = len(left & second - first), len(right & first - second)
        surely = all(straight) - all(crossed) or sum(straight) - sum(crossed)
        if (one.low - other.low) * sign * surely < 0:
            return False
    return True


def _gives(figure: Figure, one: Figure, other: Figure) -> bool:
    if (
        one.kind != other.kind
        or one.kind not in _KINDS
        or (one.unit != other.unit and "" not in (one.unit, other.unit))
    ):
        return False
    if figure.kind == "ratio" or figure.fraction:
        told = figure.low / 100 if figure.fraction else figure.low
        pairs = ((one.low, other.low), (other.low, one.low))
        return any(low > 0 and compares(figure, told, high / low) for high, low in pairs)
    is_alike = _APART[figure.kind] == one.kind and (figure.kind != "duration" or figure.unit == one.unit)
    return is_alike and isclose(abs(one.low - other.low), figure.low, abs_tol=1e-6)


def _way(text: str, one: Figure, other: Figure) -> int | None:
    """1 where the figure of the later year is the larger, -1 where it is the smaller; None where no years tell."""
    years = [re.findall(r"\b(?:19|20)\d\d\b", text[: figure.start])[-1:] for figure in (one, other)]
    if not all(years) or years[0] == years[1] or one.low == other.low:
        return None
    earlier, later = (one, other) if years[0] < years[1] else (other, one)
    return 1 if later.low > earlier.low else -1


def _neighbours(source_ids: Iterable[str], shelf: HeldShelf) -> Iterator[tuple[str, str, tuple[Sequence[Figure], ...]]]:
    """Sentences with two figures or more, and pairs of neighbours in prose with one each; with what stands over and
    before them, and the exact figures of each sentence, offsets into the text.
    """
    before: tuple[str, Sequence[Figure]] | None = None
    passage, earlier = None, ""
    for quoted, stated in stated_sentences(source_ids, shelf):
        exact = [one for one in stated if one.low == one.high]
        if quoted.passage is not passage:
            before, passage, earlier = None, quoted.passage, ""
        context = f"{quoted.passage.locator.heading or ''} ; {earlier}"
        if len(exact) > 1:
            yield quoted.text, context, (exact,)
        if before and exact and before[1] and not cells_of(quoted.text):
            offset = len(before[0]) + 1
            moved = [replace(one, start=one.start + offset, end=one.end + offset) for one in exact]
            yield f"{before[0]} {quoted.text}", context, (before[1], moved)
        before, earlier = (quoted.text, exact), quoted.text
