"""What stands near to a vector: passages, and the sentences in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aidx_assistant.evidence import Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PART = "\x1f"
"""Stands between the parts of a sentence's id: passage and position."""
Place = tuple[str, int]
"""A sentence, by its passage and its position in that."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """Cosine similarities by passage id, best first; `complete` when every passage that qualifies is listed."""

    scores: dict[str, float]
    complete: bool


@dataclass(frozen=True, slots=True)
class NearestSentences:
    """The nearest sentences, and the passages they stand in."""

    passages: Nearest
    """Each passage with the similarity of its nearest sentence."""
    sentences: Mapping[Place, float]
    """Similarity of a sentence; what is too far to be listed is missing."""


def vector_ids(passage: Passage) -> list[str]:
    """The ids of the vectors of a passage's sentences."""
    return [f"{passage.id}{_PART}{position}" for position in range(len(passage.sentences))]


def listed_sentences(found: Iterable[tuple[str, float]], complete: bool) -> NearestSentences:
    """What ids with similarities, the nearest first, stand for."""
    passages: dict[str, float] = {}
    sentences: dict[Place, float] = {}
    for id_, similarity in found:
        place = _place(id_)
        passages.setdefault(place[0], similarity)
        sentences[place] = similarity
    return NearestSentences(Nearest(passages, complete), sentences)


class SentencePlaces:
    """What each of the vectors that are held in memory stands for, found out once for all questions."""

    def __init__(self, ids: Sequence[str]) -> None:
        import numpy as np

        places = [_place(id_) for id_ in ids]
        self._rows = {place: row for row, place in enumerate(places)}
        passages: dict[str, int] = {}
        self._owners = np.array([passages.setdefault(passage_id, len(passages)) for passage_id, _ in places])
        self._passages = list(passages)

    def nearest(self, similarities: NDArray[np.float32]) -> NearestSentences:
        """All of them, with the similarity of each vector."""
        import numpy as np

        passages = _highest(similarities, self._owners, len(self._passages))
        order = np.argsort(-passages, kind="stable")
        best_first = zip(map(self._passages.__getitem__, order.tolist()), passages[order].tolist(), strict=True)
        return NearestSentences(Nearest(dict(best_first), complete=True), _AtRows(self._rows, similarities))


class _AtRows(Mapping[Place, float]):
    """Values of an array by what its rows stand for: of thousands of sentences few are looked up."""

    def __init__(self, rows: Mapping[Place, int], values: NDArray[np.float32]) -> None:
        self._rows = rows
        self._values = values

    def __getitem__(self, place: Place) -> float:
        return float(self._values[self._rows[place]])

    def get(self, place: Place, default: float = 0.0) -> float:  # type: ignore[override]  # quicker than by KeyError
        row = self._rows.get(place)
        return default if row is None else float(self._values[row])

    def __iter__(self) -> Iterator[Place]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def _highest(values: NDArray[np.float32], groups: NDArray[np.intp], count: int) -> NDArray[np.float32]:
    """The highest value of each of so many groups."""
    import numpy as np

    highest = np.full(count, -1.0, dtype=np.float32)
    if count:
        np.maximum.at(highest, groups, values)
    return highest


def _place(vector_id: str) -> Place:
    """The sentence that a vector stands for, also where an earlier aidx added the number of a question."""
    passage_id, position, *_ = vector_id.split(_PART)
    return passage_id, int(position)
