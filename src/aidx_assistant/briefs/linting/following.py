"""Figures that no sentence of a source gives, and that follow from those it gives: complements, ratios, sums."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from aidx_assistant.briefs.linting.fitting import stated_sentences
from aidx_assistant.briefs.linting.held import HeldShelf
from aidx_assistant.briefs.quotes import Quote
from aidx_assistant.briefs.shares_added import runs_of_shares
from aidx_assistant.checking.values import fit
from aidx_assistant.checking.words import concepts
from aidx_assistant.figures import Figure, figures_in

_CLOSE = 0.05
"""By how much a rounded ratio may miss the exact one, as a share of it."""
_NEAR = 0.3
"""By how much one with a bound may, where the bound is true."""
_OVER, _UNDER = ("more than", "at least", "just over"), ("less than", "at most", "nearly")
_MEASURED = ("percent", "count", "money", "duration")
_OF_WHAT = re.compile(r"\s+of\s+(?:(?:the|its|their|that)\s+)?[$€£]?\d")
"""The other of the two figures: “a third of the 24%”, and no third of hospitals."""
_FIRST = re.compile(r"\b(?:top|first|foremost|main|leading|(?:great|bigg|larg|high|strong)est|most)\b", re.IGNORECASE)
_IN_USE = re.compile(r"\b(?:us(?:e|es|ed|ing)|deploy\w*|have|live|running)\b", re.IGNORECASE)
_BESIDES_OTHERS = re.compile(r"\b(?:another|further|additional)\W+$", re.IGNORECASE)
"""Right before a share: it counts whom others do not, so it is no sum with theirs."""
_ANY_OF_THEM = re.compile(
    r"\b(?:at\s+(?:some|any|one)\s+stage|in\s+(?:some|one|any)\s+(?:form|way|stage)|(?:taken|added)\s+together|in\s+(?:total|all)"
    r"|at\s+least\s+pilot\w*)\b",
    re.IGNORECASE,
)


def is_ratio_told(figure: Figure, sentence: str) -> bool:
    """Whether “twice” or “a third of” only says of two figures of its sentence how they compare; these are checked by
    themselves.
    """
    is_share = figure.kind == "percent" and figure.fraction and _OF_WHAT.match(sentence, figure.end)
    if not (is_share or figure.kind == "ratio") or figure.low <= 0:
        return False
    told = figure.low / 100 if is_share else figure.low
    others = [one for one in figures_in(sentence) if one.kind in _MEASURED and one.low == one.high and one != figure]
    return any(
        one.kind == other.kind and _are_alike(one, other) and compares(figure, told, one.low / other.low)
        for one in others
        for other in others
    )


def _are_alike(one: Figure, other: Figure) -> bool:
    return other.low > 0 and (one.unit == other.unit or (one.kind == "count" and "" in (one.unit, other.unit)))


def compares(figure: Figure, told: float, exact: float) -> bool:
    """Whether a ratio is told fairly: rounded, or “more than twice” and “nearly three times” as its bound says."""
    if abs(exact - told) <= _CLOSE * told:
        return figure.bound in ("exact", "about") or (exact >= told) == (figure.bound in _OVER) or exact == told
    if figure.bound in _OVER:
        return told < exact <= told * (1 + _NEAR)
    return figure.bound in _UNDER and told * (1 - _NEAR) <= exact < told


def is_first_told(figure: Figure, sentence: str, source_ids: Iterable[str], shelf: HeldShelf) -> bool:
    """Whether “number one” is said of the largest share in a sentence of a source that tells what comes first: that one
    stands beside it and is checked by itself.
    """
    if figure.kind != "rank" or figure.low != 1:
        return False
    beside = [one for one in figures_in(sentence) if one.kind == "percent"]
    for quoted, stated in stated_sentences(source_ids, shelf) if beside else ():
        shares = [one for one in stated if one.kind == "percent"]
        if shares and _FIRST.search(quoted.text):
            largest = max(shares, key=lambda one: one.low)
            if any(fit(one, largest) == "same" for one in beside):
                return True
    return False


def is_sum_told(figure: Figure, sentence: str, source_ids: Iterable[str], shelf: HeldShelf) -> bool:
    """Whether a share is the sum of those that a source adds to each other, and the sentence names each of them."""
    if figure.kind != "percent" or figure.low != figure.high or _BESIDES_OTHERS.search(sentence[: figure.start]):
        return False
    return any(
        sum(float((quote.values[0].value or "").rstrip("%")) for quote in run) == figure.low and _names(sentence, run)
        for source_id in dict.fromkeys(source_ids)
        for run in runs_of_shares(list(_quotes(source_id, shelf)))
    )


def _quotes(source_id: str, shelf: HeldShelf) -> Iterator[Quote]:
    """The sentences of a source that state one finding or more."""
    source = next(one for one in shelf.sources() if one.id == source_id)
    for passage in shelf.passages_of(source_id):
        for position in range(len(passage.sentences)):
            if findings := shelf.findings_of(passage.id, (position,)):
                yield Quote(passage, position, findings, source, on_topic=True, scope="all")


def _names(sentence: str, run: Sequence[Quote]) -> bool:
    """Whether a sentence has words of what each share of a sum measures, beside those that they have in common."""
    measures = [concepts(quote.values[0].measure) for quote in run]
    said = concepts(sentence)
    common = frozenset.intersection(*measures)
    if not common & said:
        return False
    missed = sum(not (measure - common) & said for measure in measures)
    return missed == 0 or _ANY_OF_THEM.search(sentence) is not None or (missed == 1 and bool(_IN_USE.search(sentence)))
