"""Figures that a writer works out of two of a source: how far they lie apart, and how many times the one is the other.

“Thirteen points more than in 2023” follows from “62%, up from 49% in 2023”; no sentence says it. Such a figure holds
where two figures that stand together give it, a third of the claim's words are around them, and neither turns the other
round.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, product
from math import isclose

from aidx_assistant.briefs.linting.fitting import stated_sentences
from aidx_assistant.briefs.linting.following import compares
from aidx_assistant.briefs.linting.held import HeldShelf
from aidx_assistant.checking.clauses import clauses_of
from aidx_assistant.checking.directions import course_of, opposed
from aidx_assistant.checking.telling import telling_words
from aidx_assistant.checking.words import concepts
from aidx_assistant.figures import Figure, figures_in
from aidx_assistant.reading.rows import cells_of
from aidx_assistant.segments import segments_named
from aidx_assistant.terms import stem, words_of

_SHORTEST = 2
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
_AS_MUCH = re.compile(
    r"(?P<left>.*\b(?:times|twice|half|third|quarter)\s+as\s+\w+\b.{0,60}?)\s+as\s+(?P<right>.*)",
    re.IGNORECASE | re.DOTALL,
)
_TIMES_THAT = re.compile(
    r"(?P<left>.*?)\b(?:times|twice|double|triple|half|third|quarter)\s+(?:the|that|those|what)\b(?P<right>.*)",
    re.IGNORECASE | re.DOTALL,
)
_LEADS = re.compile(
    r"(?P<left>.*?)\b(?:lead(?:s|ing)?|led|(?P<minus>trail(?:s|ed|ing)?|lag(?:s|ged|ging)?(?:\s+behind)?))"
    r"\s+(?P<right>[^,.;]{1,80}?)\s+by\b",
    re.IGNORECASE | re.DOTALL,
)
_THAN_BEFORE = re.compile(r"\bthan\s+(?:before|earlier|previously|in\s+the\s+past|\w+\s+\w+\s+ago)\b", re.IGNORECASE)
_UP = re.compile(r"\b(?:more|longer|higher|later|slower|dearer|up|doubl\w+|tripl\w+|quadrupl\w+)\b", re.IGNORECASE)
_DOWN = re.compile(r"\b(?:less|fewer|shorter|lower|sooner|earlier|faster|cheaper|down|halv\w+)\b", re.IGNORECASE)
_THAN = re.compile(
    r"\b(?:more|less|fewer|longer|shorter|higher|lower|later|sooner|earlier|faster|slower|cheaper|ahead|\w+er)\s+(?:[\w-]+\s+){0,4}?(?:than|of)\b",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom\s+$", re.IGNORECASE)
_SPENT = re.compile(r"\b(?:spen[dt]s?|spending|costs?|price[ds]?|pays?|paid|fees?)\b", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:since|than\s+in|compared\s+with|from)\s+(?:the\s+)?((?:19|20)\d\d)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SAYING_NOTHING = frozenset(
    "and are for from had has have its much many more less our per percent point said than that the their them they"
    " this time times twice was were what who with".split()
)
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
        if _SPENT.search(claim) and not any(pair[0].kind == "money" for pair in giving):
            continue
        named, there = set(segments_named(claim)), set(segments_named(text))
        if (named & there or not (named and there)) and opposed(claim, claim, text, text) in (None, "negation"):
            return True
    return False


def _goes_the_same_way(claim: str, text: str, stated: Sequence[Figure], one: Figure, other: Figure) -> bool:
    """Whether a claim tells which of two figures is the larger, the later one or that of whom it names first, and so it
    is. What tells nothing of that does not hold: it may as well be the other way round.
    """
    said, told = course_of(claim).sides, course_of(text).sides
    if "gap" in said:
        return said["gap"] == told.get("gap")
    clauses = {clause.figure.start: clause for clause in clauses_of(text, list(stated))}
    if not {one.start, other.start} <= clauses.keys():
        return False
    years = [set(map(int, _YEAR.findall(clauses[of.start].own))) or clauses[of.start].years for of in (one, other)]
    first, second = (
        _stems(clauses[of.start].own) | {str(year) for year in of_years}
        for of, of_years in zip((one, other), years, strict=True)
    )
    thirds = frozenset[str]().union(
        *(_stems(clause.own) for start, clause in clauses.items() if start not in (one.start, other.start))
    )
    found = []
    for left, right, side in _sides_of(claim):
        # What is measured is said with one of the two; so first of all counts with whom or what is compared.
        of_right = len(right & (second - first)) - len(right & (first - second))
        if not of_right and right & (thirds - first - second):  # compared with a third
            return False
        straight = of_right or len(left & (first - second)) - len(left & (second - first))
        if straight:
            found.append((one.low - other.low) * side * straight > 0)
    way: int | None = _way(text, years, one, other) or _since(claim, years, one, other) or told.get("amount")
    sign: int | None = said.get("amount") or (_sign(claim) if not found or _THAN_BEFORE.search(claim) else None)
    if sign is not None and way is not None:
        found.append(sign == way)
    return bool(found) and all(found)


def _sides_of(claim: str) -> Iterator[tuple[frozenset[str], frozenset[str], int]]:
    """The two sides of each comparison in a claim, by their stems, and 1 where the left one is the larger."""
    for figure in figures_in(claim):  # "more than" before one of them compares nobody
        if figure.kind not in ("year", "ratio") and not figure.fraction:
            claim = claim[: figure.start] + " " * (figure.end - figure.start) + claim[figure.end :]
    for pattern in (_AS_MUCH, _TIMES_THAT, _LEADS):
        if match := pattern.match(claim):
            minus = match.groupdict().get("minus") or re.search(r"\b(?:half|third|quarter)\b", match["left"][-20:])
            yield _stems(match["left"]), _stems(match["right"]), -1 if minus else 1
    figures = figures_in(claim)
    for match in _THAN.finditer(claim):
        if any(one.start <= match.start() < one.end for one in figures):  # its bound
            continue
        left, right = claim[: match.start()], claim[match.end() :]
        yield _stems(left), _stems(right), -1 if _DOWN.match(match.group()) else 1


def _sign(claim: str) -> int | None:
    up, down = _UP.search(claim), _DOWN.search(claim)
    return None if bool(up) == bool(down) else 1 if up else -1


def _stems(text: str) -> frozenset[str]:
    words = {word for word in words_of(text) if len(word) > _SHORTEST} - _SAYING_NOTHING
    return frozenset(map(stem, words)) | frozenset(_YEAR.findall(text))


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


def _way(text: str, years: Sequence[Collection[int]], one: Figure, other: Figure) -> int | None:
    """1 where the later figure is the larger, -1 where it is the smaller; None where nothing tells which is later."""
    if one.low == other.low:
        return None
    if all(years) and max(years[0]) != max(years[1]):
        earlier, later = (one, other) if max(years[0]) < max(years[1]) else (other, one)
    elif _FROM.search(text[: one.start]):
        earlier, later = one, other
    else:
        return None
    return 1 if later.low > earlier.low else -1


def _since(claim: str, years: Sequence[Collection[int]], one: Figure, other: Figure) -> int | None:
    """The same where only one of them has a year, and the claim tells what has become since then."""
    since = {int(year) for year in _SINCE.findall(claim)}
    dated = [bool(since & set(of)) for of in years]
    if dated.count(True) != 1 or all(years) or one.low == other.low:
        return None
    earlier, later = (one, other) if dated[0] else (other, one)
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
