"""Answers that have a shape of their own: all slides of a subject, every segment of a measure, both sides of a
disagreement, a topic, a section. Each shape gives its sentences, or none where the question has another shape."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from aidx_assistant.answering.candidates import Candidate
from aidx_assistant.answering.preference import WHO
from aidx_assistant.answering.question import Question
from aidx_assistant.evidence import SEGMENTS, Finding, Segment, Source
from aidx_assistant.terms import CONCEPT, Term, keys_of, thesaurus


@dataclass(frozen=True, slots=True)
class Findable:
    """What a shape is filled from."""

    question: Question
    answering: tuple[Candidate, ...]
    """The sentences that answer, the best first."""
    fit: tuple[Candidate, ...]
    """The sentences that break no rule, the best first."""
    everything: tuple[Candidate, ...]
    """In the order of the sources."""
    sources: Mapping[str, Source]

    @property
    def best(self) -> Candidate:
        return self.answering[0]

    @property
    def about(self) -> tuple[Term, ...]:
        """The telling words, without those for a segment."""
        segments = keys_of(" ".join(self.question.segments))
        return tuple(term for term in self.question.terms if term.keys.isdisjoint(segments))


def unique(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Each sentence once; of equal ones the first."""
    return list({candidate.text: candidate for candidate in reversed(list(candidates))}.values())[::-1]


def slides_listed(found: Findable) -> list[Candidate]:
    """Where slides are asked for: the fewest sentences that name all that the best one's words fit, in order."""
    question, best = found.question, found.best
    lists_slides = "list" in question.asks and question.about_deck
    asks_of_slides = lists_slides or bool({"slide", "count"} & question.asks)
    if question.slides or not best.is_pointer or question.part or not asks_of_slides:
        return []
    alike = _words_met(best, question)
    same = [c for c in found.answering if c.is_pointer and alike <= _words_met(c, question)]
    wanted = {number for c in same if c.passage.locator.kind == "slide" for number in c.slides}
    left = wanted = wanted or {number for c in same for number in c.slides}
    if len(wanted) < 2:
        return []
    picked: list[Candidate] = []
    while left:
        picked.append(max(same, key=lambda c: (len(left & c.slides), c.passage.locator.kind == "slide")))
        left = left - picked[-1].slides
    return sorted(picked, key=lambda c: min(wanted & c.slides))


def _words_met(candidate: Candidate, question: Question) -> frozenset[Term]:
    return frozenset(term for term in question.terms if not term.keys.isdisjoint(candidate.keys))


def each_segment(found: Findable) -> list[Candidate]:
    """Where each segment is asked for: the figures of one measure for all of them, the total first."""
    question = found.question
    if not ({"by_segment", "segment"} & question.asks):
        return []
    if not found.best.tabled:
        return []
    measure = next(f.measure for f in found.best.values)
    rows = _of_measure(measure, found.everything)
    if "segment" in question.asks:
        least = CONCEPT + "behind" in question.keys
        rows = sorted((row for row in rows if row[0].segment != "all"), key=_amount, reverse=not least)
    else:
        rows.sort(key=lambda row: SEGMENTS.index(row[0].segment) if row[0].segment != "all" else -1)
    values: dict[tuple[str | None, Segment], Candidate] = {}
    for row, candidate in rows:
        values.setdefault((row.value, row.segment), candidate)
    return unique(values.values())


def _amount(row: tuple[Finding, Candidate]) -> float:
    digits = re.sub(r"[^\d.]", "", row[0].value or "")
    return float(digits) if digits else 0.0


def sides_of_a_measure(found: Findable) -> list[Candidate]:
    """Where groups are held against each other: the figure of the same measure for each of them."""
    question = found.question
    if WHO.search(question.text) or (len(question.segments) < 2 and not question.at_large):
        return []
    asked = set(question.segments)
    for best in found.answering:
        for finding in best.values:
            if finding.segment not in asked and not (question.at_large and finding.segment == "all"):
                continue
            rows = _of_measure(finding.measure, found.everything)
            sides = [_side(rows, segment, question) for segment in question.segments]
            if all(sides):
                picked = [candidate for side in sides for candidate in side]
                return unique(picked) if len(unique(picked)) > 1 else []
    return []


def _side(rows: Sequence[tuple[Finding, Candidate]], segment: Segment, question: Question) -> list[Candidate]:
    """The narrower group that is asked for, then the segment at large."""
    of_segment = [(f, c) for f, c in rows if f.segment == segment]
    narrowed = [c for f, c in of_segment if keys_of(f.population) & thesaurus().narrowing]
    asked = [c for c in narrowed if (c.keys & thesaurus().narrowing) & question.keys]
    at_large = [c for _, c in of_segment if c not in narrowed]
    return [*asked[:1], *(at_large[:1] if question.at_large or not asked else [])]


def _of_measure(measure: str, candidates: Iterable[Candidate]) -> list[tuple[Finding, Candidate]]:
    return [(finding, c) for c in candidates if not c.is_pointer for finding in c.values if finding.measure == measure]


def both_sources(found: Findable) -> list[Candidate]:
    """Where two sources are held against each other: the figures of each on the topic of the best sentence."""
    question = found.question
    if not ({"comparison", "disagreement"} & question.asks) or not names_two_sources(question, found.sources):
        return []
    topic = next((f.topic for c in found.answering for f in c.values), None)
    picked = [c for c in found.everything if not c.is_pointer and any(f.topic == topic for f in c.values)]
    return unique(picked) if len({c.passage.source_id for c in picked}) > 1 else []


