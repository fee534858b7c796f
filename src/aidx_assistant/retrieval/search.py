"""Hybrid retrieval: words by FTS5's BM25, meaning by the vectors of passages and of their best sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aidx_assistant.evidence import Passage, Segment
from aidx_assistant.library.library import Library
from aidx_assistant.retrieval.fusion import Scores, Weights, fused

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_CANDIDATES = 400
"""How many passages and how many sentences each ranking lists."""
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
    rank_by_words: int | None
    rank_by_meaning: int | None


def search(
    library: Library,
    query: str,
    *,
    vector: NDArray[np.float32] | None = None,
    segment: Segment | None = None,
    source_id: str | None = None,
    limit: int = 100,
    weights: Weights | None = None,
) -> tuple[RankedPassage, ...]:
    """The passages that fit a query, best first; `vector` is the query's, where it is known already."""
    matched = dict(library.store.match_words(match_expression(query), _CANDIDATES, segment, source_id))
    if vector is None:
        vector = library.embedder.embed([query])[0]
    passages = library.index.nearest_passages(vector, _CANDIDATES, segment, source_id)
    sentences = library.index.nearest_sentences(vector, _CANDIDATES, segment, source_id)
    scores = fused(
        Scores(matched, floor=0.0),
        Scores(passages.scores, floor=None if passages.complete else _LOWEST_COSINE),
        Scores(sentences.scores, floor=None if sentences.complete else _LOWEST_COSINE),
        weights or Weights(),
    )
    best = sorted(scores, key=lambda id_: (-scores[id_], id_))[:limit]
    by_words = {id_: rank for rank, id_ in enumerate(matched, 1)}
    by_meaning = {id_: rank for rank, id_ in enumerate(passages.scores, 1)}
    stored = library.store.stored_passages(best)
    return tuple(
        RankedPassage(
            passage=stored[id_].passage,
            tokens=stored[id_].tokens,
            position=stored[id_].position,
            score=scores[id_],
            similarity=max(passages.scores.get(id_, -1.0), sentences.scores.get(id_, -1.0)),
            rank_by_words=by_words.get(id_),
            rank_by_meaning=by_meaning.get(id_),
        )
        for id_ in best
        if id_ in stored
    )


def match_expression(query: str) -> str:
    """An FTS5 expression that finds any of the query's words; every word is quoted, so nothing is an operator."""
    words = dict.fromkeys(re.findall(r"\w+", query.lower()))
    return " OR ".join(f'"{word}"' for word in words) or '""'
