"""Finds the sentences that fit a brief's topic and segment, and those that fit a place in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import zip_longest

from aidx_assistant.answering.candidates import Candidate, Evidence, evidence_of
from aidx_assistant.answering.draft import Retrieved
from aidx_assistant.answering.judging import Judged, judged
from aidx_assistant.answering.question import Question
from aidx_assistant.answering.refusal import question_refused, why_nothing_answers
from aidx_assistant.answering.relevance import read_question
from aidx_assistant.answering.selection import chosen
from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.briefs.passing_mention import only_asks
from aidx_assistant.briefs.quotes import Quote, scope_of
from aidx_assistant.briefs.request import BriefRequest, Place
from aidx_assistant.briefs.templates import Slot
from aidx_assistant.briefs.topic import ABOUT_REPORTS, Topic, read_topic, telling
from aidx_assistant.errors import UsageError
from aidx_assistant.evidence import SEGMENTS, Finding, Segment, Source
from aidx_assistant.references.dates import PartialDate
from aidx_assistant.retrieval.budget import passages_within_budget
from aidx_assistant.retrieval.search import RankedPassage
from aidx_assistant.terms import stem, words_of

_MOST_PASSAGES = 1000


@dataclass(frozen=True, slots=True)
class TopicEvidence:
    """What the library has on a topic, the best first, and why it has nothing, in a sentence."""

    quotes: tuple[Quote, ...]
    why_nothing: str
    listed: str = ""
    """A sentence that only lists the topic, or a part of it, among what a survey asks for; empty for none."""


_OF_THE_SAMPLE = re.compile(r"\W*(?:base|basis|sample|note|n\s*=)\s*[:=]|.*\bmargin\s+of\s+error\b", re.IGNORECASE)
"""Notes on whom a figure is of, which are no evidence of their own."""


class Quotable:
    """The part of a library that a brief may rest on: sources marked for briefs, read text, the right segment."""

    def __init__(self, assistant: Assistant, request: BriefRequest) -> None:
        self._assistant = assistant
        self._request = request
        self._sources = {source.id: source for source in assistant.sources()}
        self._asked: dict[str, tuple[Retrieved, Evidence, Question]] = {}
        self.by_words_only = 0
        """Passages that could be searched by their words alone so far."""

    @cached_property
    def topic(self) -> TopicEvidence:
        """What answers the topic, taken as a question, for the segment or for all."""
        found = self._on(self._request.topic, self._request.segment)
        return replace(found, quotes=tuple(quote for quote in found.quotes if quote.scope != "other"))

    def other_segments(self) -> tuple[Segment, ...]:
        """The segments that the library speaks of on this topic, but for the brief's own."""
        quotes = self._on(self._request.topic, None).quotes
        named = {finding.segment for quote in quotes if quote.scope == "other" for finding in quote.findings}
        return tuple(segment for segment in SEGMENTS if segment in named - {"all"})

    @cached_property
    def chosen(self) -> tuple[Quote, ...]:
        """What the user chose, and what the answers cite that the brief rests on, in that order.

        What stands in a source that is not for briefs is left out: see `left_out`.
        """
        return tuple(self._quote(place) for place in self._chosen_places if self._may_be_used(place[0]))

    @cached_property
    def findings(self) -> Mapping[str, Finding]:
        """Every finding of the library by its id, those of sources too that are only compared with."""
        return {finding.id: finding for finding in self._assistant.findings()}

    @property
    def topics(self) -> tuple[str, ...]:
        """What there are findings on for the segment or for all, the reports themselves left aside."""
        usable = (
            finding
            for finding in self._assistant.findings()
            if finding.segment in (self._request.segment, "all") and self._sources[finding.source_id].in_briefs
        )
        return tuple(sorted({finding.topic for finding in usable if finding.topic not in ABOUT_REPORTS}))

    @property
    def kept_out(self) -> tuple[Source, ...]:
        """The sources that briefs do not rest on."""
        return tuple(source for source in self._sources.values() if not source.in_briefs)

    @property
    def left_out(self) -> tuple[tuple[str, Source], ...]:
        """What was chosen and stands in a source that is not for briefs, by name."""
        dropped = [place for place in self._chosen_places if not self._may_be_used(place[0])]
        passages = ((place, self._assistant.passage(place[0])) for place in dropped)
        return tuple((self.chosen_name(place), self._sources[one.source_id]) for place, one in passages if one)

    def chosen_name(self, place: tuple[str, int]) -> str:
        """The finding by which a sentence was chosen, else the sentence."""
        return self._chosen_places[place] or self._quote(place).quoted

    @cached_property
    def answered(self) -> Mapping[str, tuple[Quote, ...]]:
        """What answers each question of the request; nothing where the sources do not."""
        return {question: tuple(self._answers(question, Slot())) for question in self._request.questions}

    @property
    def asked(self) -> tuple[Quote, ...]:
        """What answers the questions of the request."""
        return tuple(quote for quotes in self.answered.values() for quote in quotes)

    def for_slot(self, slot: Slot) -> tuple[Quote, ...]:
        """The sentences that fit a place: on the topic first, then about the segment, then as they answer."""
        found: list[Quote] = []
        for question in slot.questions:
            about_topic = question in slot.about_topic
            answers = self._answers(self._request.put_into(question), slot)
            found += (quote for quote in answers if quote.on_topic or not about_topic)
        found.sort(key=lambda quote: (not quote.on_topic, quote.scope != "own"))
        if slot.words_suffice:
            on_topic = sum(quote.on_topic for quote in found)
            found[on_topic:on_topic] = (quote for quote in self.topic.quotes if speaks_of(quote.text, slot))
        return distinct(found)

    def retrieved(self, *questions: str) -> Retrieved:
        """The passages for questions within the token budget: the topic's first, then the best of each in turn."""
        rankings = [self._ranked(question, self._request.segment) for question in questions]
        merged: dict[str, RankedPassage] = {}
        for turn in zip_longest(*rankings):
            for item in turn:
                if item is not None:
                    merged.setdefault(item.passage.id, item)
        topic = self._topic_passages
        missing = self._by_themselves([id_ for id_ in topic if id_ not in merged])
        return self._within_budget([*missing, *sorted(merged.values(), key=lambda item: item.passage.id not in topic)])

    def _ranked(self, question: str, segment: Segment | None) -> list[RankedPassage]:
        found = self._assistant.found(question, segment=segment, limit=_MOST_PASSAGES)
        self.by_words_only = max(self.by_words_only, found.by_words_only)
        return [item for item in found.passages if self._sources[item.passage.source_id].in_briefs]

    def _by_themselves(self, passage_ids: Sequence[str]) -> list[RankedPassage]:
        """Passages that no search found, as if it had."""
        stored = self._assistant.library.store.stored_passages(passage_ids)
        counted = ((one, len(one.passage.sentences)) for one in stored.values())
        return [
            RankedPassage(one.passage, one.tokens, one.position, 1.0, 1.0, (1.0,) * count, (None,) * count, None, None)
            for one, count in counted
        ]

    def _within_budget(self, ranked: Sequence[RankedPassage]) -> Retrieved:
        passages = passages_within_budget(ranked, self._assistant.settings.token_budget)
        return Retrieved(passages, self._sources, self._findings_in(passages))

    def _with_same_measures(self, quotes: tuple[Quote, ...], topic: Topic, evidence: Evidence) -> tuple[Quote, ...]:
        """With the sentences that give a figure of the same measure for others, where that measure is the topic."""
        measures = {finding.measure for quote in quotes for finding in quote.values if topic.is_measured_by(finding)}
        held = {quote.place for quote in quotes}
        further = (
            candidate
            for candidate in evidence.candidates
            if candidate.place not in held and any(finding.measure in measures for finding in candidate.values)
        )
        return (*quotes, *self._quotes(further, on_topic=True))

    def _findings_in(self, passages: Iterable[RankedPassage]) -> tuple[Finding, ...]:
        return self._assistant.library.store.findings_in([item.passage.id for item in passages])

    def _on(self, text: str, segment: Segment | None) -> TopicEvidence:
        """The sentences on a topic in the passages of a segment, of whatever segment they speak themselves."""
        retrieved = self._within_budget(self._ranked(telling(text), segment))
        evidence = evidence_of(retrieved)
        topic = read_topic(text, evidence)
        ranked = judged(topic.question, evidence, retrieved)
        refused = question_refused(topic.question, evidence, retrieved, ranked)
        about = (item.candidate for item in ranked if topic.is_met_by(item, self._published(item.candidate)))
        fit = () if refused else self._with_same_measures(tuple(self._quotes(about, on_topic=True)), topic, evidence)
        listed = (item.candidate for item in ranked if topic.is_listed_by(item.candidate))
        listing = next((quote for quote in self._quotes(listed, on_topic=False) if quote.scope != "other"), None)
        why_nothing = refused or why_nothing_answers(topic.question, evidence, ranked)
        return TopicEvidence(fit, why_nothing, listing.quoted if listing else "")

    def _published(self, candidate: Candidate) -> int | None:
        """The year of a sentence's report, where its date is known."""
        date = PartialDate.from_iso(self._sources[candidate.passage.source_id].date)
        return date.year if date else None

    @cached_property
    def _topic_passages(self) -> tuple[str, ...]:
        ids = (quote.passage.id for quote in (*self.chosen, *self.topic.quotes))
        return tuple(dict.fromkeys(ids))

    @cached_property
    def _on_topic(self) -> frozenset[tuple[str, int]]:
        return frozenset(quote.place for quote in (*self.chosen, *self.topic.quotes))

    def _answers(self, text: str, slot: Slot) -> Iterator[Quote]:
        """The sentences for the segment that answer a question and speak of what the slot wants."""
        if text not in self._asked:
            found = self.retrieved(text)
            read = evidence_of(found)
            self._asked[text] = found, read, read_question(text, read)
        retrieved, evidence, question = self._asked[text]
        fitting = _with_candidates(
            evidence,
            (
                candidate
                for candidate in evidence.candidates
                if scope_of(candidate, self._request.segment) != "other"
                and speaks_of(candidate.text, slot)
                and (candidate.place in self._on_topic or not is_left_out(candidate.text, slot))
            ),
        )
        ranked: tuple[Judged, ...] = judged(question, fitting, retrieved)
        return self._quotes(chosen(question, ranked, self._sources))

    def _quotes(self, candidates: Iterable[Candidate], *, on_topic: bool | None = None) -> Iterator[Quote]:
        for candidate in candidates:
            tells_nothing = candidate.tells_nothing or candidate.is_pointer or only_asks(candidate.text)
            tells_nothing |= _OF_THE_SAMPLE.match(candidate.text) is not None
            if candidate.passage.read == "no" or tells_nothing:
                continue
            yield Quote(
                candidate.passage,
                candidate.position,
                candidate.findings,
                self._sources[candidate.passage.source_id],
                candidate.place in self._on_topic if on_topic is None else on_topic,
                scope_of(candidate, self._request.segment),
            )

    @cached_property
    def _chosen_places(self) -> Mapping[tuple[str, int], str]:
        """What was chosen, each with the finding that names it. Raises UsageError for one that there is not."""
        by_id = self.findings
        unknown = [id_ for id_ in self._request.findings if id_ not in by_id]
        if unknown:
            raise UsageError(f"There is no finding “{unknown[0]}”.", "See: aidx findings --json")
        named = {(by_id[id_].passage_id, by_id[id_].sentence): id_ for id_ in self._request.findings}
        cited = [place for cited in self._request.places for place in self._sentences(cited)]
        return {**named, **{place: "" for place in cited if place not in named}}

    def _sentences(self, cited: Place) -> Iterator[tuple[str, int]]:
        passage = self._assistant.passage(cited.passage_id)
        if passage is not None:
            yield from ((passage.id, n) for n in range(cited.start, min(cited.end, len(passage.sentences))))

    def _may_be_used(self, passage_id: str) -> bool:
        passage = self._assistant.passage(passage_id)
        return passage is not None and self._sources[passage.source_id].in_briefs

    def _quote(self, place: tuple[str, int]) -> Quote:
        passage_id, position = place
        alone = tuple(self._by_themselves([passage_id]))
        candidate = evidence_of(Retrieved(alone, self._sources, self._findings_in(alone))).candidates[position]
        source = self._sources[candidate.passage.source_id]
        scope = scope_of(candidate, self._request.segment)
        return Quote(candidate.passage, position, candidate.findings, source, True, scope)


def distinct(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """Without the sentences that say what one before them says."""
    kept: list[Quote] = []
    for quote in quotes:
        if not any(quote.says_the_same_as(other) for other in kept):
            kept.append(quote)
    return tuple(kept)


def _with_candidates(evidence: Evidence, candidates: Iterable[Candidate]) -> Evidence:
    return replace(evidence, candidates=tuple(candidates))


def speaks_of(sentence: str, slot: Slot) -> bool:
    """Whether a sentence has one of the slot's phrases: all its words, in any of their forms."""
    if not slot.speaks_of:
        return True
    stems = _stems(sentence)
    return any(_stems(phrase) <= stems for phrase in slot.speaks_of)


def is_left_out(sentence: str, slot: Slot) -> bool:
    """Whether a sentence has one of the phrases that the slot leaves to what is about the topic."""
    stems = _stems(sentence)
    return any(_stems(phrase) <= stems for phrase in slot.leaves_out)


@lru_cache(maxsize=5_000)
def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, words_of(text)))
