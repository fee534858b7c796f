"""Hybrid retrieval: words by FTS5's BM25, meaning by the vectors of passages and of their best sentence."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from aidx_assistant.evidence import Passage, Segment
from aidx_assistant.library.library import Library
from aidx_assistant.library.vectors import Nearest, NearestSentences
from aidx_assistant.retrieval.fusion import Scores, Weights, fused

_CANDIDATES = 400
"""How many passages, or sentences of passages, each ranking lists."""
_FEW_SENTENCES = 4000
"""Up to so many sentences, with the questions they answer, all of them are listed: it takes a few milliseconds."""
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
    matched, passages, sentences = _rankings(library, query, segment, source_id)
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
    return tuple(
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


def _rankings(
    library: Library, query: str, segment: Segment | None, source_id: str | None
) -> tuple[dict[str, float], Nearest, NearestSentences]:
    """The rankings by words, by passages and by sentences; what need not wait for another runs beside it.

    Threads serve, since SQLite, Chroma and the embedding all let go of the interpreter while they work.
    """
    with ThreadPoolExecutor(2) as beside:
        words = beside.submit(library.store.match_words, match_expression(query), _CANDIDATES, segment, source_id)
        vector = library.embedder.embed([query])[0]
        passages = beside.submit(library.index.nearest_passages, vector, _CANDIDATES, segment, source_id)
        held = library.index.sizes[1]
        sentences = library.index.nearest_sentences(
            vector, held if held <= _FEW_SENTENCES else _CANDIDATES, segment, source_id
        )
        return dict(words.result()), passages.result(), sentences


def _of_each_sentence(passage: Passage, similarities: dict[tuple[str, int], float]) -> tuple[float, ...]:
    return tuple(similarities.get((passage.id, position), 0.0) for position in range(len(passage.sentences)))


def match_expression(query: str) -> str:
    """An FTS5 expression that finds any of the query's words; every word is quoted, so nothing is an operator."""
    words = dict.fromkeys(re.findall(r"\w+", query.lower()))
    return " OR ".join(f'"{word}"' for word in words) or '""'
