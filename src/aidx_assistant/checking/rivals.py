"""Whether another figure of the sources fits a claim distinctly better than the one it cites."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from aidx_assistant.checking.agreement import conflict
from aidx_assistant.checking.claims import Claim
from aidx_assistant.checking.modality import is_coming, is_prospect
from aidx_assistant.checking.placed import end_of
from aidx_assistant.checking.stated import StatedFigure, stated_by
from aidx_assistant.checking.telling import telling_words
from aidx_assistant.checking.values import fit, same_unit
from aidx_assistant.checking.words import concepts
from aidx_assistant.evidence import Finding
from aidx_assistant.figures import Figure, figures_in
from aidx_assistant.reading.rows import cells_of

_MARGIN_CITED = 0.35
_MARGIN_TAKEN = 0.2
_MARGIN_LIBRARY = 0.9
"""How much better a rival must fit, in words of average telling power; less where another claim of the sentence
has the rival's number, and both together would fit better the other way round."""
_OF_ALL_SAID = 1.0
"""By how much a rival of the same sentence fits better if the claim says all that is said with it."""
_SAYING = concepts("cited named mentioned reported")
"""Whoever says something says it of any figure."""
_WORDS_LIBRARY = 2
"""How many words of the claim a rival from elsewhere must have that the cited figure has not."""


@dataclass(frozen=True, slots=True)
class Library:
    """The figures of all findings, and how telling each word is among them."""

    stated: tuple[StatedFigure, ...]
    telling: dict[str, float]
    known: frozenset[str]
    """Words of any finding, also of those without a figure."""
    measures: frozenset[frozenset[str]]
    """What each finding measures, in telling words."""

    def weight(self, word: str) -> float:
        """1 for a word of average frequency, more for a rare or unknown one, near 0 for one in every finding."""
        return self.telling.get(word, 1.0)


def library_of(findings: Sequence[Finding]) -> Library:
    """The parsed findings, kept for as long as the same findings are asked for."""
    return _library(tuple(findings))


@lru_cache(maxsize=4)
def _library(findings: tuple[Finding, ...]) -> Library:
    stated = tuple(one for finding in findings for one in stated_by(finding))
    frequency = Counter(word for one in stated for word in one.words)
    total = len(stated) + 1
    scale = math.log(total / 4) if total > 8 else 1.0
    telling = {word: min(1.5, math.log(total / count) / scale) for word, count in frequency.items()}
    known = frozenset(word for finding in findings for word in concepts(f"{finding.statement} ; {finding.measure}"))
    measures = frozenset(telling_words(finding.measure) for finding in findings)
    return Library(stated, telling if total > 8 else {}, known, measures)


def better_fit(
    claim: Claim, cited: StatedFigure, others: Iterable[StatedFigure], library: Library, beside: Sequence[Claim] = ()
) -> StatedFigure | None:
    """The figure of the cited sentences or of the library that the claim's words describe instead, if any.

    Only words that tell the two apart count: those of one claim that the other has not, or less. A rival whose
    number another claim of the same sentence (`beside`) has fits better only if the two would gain by changing places.
    """
    best, best_lead = None, 0.0
    for others_of, margin in ((others, _MARGIN_CITED), (library.stated, _MARGIN_LIBRARY)):
        for rival in others_of:
            if rival.figure.kind != claim.figure.kind or _same(rival, cited) or not _same_units(rival, cited):
                continue
            if others_of is library.stated and rival.source_id != cited.source_id:  # it tells of other people
                continue
            if not cited.is_curated and (
                _is_meant(claim, cited, rival) or _repeats(cited, rival) or _in_one_order(claim, cited, rival, beside)
            ):
                continue
            lead = _lead(claim, cited, rival, library)
            is_told = not cited.is_curated and _says_all_of(claim, rival) and not _says_all_of(claim, cited)
            if rival.sentence == cited.sentence and is_told:
                lead += _OF_ALL_SAID
            if taking := next((other for other in beside if _takes(other, claim, rival)), None):
                lead += _lead(taking, rival, cited, library) - _MARGIN_TAKEN
            else:
                lead -= margin
            if (
                others_of is library.stated
                and not _are_rows_of_one_table(cited, rival)
                and len(claim.weights.keys() & (rival.words.keys() - cited.words.keys())) < _WORDS_LIBRARY
            ):
                continue
            if lead > best_lead and conflict(claim, rival) is None:
                best, best_lead = rival, lead
    return best


