"""Hybrid retrieval: words by FTS5's BM25, meaning by the vectors of passages and of their best sentence."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from aidx_assistant.evidence import Passage, Segment
from aidx_assistant.library.library import Library
from aidx_assistant.retrieval.fusion import Scores, Weights, fused
from aidx_assistant.retrieval.meaning import NOWHERE, Nearness, by_index, with_unindexed

_CANDIDATES = 400
"""How many passages the ranking by words lists."""
_LOWEST_COSINE = -1.0


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
    question_similarities: tuple[float, ...]
    """The same to the nearest question that each sentence is known to answer; 0 where it has none."""
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
    matched, near, by_words_only = _rankings(library, query, segment, source_id)
    passages, sentences = near.passages, near.sentences
    scores = fused(
        Scores(matched, floor=0.0),
        Scores(passages.scores, floor=None if passages.complete else _LOWEST_COSINE),
        Scores(sentences.passages.scores, floor=None if sentences.passages.complete else _LOWEST_COSINE),
        weights or Weights(),
    )
    best = sorted(scores, key=lambda id_: (-scores[id_], id_))[:limit]
    by_words = {id_: rank for rank, id_ in enumerate(matched, 1)}
    by_meaning = {id_: rank for rank, id_ in enumerate(passages.scores, 1)}
    stored = library.store.stored_passages(best)
    ranked = (
        RankedPassage(
            passage=(passage := stored[id_].passage),
            tokens=stored[id_].tokens,
            position=stored[id_].position,
            score=scores[id_],
            similarity=max(passages.scores.get(id_, -1.0), sentences.passages.scores.get(id_, -1.0)),
            sentence_similarities=_of_each_sentence(passage, sentences.sentences),
            question_similarities=_of_each_sentence(passage, sentences.questions),
            rank_by_words=by_words.get(id_),
            rank_by_meaning=by_meaning.get(id_),
        )
        for id_ in best
        if id_ in stored
    )
    return Found(tuple(ranked), by_words_only)


def _rankings(
    library: Library, query: str, segment: Segment | None, source_id: str | None
) -> tuple[dict[str, float], Nearness, int]:
    """The ranking by words, that by meaning, and how many passages this leaves out.

    Threads serve, since SQLite, Chroma and the embedding all let go of the interpreter while they work.
    """
    with ThreadPoolExecutor(2) as beside, library.searching() as index:
        words = beside.submit(library.store.match_words, match_expression(query), _CANDIDATES, segment, source_id)
        vector = library.embedder.embed([query])[0]
        near = NOWHERE if index is None else by_index(index, vector, segment, source_id, beside)
        matched = dict(words.result())
    store = library.store
    lacking = store.size(segment, source_id)[0] if index is None else store.count_unindexed(segment, source_id)
    if not lacking:
        return matched, near, 0
    lacked = matched.keys() if index is None else store.unindexed_among(list(matched))
    unindexed = [id_ for id_ in matched if id_ in lacked]
    near, compared = with_unindexed(near, library, vector, unindexed)
    return matched, near, max(0, lacking - compared)


def _of_each_sentence(passage: Passage, similarities: dict[tuple[str, int], float]) -> tuple[float, ...]:
    return tuple(similarities.get((passage.id, position), 0.0) for position in range(len(passage.sentences)))


def match_expression(query: str) -> str:
    """An FTS5 expression that finds any of the query's words; every word is quoted, so nothing is an operator."""
    words = dict.fromkeys(re.findall(r"\w+", query.lower()))
    return " OR ".join(f'"{word}"' for word in words) or '""'
