"""The sentences of the evidence, with what is known about each of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from aidx_assistant.answering.draft import Retrieved
from aidx_assistant.answering.surroundings import context_of, counted_by, taken_up_from
from aidx_assistant.evidence import Finding, Passage, Segment, Source
from aidx_assistant.figures import Figure, figures_in
from aidx_assistant.library.classifier import Known
from aidx_assistant.reading.share_rows import with_shares
from aidx_assistant.retrieval.search import RankedPassage
from aidx_assistant.segments import segments_named
from aidx_assistant.terms import keys_of, stem, words_of

_SURELY = 2.0
"""Log odds; of 1 to 4 what declines most for the same refusals, on questions of authors whom the classifier was fitted
without."""
_POINTER = re.compile(r"\bslides?\s+\d", re.IGNORECASE)
_EVERY_SEGMENT = re.compile(r"\b(?:every|each|all(?: the)? three) (?:segment|sector)s?\b", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_YEAR_AT_END = re.compile(r"\s+(?:19|20)\d\d$")
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*%?")
_NOT_READ = re.compile(r"\b(?:has|have) not been read\b|\bread for these notes\b")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that might answer."""

    passage: Passage
    position: int
    findings: tuple[Finding, ...]
    """The findings stated in the sentence."""
    similarity: float
    """Cosine similarity of the question to the sentence."""
    known: Known | None
    """None where it is not known which questions it answers."""
    context: frozenset[str]
    """What stands around it: its heading, what its findings measure, of whom and when, and what it takes up."""
    about: frozenset[str]
    """Keys of the title of its report, if that is one of the user's own: all of it is about that."""
    tabled: bool
    """Whether it gives a figure that is given for several segments, each by itself."""

    @property
    def surely_answers(self) -> bool:
        """Whether the known questions tell so."""
        return self.known is not None and self.known.log_odds >= _SURELY

    @property
    def asked(self) -> tuple[frozenset[str], ...]:
        """What the words stand for of each question that it is known to answer."""
        return self.known.questions.keys if self.known else ()

    @property
    def asked_keys(self) -> frozenset[str]:
        """What the words of all those questions stand for."""
        return self.known.questions.every_key if self.known else frozenset()

    @property
    def text(self) -> str:
        return self.passage.sentences[self.position]

    @property
    def place(self) -> tuple[str, int]:
        return self.passage.id, self.position

    @property
    def keys(self) -> frozenset[str]:
        """What its words stand for."""
        return keys_of(self.text)

    @property
    def is_pointer(self) -> bool:
        """Whether it says where something stands, and not what."""
        return bool(_POINTER.search(self.text)) and (self.passage.read == "no" or not self.has_amount)

    @property
    def points_to_slide(self) -> bool:
        """Whether it, or where it stands, answers "which slide"."""
        return self.is_pointer or self.passage.locator.kind in ("slide", "page")

    @property
    def tells_nothing(self) -> bool:
        """Whether it only says that something has not been read."""
        return bool(_NOT_READ.search(self.text))

    @property
    def figures(self) -> tuple[Figure, ...]:
        return _figures(self.text, self.passage.locator.heading)

    @property
    def numbers(self) -> frozenset[str]:
        """Its numbers as they are written, with their per cent signs."""
        return frozenset(_NUMBER.findall(self.text))

    @property
    def values(self) -> tuple[Finding, ...]:
        """Its findings that are a figure."""
        return tuple(finding for finding in self.findings if finding.value)

    @property
    def has_amount(self) -> bool:
        """Whether it has a figure that answers "how many"."""
        return any(f.value and f.unit not in {"rank", "date", "year"} for f in self.findings) or any(
            figure.kind in {"percent", "points", "count", "money", "ratio", "duration"} for figure in self.figures
        )

    @property
    def slides_named(self) -> int:
        """How many slides it names; a span of them counts as two."""
        return sum(2 if figure.low < figure.high else 1 for figure in self.figures if figure.kind == "slide")

    @property
    def slides(self) -> frozenset[int]:
        """The slide, or page, that it stands on; else the slides that it names."""
        locator = self.passage.locator
        if locator.kind in ("slide", "page"):
            return frozenset({locator.number or 0})
        spans = [figure for figure in self.figures if figure.kind == "slide"]
        return frozenset(number for figure in spans for number in range(int(figure.low), int(figure.high) + 1))

    @property
    def years(self) -> frozenset[int]:
        """The years that it names, of dates too, and both ends of spans."""
        spans = (figure for figure in self.figures if figure.kind == "year")
        named = {int(end) for figure in spans for end in (figure.low, figure.high)}
        return frozenset(named | {int(f.low // 10_000) for f in self.figures if f.kind == "date" and not f.lacks_year})

    @property
    def holds_for_each_segment(self) -> bool:
        """Whether it says of every segment by itself what it says."""
        return bool(_EVERY_SEGMENT.search(self.text))

    @property
    def named_segments(self) -> frozenset[Segment]:
        """The segments that its words and its findings name."""
        return frozenset(segments_named(self.text)) | {finding.segment for finding in self.findings}


@dataclass(frozen=True, slots=True)
class Evidence:
    """All candidates, and how many of them have each key."""

    candidates: tuple[Candidate, ...]
    frequency: Counter[str]
    words: frozenset[str]
    """All words of the sentences, headings and questions that are answered, as they are written, in small letters."""
    publishers: frozenset[str]
    """Stems of the publishers' names and initials: every sentence of a source is theirs."""
    titles: tuple[str, ...]
    """The titles of the sources, without an article."""
    sources: tuple[Source, ...]
    """Those that the sentences are from."""
    texts: tuple[frozenset[str], ...]
    """The keys of each sentence and of each question that a sentence is known to answer."""


def evidence_of(retrieved: Retrieved) -> Evidence:
    """The sentences of the retrieved passages as candidates."""
    by_place = _by_place(retrieved.findings)
    tabled = _tabled(retrieved.findings)
    candidates = tuple(
        Candidate(
            passage=ranked.passage,
            position=position,
            findings=stated.get(position, ()),
            similarity=_similarity(ranked, position),
            known=ranked.known[position],
            context=context_of(
                ranked.passage, position, stated, takes_up=ranked.known[position] is None, counted=counted
            ),
            about=keys_of(source.title) if ranked.known[position] is None else frozenset(),
            tabled=any(finding.measure in tabled for finding in stated.get(position, ()) if finding.value),
        )
        for ranked in retrieved.passages
        for stated in (by_place.get(ranked.passage.id, {}),)
        for source in (retrieved.sources[ranked.passage.source_id],)
        for counted in (counted_by(source),)
        for position in range(len(ranked.passage.sentences))
    )
    frequency = Counter(key for candidate in candidates for key in candidate.keys)
    used = {ranked.passage.source_id for ranked in retrieved.passages}
    sources = [retrieved.sources[id_] for id_ in sorted(used)]
    names = [name for source in sources for name in source.publishers]
    names += ["".join(word[0] for word in name.split()) for name in names]
    publishers = frozenset(stem(word) for word in words_of(" ".join(names)))
    whole = [_ARTICLE.sub("", source.title) for source in sources]
    titles = tuple(dict.fromkeys((*whole, *(_YEAR_AT_END.sub("", title) for title in whole))))
    known = [candidate.known.questions for candidate in candidates if candidate.known]
    headings = {ranked.passage.locator.heading or "" for ranked in retrieved.passages}
    written = (*(candidate.text for candidate in candidates), *headings)
    words = frozenset().union(*map(_words, written), *(one.words for one in known))
    texts = (*(candidate.keys for candidate in candidates), *chain.from_iterable(one.keys for one in known))
    return Evidence(candidates, frequency, words, publishers, titles, tuple(sources), texts)


def _similarity(ranked: RankedPassage, position: int) -> float:
    """What takes up the sentence before it means, in part, what that means."""
    own = ranked.sentence_similarities[position]
    before = None if ranked.known[position] else taken_up_from(ranked.passage.sentences, position)
    return own if before is None else max(own, (own + ranked.sentence_similarities[before]) / 2)


def _by_place(findings: Iterable[Finding]) -> dict[str, dict[int, tuple[Finding, ...]]]:
    """The findings of each passage, by the sentence that states them."""
    by_place: dict[str, dict[int, tuple[Finding, ...]]] = {}
    for finding in findings:
        of_passage = by_place.setdefault(finding.passage_id, {})
        of_passage[finding.sentence] = (*of_passage.get(finding.sentence, ()), finding)
    return by_place


def _tabled(findings: Iterable[Finding]) -> frozenset[str]:
    """The measures of which there is a figure for more than one segment."""
    segments: dict[str, set[Segment]] = {}
    for finding in findings:
        if finding.value and finding.segment != "all":
            segments.setdefault(finding.measure, set()).add(finding.segment)
    return frozenset(measure for measure, found in segments.items() if len(found) > 1)


@lru_cache(maxsize=5_000)
def _words(text: str) -> frozenset[str]:
    return frozenset(words_of(text))


@lru_cache(maxsize=5_000)
def _figures(text: str, heading: str | None) -> tuple[Figure, ...]:
    found = figures_in(text)
    return with_shares(text, heading, found)