def _is_meant(claim: Claim, cited: StatedFigure, rival: StatedFigure) -> bool:
    """Whether the cited figure is the one that is meant, whatever words the rival has: it has beside it another number
    that the claim has too, tells what is planned as the claim does, or of the claim's year, or the claim says all that
    is said with it, and nothing of this holds for the rival.
    """
    if rival.sentence == cited.sentence and _says_all_of(claim, cited) and not _says_all_of(claim, rival):
        return True
    follows = rival.sentence == cited.sentence and rival.figure.start > cited.figure.start
    takes_over = follows and cited.words.keys() <= rival.words.keys()  # its year as well
    if claim.years & cited.years and not (rival.years or takes_over):
        return True
    said = claim.statement.text
    others = [one for one in figures_in(said) if one.start + claim.statement.start != claim.start]
    if rival.sentence != cited.sentence and _has_one_of(others, cited) and not _has_one_of(others, rival):
        return True
    end = end_of(replace(claim.figure, start=claim.start - claim.statement.start), claim.statement.text)
    if end == "from" == end_of(cited.figure, cited.sentence) != end_of(rival.figure, rival.sentence):
        return True
    if is_coming(rival.own) and not is_coming(cited.own) and not is_coming(claim.own):
        return True
    return is_prospect(claim.own) and is_prospect(cited.own) and not is_prospect(rival.own)


def _repeats(cited: StatedFigure, rival: StatedFigure) -> bool:
    """Whether one only says the other again, in brackets: "six employers in ten (62%)"."""
    first, last = sorted((cited.figure, rival.figure), key=lambda one: one.start)
    return rival.sentence == cited.sentence and cited.sentence[first.end : last.start].strip() == "("


def _in_one_order(claim: Claim, cited: StatedFigure, rival: StatedFigure, beside: Sequence[Claim]) -> bool:
    """Whether the claim has the rival's number as well, in the same words, on the side on which the source has it."""
    if rival.sentence != cited.sentence:
        return False
    same = [other for other in beside if other.own == claim.own and fit(other.figure, rival.figure) == "same"]
    before = rival.figure.start < cited.figure.start
    return bool(same) and all((other.start < claim.start) == before for other in same)


def _says_all_of(claim: Claim, stated: StatedFigure) -> bool:
    words = concepts(stated.tight)
    only_says = bool(words) and words <= _SAYING
    own = telling_words(stated.tight) or (telling_words(stated.own) if only_says else words)
    return bool(own) and own <= concepts(f"{claim.own} ; {claim.statement.labels}")


def _has_one_of(figures: Sequence[Figure], stated: StatedFigure) -> bool:
    beside = [one for one in figures_in(stated.sentence) if one != stated.figure]
    return any(fit(one, other) == "same" for one in figures for other in beside)


def _are_rows_of_one_table(one: StatedFigure, other: StatedFigure) -> bool:
    return one.passage_id == other.passage_id and _headers(one) == _headers(other) != []


def _headers(stated: StatedFigure) -> list[str]:
    return [header for header, _, _ in cells_of(stated.sentence)]


def _takes(other: Claim, claim: Claim, rival: StatedFigure) -> bool:
    """Whether another claim, with words of its own, has the rival's number."""
    return other.own != claim.own and fit(other.figure, rival.figure) == "same"


def _same(rival: StatedFigure, cited: StatedFigure) -> bool:
    return rival.sentence == cited.sentence and rival.figure == cited.figure


def _same_units(rival: StatedFigure, cited: StatedFigure) -> bool:
    return rival.figure.kind != "count" or same_unit(rival.figure.unit, cited.figure.unit)


def _lead(claim: Claim, cited: StatedFigure, rival: StatedFigure, library: Library) -> float:
    words = claim.weights.keys() & (cited.words.keys() | rival.words.keys())
    return sum(
        claim.weights[word] * library.weight(word) * (rival.words.get(word, 0.0) - cited.words.get(word, 0.0))
        for word in words
    )
