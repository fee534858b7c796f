"""verdict-changed, counts-differ: the recommendation of an evidence brief is what its rule gives for what it counts.

Whoever overrules the rule says so in the recommendation; then nothing is held against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from aidx_assistant.briefs.brief import Fault
from aidx_assistant.briefs.linting.quoted_statements import QuotedStatement
from aidx_assistant.briefs.request import IN_PLURAL
from aidx_assistant.briefs.verdict import BY_RULE, COUNT, Weighed, confidence_of, number_of, verdict_of
from aidx_assistant.briefs.written.piece import Piece
from aidx_assistant.evidence import SEGMENTS, Segment

CHANGED = "verdict-changed"
COUNTS_DIFFER = "counts-differ"
_RECOMMENDATION = re.compile(r"\W*recommendations?\W*", re.IGNORECASE)
_VERDICT = re.compile(
    r"\W*(?P<verdict>Go|No go|Conditional|Not yet)\b\W*(?:,?\s*with\W+(?P<confidence>high|medium|low)\W+confidence)?",
    re.IGNORECASE,
)
_COUNTS = re.compile(
    rf"(?:On (?P<topic>.+?) the sources have )?\b(?P<own>{COUNT}) figures? on use or results for (?P<whom>\w+)"
    rf"(?: and (?P<all>{COUNT}) figures? for healthcare at large| or for healthcare at large)?"
    rf"(?:, from (?P<reports>{COUNT}) reports?(?:; the sources differ on (?P<differing>{COUNT}) figures?)?)?",
    re.IGNORECASE,
)
_BY_HAND = re.compile(
    r"\bby\s+hand\b|\boverrul|\boverrid|\b(?:our|my)(?:\s+own)?\s+(?:judge?ment|view|decision|assessment)\b"
    r"|\b(?:we|I)\s+(?:judge|decide|recommend|advise|propose|chose|set|raise|lower)|\b(?:judged|decided|set)\s+by\b"
    r"|\bchanged\s+from\b|\bthe\s+rule\s+(?:gives|gave|says|said)\b|\b(?:instead\s+of|rather\s+than)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Counted:
    """What a piece of a brief says that the sources have."""

    words: str
    weighed: Weighed
    piece: Piece


def verdict_faults(pieces: Sequence[Piece], statements: Iterable[QuotedStatement]) -> Iterator[Fault]:
    """What is wrong with the recommendation of an evidence brief, given by its pieces and what it quotes."""
    counted = [one for piece in pieces if (one := _counted(piece))]
    if not counted:
        return
    quoted = [one for one in statements if one.quote.on_topic and one.quote.tells_use]
    for other in counted[1:]:
        if _numbers_of(other) != _numbers_of(counted[0]):
            problem = f"It says “{other.words}”, and elsewhere “{counted[0].words}”"
            yield Fault(COUNTS_DIFFER, other.piece.where, problem)
    for scope, said in (("own", counted[0].weighed.about_segment), ("all", counted[0].weighed.about_all)):
        shown = len({_figures_of(one) for one in quoted if one.quote.scope == scope})
        if shown > said:
            problem = f"It counts {said} where the brief itself quotes {shown}: “{counted[0].words}”"
            yield Fault(COUNTS_DIFFER, counted[0].piece.where, problem)
    verdict = next(((piece, match) for piece in pieces if (match := _verdict_in(piece))), None)
    if verdict is not None:
        yield from _verdict_faults(*verdict, counted[0].weighed, pieces)
    else:
        yield from _missing_verdict(counted[0].weighed, pieces)


def _missing_verdict(weighed: Weighed, pieces: Sequence[Piece]) -> Iterator[Fault]:
    """A recommendation that gives no verdict in the words of the rule, and does not say who judged."""
    for heading, first in pairwise(pieces):
        if heading.kind != "heading" or first.kind == "heading" or not _RECOMMENDATION.fullmatch(heading.text):
            continue
        if _BY_HAND.search(" ".join(one.text for one in _section_of(first, pieces))):
            return
        problem = (
            f"The verdict “{verdict_of(weighed)}, with {confidence_of(weighed)} confidence”, which the rule gives for"
            f" what the brief counts, is not there; it says “{first.text.strip(' *_')}” instead, and not who judged so."
        )
        yield Fault(CHANGED, first.where, problem)


def _numbers_of(counted: _Counted) -> tuple[int, int]:
    return counted.weighed.about_segment, counted.weighed.about_all


def _figures_of(statement: QuotedStatement) -> frozenset[tuple[str | None, str, str]]:
    """What a statement gives, by which two sentences that say the same count once."""
    return frozenset((finding.value, finding.measure, finding.segment) for finding in statement.quote.values)


def _verdict_faults(piece: Piece, match: re.Match[str], weighed: Weighed, pieces: Sequence[Piece]) -> Iterator[Fault]:
    said = match["verdict"].casefold(), (match["confidence"] or "").casefold()
    verdict, confidence = verdict_of(weighed), confidence_of(weighed)
    same = said[0] == verdict.casefold() and said[1] in ("", confidence)
    if same or _BY_HAND.search(" ".join(one.text for one in _section_of(piece, pieces))):
        return
    given = f"{match['verdict']}{f', with {said[1]} confidence' if said[1] else ''}"
    by_rule = f"{verdict}, with {confidence} confidence"
    if BY_RULE in piece.text:
        problem = (
            f"The verdict is “{given}” and is said to be computed by rule; the rule gives “{by_rule}” for what the"
            " brief counts. Where somebody decided otherwise, the recommendation has to say so."
        )
    else:
        problem = (
            f"The verdict was changed from “{by_rule}”, which the rule gives for what the brief counts, to “{given}”,"
            " and the recommendation does not say who judged so."
        )
    yield Fault(CHANGED, piece.where, problem)


def _section_of(piece: Piece, pieces: Sequence[Piece]) -> Iterator[Piece]:
    """A piece and those after it, to the next heading."""
    place = next(number for number, one in enumerate(pieces) if one is piece)
    for one in pieces[place:]:
        if one.kind == "heading":
            return
        yield one


def _verdict_in(piece: Piece) -> re.Match[str] | None:
    """The verdict that a piece begins with, if it says how sure it is or that a rule gave it."""
    match = _VERDICT.match(piece.text) if piece.kind in ("paragraph", "item") else None
    return match if match and (match["confidence"] or BY_RULE in piece.text) else None


def _counted(piece: Piece) -> _Counted | None:
    """What a piece counts; None where it counts nothing."""
    match = _COUNTS.search(piece.text)
    if match is None:
        return None
    said = match.groupdict()
    numbers = {name: number_of((said.get(name) or "no").lower()) for name in ("own", "all", "reports", "differing")}
    segment: Segment = next((one for one in SEGMENTS if IN_PLURAL[one] == said["whom"]), "all")
    weighed = Weighed(
        topic=said["topic"] or "",
        segment=segment,
        about_segment=numbers["own"],
        about_all=numbers["all"],
        reports=numbers["reports"],
        differing=numbers["differing"],
        views=0,
        close=0,
        bases=(),
        on_topic=(),
        open_points=(),
    )
    return _Counted(match.group(), weighed, piece)
