"""Hybrid retrieval: words by FTS5's BM25, meaning by the vectors of passages and of their best sentence. The best of
these are scored by the words of the very best, then compared closely with the question, and with each other."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from aidx_assistant.evidence import Passage, Segment
from aidx_assistant.library.classifier import Known, KnownSentences
from aidx_assistant.library.library import Library
from aidx_assistant.library.records import StoredPassage
from aidx_assistant.library.store import Store
from aidx_assistant.retrieval.best_sentence import shares_in_one_sentence
from aidx_assistant.retrieval.expressions import match_expression
from aidx_assistant.retrieval.feedback import feedback
from aidx_assistant.retrieval.fusion import Scores, Weights, fused, raised, with_feedback
from aidx_assistant.retrieval.likeness import likeness, smoothed
from aidx_assistant.retrieval.meaning import NOWHERE, Nearness, by_index, with_unindexed
from aidx_assistant.retrieval.naming import named_in
from aidx_assistant.retrieval.wording import wording

_CANDIDATES = 400
"""How many passages a ranking by words lists."""
_FED_BACK = 7
"""How many of the best passages lend their words."""
_READ = 50
"""How many of the best passages are read for what comes next, before it is known which of them stay the best."""
_COMPARED = 40
"""How many of these are compared with each other."""
_LOOKED_AT = 100
"""In how many of the best passages is looked for what a query names."""
_BESIDE = ThreadPoolExecutor(4)
"""For what is done at the same time: SQLite, Chroma and the embedding all let go of the interpreter while they work."""
_LOWEST_COSINE = -0.2
"""What any two texts have by this embedding, or more; by the possible −1 all that is listed would look alike."""


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A passage with its fused score (0 to 1) and what stands behind it."""

    passage: Passage
    tokens: int
    position: int
    """0-based, in the reading order of its source."""
    score: float
    similarity: float
    """Cosine similarity of the question to the passage or to its best sentence, whichever is higher."""
    sentence_similarities: tuple[float, ...]
    """Cosine similarity of the question to each sentence; 0 where it is too far to be listed."""
    known: tuple[Known | None, ...]
    """Of each sentence; None where it is not known which questions it answers."""
    rank_by_words: int | None
    rank_by_meaning: int | None


@dataclass(frozen=True, slots=True)
class Found:
    """The passages that fit a query, best first."""

    passages: tuple[RankedPassage, ...]
    by_words_only: int
    """How many of the passages searched are not in the index yet, and could be found by their words alone."""


def search(
    library: Library,
    query: str,
    *,
    segment: Segment | None = None,
    source_id: str | None = None,
    limit: int = 100,
    weights: Weights | None = None,
) -> tuple[RankedPassage, ...]:
    """The passages that fit a query, best first."""
    return find(library, query, segment=segment, source_id=source_id, limit=limit, weights=weights).passages


def find(
    library: Library,
    query: str,
    *,
    segment: Segment | None = None,
    source_id: str | None = None,
    limit: int = 100,
    weights: Weights | None = None,
) -> Found:
    """The passages that fit a query, and how many could not be searched by their meaning."""
    rankings = _rankings(library, query, segment, source_id)
    matched, near = rankings.by_words, rankings.by_meaning
    stored = _Stored(library.store)
    scores = _scored(query, stored, rankings, weights or Weights())
    named = named_in(query)
    looked_at = stored.get(_best(scores, max(limit, _LOOKED_AT) if named else limit))
    scores = {one.passage.id: named.raised(scores[one.passage.id], one.passage) for one in looked_at}
    by_words = {id_: rank for rank, id_ in enumerate(matched, 1)}
    by_meaning = {id_: rank for rank, id_ in enumerate(near.passages.scores, 1)}
    ranked = (
        RankedPassage(
            passage=(passage := one.passage),
            tokens=one.tokens,
            position=one.position,
            score=scores[passage.id],
            similarity=max(
                near.passages.scores.get(passage.id, -1.0), near.sentences.passages.scores.get(passage.id, -1.0)
            ),
            sentence_similarities=_of_each_sentence(passage, near.sentences.sentences),
            known=tuple(map(rankings.known.get(passage.id, {}).get, passage.sentences)),
            rank_by_words=by_words.get(passage.id),
            rank_by_meaning=by_meaning.get(passage.id),
        )
        for one in stored.get(_best(scores, limit))
    )
    return Found(tuple(ranked), rankings.by_words_only)