def a_topic(found: Findable) -> list[Candidate]:
    """Where a list is asked for, or nothing but a topic is named: what is found on the topic, figures first."""
    question, about = found.question, found.about
    if WHO.search(question.text) or ("list" in question.asks and found.best.known is None):
        return []
    named = [f.topic for c in found.fit for f in c.findings if _names(f.topic, about, question)]
    if not named:
        return []
    on_topic = [c for c in found.fit if not c.is_pointer and any(f.topic == named[0] for f in c.findings)]
    if "figures" in question.asks:
        on_topic = [c for c in on_topic if c.values] or on_topic
    own = set(question.segments)
    if _head_of(named[0], question):
        return unique(sorted(on_topic, key=lambda c: bool(own) and not own & c.named_segments))
    in_order = [c for c in found.everything if c in on_topic]
    return unique(sorted(in_order, key=lambda c: (bool(own) and not own & c.named_segments, not c.has_amount)))


def _names(topic: str, about: Sequence[Term], question: Question) -> bool:
    """Whether the question is the topic alone, or asks for a list of what the topic is called by."""
    keys = keys_of(topic)
    alone = bool(about) and all(not term.keys.isdisjoint(keys) for term in about)
    if alone and ({"list", "figures"} & question.asks or not question.asks):
        return True
    return "list" in question.asks and _head_of(topic, question)


def _head_of(topic: str, question: Question) -> bool:
    head = keys_of(question.head) if question.head else frozenset[str]()
    return bool(head & keys_of(topic))


def a_disagreement(
    question: Question, everything: Sequence[Candidate], sources: Mapping[str, Source]
) -> list[Candidate]:
    """Where sources are asked to agree: what differs from what, as the findings say; all of it where no topic is named.

    It needs no threshold: that the findings differ is known.
    """
    two = names_two_sources(question, sources)
    if "disagreement" not in question.asks and not (two and "comparison" in question.asks and question.figures):
        return []
    groups = [group for group in _differing(everything) if not (two and len({c.passage.source_id for c in group}) < 2)]
    if question.figures:
        groups = [g for g in groups if all(f.removesuffix("%") in _figures_of(g) for f in question.figures)]
    elif question.terms:
        by_own_words = [g for g in groups if _all_met(question.terms, [c.keys | c.context for c in g])]
        groups = by_own_words or [g for g in groups if _all_met(question.terms, [c.keys | c.asked_keys for c in g])]
    else:
        groups = [g for g in groups if len({c.passage.source_id for c in g}) > 1]
    return unique(c for group in groups for c in group)


def _all_met(terms: Sequence[Term], keys: Sequence[frozenset[str]]) -> bool:
    held = frozenset[str]().union(*keys)
    return all(not term.keys.isdisjoint(held) for term in terms)


def _figures_of(group: Sequence[Candidate]) -> set[str]:
    return {number.removesuffix("%") for c in group for number in c.numbers}


def _differing(everything: Sequence[Candidate]) -> list[list[Candidate]]:
    """The sentences that differ from each other, together."""
    by_finding = {f.id: c for c in everything for f in c.findings if not c.is_pointer}
    groups: list[list[Candidate]] = []
    for candidate in everything:
        others = [by_finding[id_] for f in candidate.findings for id_ in f.differs_from if id_ in by_finding]
        if candidate.is_pointer or not others:
            continue
        group = next((g for g in groups if any(c in g for c in (candidate, *others))), None)
        if group is None:
            groups.append(group := [])
        group += [c for c in (candidate, *others) if c not in group]
    return groups


def names_two_sources(question: Question, sources: Mapping[str, Source]) -> bool:
    """Whether a source is named by its title or publisher, and another one too, or the report."""
    named = 0
    for source in sources.values():
        others = keys_of(" ".join(other.title for other in sources.values() if other.id != source.id))
        own = keys_of(" ".join((source.title, *source.publishers))) - others - thesaurus().silent
        own = frozenset(key for key in own if not key.startswith("=") and key not in _COMMON)
        named += bool(own & question.keys) or bool(not source.attribution and keys_of(_THE_REPORT) & question.keys)
    return named > 1


_THE_REPORT = "index article report study survey"
_COMMON = frozenset({"ai", "adopt", "healthcar", "healthcare", "partner", "company", "compani", "servic", "web"})


def a_section(question: Question, everything: Sequence[Candidate]) -> list[Candidate]:
    """Where the heading of a section is all that is asked about: its figures, and without any its first sentences."""
    if not ({"summary", "list"} & question.asks) or question.for_slide or not question.terms:
        return []
    for candidate in everything:
        heading = candidate.passage.locator.heading or ""
        if candidate.passage.read == "no" or candidate.passage.locator.kind != "section":
            continue
        telling = keys_of(heading) - thesaurus().silent
        words = frozenset(key for key in telling if not key.startswith("="))
        if words and words <= question.keys and all(not t.keys.isdisjoint(telling) for t in question.terms):
            own = [c for c in everything if c.passage.locator == candidate.passage.locator]
            return unique([c for c in own if c.values] or own)
    return []


def a_segment(question: Question, everything: Sequence[Candidate]) -> list[Candidate]:
    """Where the figures of a segment are asked for, and nothing further: those."""
    about = [term for term in question.terms if term.keys.isdisjoint(keys_of(" ".join(question.segments)))]
    if about or len(question.segments) != 1 or not ({"list", "figures"} & question.asks):
        return []
    own = [c for c in everything if not c.is_pointer and any(f.segment in question.segments for f in c.values)]
    return unique(own)


SHAPES: tuple[Callable[[Findable], list[Candidate]], ...] = (
    slides_listed,
    each_segment,
    sides_of_a_measure,
    both_sources,
    a_topic,
)
