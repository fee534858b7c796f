"""How near passages are to a question in meaning: by the index, and by what it does not hold yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aidx_assistant.evidence import Passage, Segment
from aidx_assistant.library.library import Library
from aidx_assistant.library.vectors import Nearest, NearestSentences, VectorIndex

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_CANDIDATES = 400
"""How many passages, or sentences of passages, the index lists."""
_FEW_SENTENCES = 4000
"""Up to so many sentences, with the questions they answer, all of them are listed: it takes a few milliseconds."""
_FEW_PASSAGES = 12
"""So many passages that the index lacks are embedded for a question: of six sentences each, in 1.5 s on two cores."""


@dataclass(frozen=True, slots=True)
class Nearness:
    """What stands near to a question."""

    passages: Nearest
    sentences: NearestSentences


NOWHERE = Nearness(Nearest({}, True), NearestSentences(Nearest({}, True), {}, {}))


def by_index(
    index: VectorIndex, vector: NDArray[np.float32], segment: Segment | None, source_id: str | None, beside: Executor
) -> Nearness:
    """What the index lists for a question's vector; its passages are listed beside its sentences."""
    passages = beside.submit(index.nearest_passages, vector, _CANDIDATES, segment, source_id)
    held = index.sizes[1]
    listed = held if held <= _FEW_SENTENCES else _CANDIDATES
    sentences = index.nearest_sentences(vector, listed, segment, source_id)
    return Nearness(passages.result(), sentences)


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
    places = [place for passage in passages for place in _places(passage)]
    own, asked = dict(near.sentences.sentences), dict(near.sentences.questions)
    best = dict(near.sentences.passages.scores)
    for passage in passages:
        best.pop(passage.id, None)  # of an earlier text
    for (place, is_question), similarity in zip(places, (parts @ vector).tolist(), strict=True):
        best[place[0]] = max(best.get(place[0], -1.0), similarity)
        if is_question:
            asked[place] = max(asked.get(place, -1.0), similarity)
        else:
            own[place] = similarity
    similarities = zip((passage.id for passage in passages), (whole @ vector).tolist(), strict=True)
    return Nearness(
        _ranked({**near.passages.scores, **dict(similarities)}, near.passages.complete),
        NearestSentences(_ranked(best, near.sentences.passages.complete), own, asked),
    ), len(passages)


def _places(passage: Passage) -> Iterable[tuple[tuple[str, int], bool]]:
    """What the vectors of a passage's parts stand for: a sentence, by passage and position; whether by a question."""
    yield from (((passage.id, position), False) for position in range(len(passage.sentences)))
    yield from (((passage.id, position), True) for position, _ in passage.asked)


def _ranked(scores: dict[str, float], complete: bool) -> Nearest:
    return Nearest(dict(sorted(scores.items(), key=lambda item: -item[1])), complete)
