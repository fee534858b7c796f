"""How near passages are to a question in meaning: by the index, and by what it does not hold yet."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from aidx_assistant.evidence import Segment
from aidx_assistant.library.library import Library
from aidx_assistant.library.nearest import Nearest, NearestSentences
from aidx_assistant.library.vectors import VectorIndex

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from aidx_assistant.library.store import Store

_CANDIDATES = 400
"""How many passages, or sentences of passages, the index lists."""
_FEW_SENTENCES = 12_000
"""Up to so many sentences all of them are listed: they are held in memory then."""
_MANY = 1600
"""How many are listed where a filter is applied to them afterwards."""
_ENOUGH = 160
"""How many of those have to pass it."""
_FEW_PASSAGES = 12
"""So many passages that the index lacks are embedded for a question: of six sentences each, in 1.5 s on two cores."""


@dataclass(frozen=True, slots=True)
class Nearness:
    """What stands near to a question."""

    passages: Nearest
    sentences: NearestSentences


NOWHERE = Nearness(Nearest({}, True), NearestSentences(Nearest({}, True), {}))


def by_index(
    index: VectorIndex,
    vector: NDArray[np.float32],
    segment: Segment | None,
    source_id: str | None,
    beside: Executor,
    store: Store,
) -> Nearness:
    """What the index lists for a question's vector; its passages are listed beside its sentences.

    Chroma takes long to find out what passes a filter. So more is listed without one, of a small library all, and what
    does not pass is left out; Chroma filters where too little is left of a large one, and on a server.
    """
    is_filtered = source_id is not None or segment not in (None, "all")
    is_large = index.sizes[1] > _FEW_SENTENCES
    if is_filtered and not is_large and not index.is_shared:
        near = _listed(index, vector, *index.sizes, (None, None), beside)
        return _passing(near, store.searched_among(list(near.passages.scores), segment, source_id))
    if is_filtered and is_large:
        near = _listed(index, vector, _MANY, _MANY, (None, None), beside)
        listed = near.passages.scores.keys() | near.sentences.passages.scores.keys()
        near = _among(near, store.searched_among(list(listed), segment, source_id))
        if min(len(near.passages.scores), len(near.sentences.sentences)) >= _ENOUGH:
            return near
    sentences = _CANDIDATES if is_large else index.sizes[1]
    return _listed(index, vector, _CANDIDATES, sentences, (segment, source_id), beside)


def _listed(
    index: VectorIndex,
    vector: NDArray[np.float32],
    passages: int,
    sentences: int,
    among: tuple[Segment | None, str | None],
    beside: Executor,
) -> Nearness:
    """So many of the nearest passages and sentences of a segment and a source."""
    near_passages = beside.submit(index.nearest_passages, vector, passages, *among)
    near_sentences = index.nearest_sentences(vector, sentences, *among)
    return Nearness(near_passages.result(), near_sentences)


def _passing(near: Nearness, passage_ids: frozenset[str]) -> Nearness:
    """What of all that there is stands in some passages."""

    def of_these(scores: dict[str, float]) -> dict[str, float]:
        return {id_: score for id_, score in scores.items() if id_ in passage_ids}

    passages = of_these(near.passages.scores)
    in_sentences = Nearest(of_these(near.sentences.passages.scores), complete=True)
    return Nearness(
        Nearest(dict(islice(passages.items(), _CANDIDATES)), len(passages) <= _CANDIDATES),
        NearestSentences(in_sentences, near.sentences.sentences),
    )


def _among(near: Nearness, passage_ids: frozenset[str]) -> Nearness:
    """What of it stands in some passages, the nearest."""
    sentences = near.sentences

    def of_these(scores: dict[str, float]) -> Nearest:
        qualified = ((id_, score) for id_, score in scores.items() if id_ in passage_ids)
        return Nearest(dict(islice(qualified, _CANDIDATES)), complete=False)

    return Nearness(
        of_these(near.passages.scores),
        NearestSentences(
            of_these(sentences.passages.scores),
            {place: score for place, score in sentences.sentences.items() if place[0] in passage_ids},
        ),
    )


def with_unindexed(
    near: Nearness, library: Library, vector: NDArray[np.float32], unindexed: Sequence[str]
) -> tuple[Nearness, int]:
    """The same with some passages that the index lacks, given by their ids, the likeliest first; and how many these
    are: those whose vectors need not be made, and a few others.
    """
    stored = library.store.stored_passages(unindexed)
    passages = library.first_embedded([stored[id_].passage for id_ in unindexed if id_ in stored], _FEW_PASSAGES)
    if not passages:
        return near, 0
    whole, parts = library.vectors_of(passages)
    places = [(passage.id, position) for passage in passages for position in range(len(passage.sentences))]
    anew = {passage.id for passage in passages}  # what the index has of these is of an earlier text
    own = {place: score for place, score in near.sentences.sentences.items() if place[0] not in anew}
    best = {id_: score for id_, score in near.sentences.passages.scores.items() if id_ not in anew}
    for place, similarity in zip(places, (parts @ vector).tolist(), strict=True):
        best[place[0]] = max(best.get(place[0], -1.0), similarity)
        own[place] = similarity
    similarities = zip((passage.id for passage in passages), (whole @ vector).tolist(), strict=True)
    return Nearness(
        _ranked({**near.passages.scores, **dict(similarities)}, near.passages.complete),
        NearestSentences(_ranked(best, near.sentences.passages.complete), own),
    ), len(passages)


def _ranked(scores: dict[str, float], complete: bool) -> Nearest:
    return Nearest(dict(sorted(scores.items(), key=lambda item: -item[1])), complete)
