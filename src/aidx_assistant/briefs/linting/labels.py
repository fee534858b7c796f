"""label-wrong, segment-wrong: an evidence brief says before each statement where it is not about its topic and segment.

Whom a sentence counts, the library says. Whether it is about the topic, a brief's labels say: a sentence has the same
one wherever it stands, and it has to be “Background” where no word of the topic is in it or in what it measures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from aidx_assistant.briefs.brief import Fault
from aidx_assistant.briefs.linting.held import HeldShelf
from aidx_assistant.briefs.linting.quoted_statements import QuotedStatement
from aidx_assistant.briefs.quotes import BACKGROUND, Quote
from aidx_assistant.briefs.request import IN_PLURAL
from aidx_assistant.briefs.tracing.traced import Traced
from aidx_assistant.briefs.written.brief_form import BriefHead
from aidx_assistant.briefs.written.piece import Piece
from aidx_assistant.checking.words import concepts
from aidx_assistant.evidence import SEGMENTS, Finding, Segment
from aidx_assistant.segments import mentions
from aidx_assistant.terms import keys_of

LABEL_WRONG = "label-wrong"
SEGMENT_WRONG = "segment-wrong"
_AI = re.compile(r"\bAI\b")
_SILENT = "On the topic itself the sources are silent"
_OWN_WORDS = re.compile(
    r"(?:figures? on use or results|such figures(?: are)?|is measured) for (?P<a>[\w ]+?)(?= and | or for |,|;|\.)"
    r"|use or results of .{1,120}? for (?P<b>\w+)(?=\.|:)"
)
"""Where the fixed words of an evidence brief name its segment."""


def label_faults(
    head: BriefHead, statements: Sequence[QuotedStatement], found: Traced, shelf: HeldShelf
) -> Iterator[Fault]:
    """What is wrong with the segment at the head of an evidence brief, and with the labels of its statements."""
    if head.segment is None:
        return
    segment = _segment_meant(head.segment, statements, found)
    if segment != head.segment:
        problem = (
            f"The brief is said to be about {IN_PLURAL[head.segment]}; what it says is about {IN_PLURAL[segment]}."
        )
        yield Fault(SEGMENT_WRONG, head.where, problem)
    background = _background(head.topic, statements, found, shelf)
    for one in statements:
        quote = replace(one.seen_from(segment), on_topic=one.quote.place not in background)
        expected = quote.about(segment)
        if one.labels != expected:
            yield Fault(LABEL_WRONG, one.where, _problem(quote, one.labels, expected, segment))
    for piece in found.pieces:
        for said, where in _named(piece.text):
            if said != segment:
                problem = f"It says {IN_PLURAL[said]}; the brief is about {IN_PLURAL[segment]}."
                yield Fault(SEGMENT_WRONG, piece.where_at(where), problem)


def _segment_meant(said: Segment, statements: Sequence[QuotedStatement], found: Traced) -> Segment:
    """The segment with which labels and fixed words agree best: the one at the head of the brief if as well as any."""

    def disagreeing(segment: Segment) -> tuple[int, bool]:
        labels = sum(
            set(one.labels) - {BACKGROUND} != set(one.seen_from(segment).about(segment)) - {BACKGROUND}
            for one in statements
        )
        words = sum(named != segment for piece in found.pieces for named, _ in _named(piece.text))
        return labels + words, segment != said

    return min(SEGMENTS, key=disagreeing)


def _named(text: str) -> Iterator[tuple[Segment, int]]:
    """The segments that fixed words name, and where."""
    for match in _OWN_WORDS.finditer(text):
        name = match.lastgroup or "a"
        for one in mentions(match[name]):
            yield one.segment, match.start(name) + one.start


def _background(
    topic: str, statements: Sequence[QuotedStatement], found: Traced, shelf: HeldShelf
) -> frozenset[tuple[str, int]]:
    """The places of the sentences that are not about the topic."""
    labelled = {one.quote.place for one in statements if BACKGROUND in one.labels}
    silent = {one.quote.place for one in statements if _is_told_silent(found.pieces[one.number])}
    words = _telling_keys(_AI.sub(" ", topic)) or keys_of(topic)
    on_topic = {finding.measure for finding in shelf.findings() if words & _keys_of_finding(finding)}
    foreign = {one.quote.place for one in statements if not _touches(words, one.quote, on_topic)}
    chosen = _unlabelled_evidence(statements, found)
    return frozenset(labelled | silent | (foreign - chosen))


def _touches(words: frozenset[str], quote: Quote, measures: Iterable[str]) -> bool:
    """Whether a sentence, its heading or what it measures has a word of the topic, or the measure of one that has."""
    around = keys_of(f"{quote.text} {quote.passage.locator.heading or ''}")
    around = around.union(*map(_keys_of_finding, quote.findings))
    return bool(words & around) or any(finding.measure in measures for finding in quote.values)


def _is_told_silent(piece: Piece) -> bool:
    """Whether a point says that on the topic itself there is nothing; a row's cells speak each for themselves."""
    return piece.kind not in ("row", "header") and _SILENT in piece.text


def _telling_keys(topic: str) -> frozenset[str]:
    """What the words of a topic stand for, those apart that say nothing by themselves."""
    saying_nothing = (keys_of(word) for word in topic.split() if not concepts(word))
    return keys_of(topic).difference(*saying_nothing)


def _keys_of_finding(finding: Finding) -> frozenset[str]:
    return keys_of(f"{finding.statement} {finding.measure} {finding.population} {finding.topic}")


def _unlabelled_evidence(statements: Sequence[QuotedStatement], found: Traced) -> frozenset[tuple[str, int]]:
    """What stands as evidence without “Background”: it may have been chosen, whatever it is about."""
    evidence = {id(piece) for piece, _ in found.source_lines}
    return frozenset(
        one.quote.place
        for one in statements
        if id(found.pieces[one.number]) in evidence and BACKGROUND not in one.labels
    )


def _problem(quote: Quote, said: Sequence[str], expected: Sequence[str], segment: Segment) -> str:
    told = f"is labelled “{_shown(said)}”" if said else "has no label"
    right = f"has to be labelled “{_shown(expected)}”" if expected else "needs none"
    reasons = []
    if BACKGROUND in expected and BACKGROUND not in said:
        reasons.append("it is not about the topic")
    if set(said) - {BACKGROUND} != set(expected) - {BACKGROUND}:
        reasons.append(f"the source counts {_counted(quote, segment)}")
    return f"{quote.quoted} {told}; it {right}: {' and '.join(reasons)}."


def _counted(quote: Quote, segment: Segment) -> str:
    """Whom a sentence speaks of, in words."""
    match quote.scope:
        case "own":
            return IN_PLURAL[segment]
        case "all":
            return IN_PLURAL["all"] if quote.names_all else "no segment by name"
        case _:
            return f"others than {IN_PLURAL[segment]}"


def _shown(labels: Sequence[str]) -> str:
    text = ", ".join(labels)
    return f"{text[:1].upper()}{text[1:]}"