@dataclass(frozen=True, slots=True)
class _Rankings:
    """What stands behind the scores."""

    by_words: dict[str, float]
    by_meaning: Nearness
    known: KnownSentences
    by_words_only: int
    """How many passages the ranking by meaning leaves out."""


class _Stored:
    """Passages of a store, each read once."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._read: dict[str, StoredPassage] = {}

    def get(self, passage_ids: Sequence[str]) -> list[StoredPassage]:
        """In their order; what the store does not hold any more is left out."""
        if missing := [id_ for id_ in passage_ids if id_ not in self._read]:
            self._read |= self.store.stored_passages(missing)
        return [self._read[id_] for id_ in passage_ids if id_ in self._read]


def _scored(query: str, stored: _Stored, rankings: _Rankings, weights: Weights) -> dict[str, float]:
    """The score of every passage that any ranking lists, by its id."""
    passages, nearest = rankings.by_meaning.passages, rankings.by_meaning.sentences.passages
    total = fused(
        Scores(rankings.by_words, floor=0.0),
        Scores(passages.scores, floor=None if passages.complete else _LOWEST_COSINE),
        Scores(nearest.scores, floor=None if nearest.complete else _LOWEST_COSINE),
        weights,
    )
    answering = {
        id_: max(sentence.log_odds for sentence in sentences.values())
        for id_, sentences in rankings.known.items()
        if id_ in total
    }
    before = raised(total, answering)
    read = [one.passage for one in stored.get(_best(before, _READ))]
    wordings = [wording(passage) for passage in read]
    fed_back = feedback(wordings, [before[passage.id] ** 2 for passage in read[:_FED_BACK]])
    places = {passage.id: place for place, passage in enumerate(read)}
    total = with_feedback(total, Scores(dict(zip(places, fed_back, strict=True)), floor=0.0), weights)
    scores = raised(total, answering)
    compared = _best({id_: scores[id_] for id_ in places}, _COMPARED)
    rows = [places[id_] for id_ in compared]
    nearest_wordings = [wordings[row] for row in rows]
    shares = shares_in_one_sentence(query, nearest_wordings)
    own = [total[id_] + weights.one_sentence * share for id_, share in zip(compared, shares, strict=True)]
    total |= zip(compared, smoothed(own, likeness(nearest_wordings)), strict=True)
    return raised(total, answering)


def _best(scores: dict[str, float], most: int) -> list[str]:
    """The ids with the highest scores, best first."""
    lowest = min(heapq.nlargest(most, scores.values()), default=0.0)
    qualified = [id_ for id_, score in scores.items() if score >= lowest]
    return sorted(qualified, key=lambda id_: (-scores[id_], id_))[:most]


def _rankings(library: Library, query: str, segment: Segment | None, source_id: str | None) -> _Rankings:
    with library.searching() as index:
        words = _BESIDE.submit(library.store.match_words, match_expression(query), _CANDIDATES, segment, source_id)
        vector = library.embedder.embed([query])[0]
        near = NOWHERE if index is None else by_index(index, vector, segment, source_id, _BESIDE, library.store)
        known = library.classifier.known(query, vector)
        matched = dict(words.result())
    store = library.store
    lacking = store.size(segment, source_id)[0] if index is None else store.count_unindexed(segment, source_id)
    if not lacking:
        return _Rankings(matched, near, known, 0)
    lacked = matched.keys() if index is None else store.unindexed_among(list(matched))
    unindexed = [id_ for id_ in matched if id_ in lacked]
    near, compared = with_unindexed(near, library, vector, unindexed)
    return _Rankings(matched, near, known, max(0, lacking - compared))


def _of_each_sentence(passage: Passage, similarities: Mapping[tuple[str, int], float]) -> tuple[float, ...]:
    return tuple(similarities.get((passage.id, position), 0.0) for position in range(len(passage.sentences)))
