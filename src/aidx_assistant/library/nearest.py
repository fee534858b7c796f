"""What stands near to a vector: passages, and the sentences in them with the questions that these answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aidx_assistant.evidence import Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PART = "\x1f"
"""Stands between the parts of a sentence's id: passage, position and, for a question it answers, its number."""
Place = tuple[str, int]
"""A sentence, by its passage and its position in that."""
NEAREST_QUESTIONS = 5
"""How many of the nearest known questions are looked at together."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """Cosine similarities by passage id, best first; `complete` when every passage that qualifies is listed."""

    scores: dict[str, float]
    complete: bool


@dataclass(frozen=True, slots=True)
class NearestSentences:
    """The nearest sentences, and the passages they stand in."""

    passages: Nearest
    """Each passage with the similarity of its nearest sentence or question."""
    sentences: Mapping[Place, float]
    """Similarity of a sentence itself; what is too far to be listed is missing."""
    questions: Mapping[Place, float]
    """Similarity of the nearest question that a sentence is known to answer."""
    nearest_questions: tuple[tuple[float, Place], ...] = ()
    """The similarities of the few known questions that are nearest, each with the sentence that answers it."""


def vector_ids(passage: Passage) -> list[str]:
    """The ids of the vectors of a passage's sentences, then of its questions."""
    sentences = [f"{passage.id}{_PART}{position}" for position in range(len(passage.sentences))]
    questions = [f"{passage.id}{_PART}{position}{_PART}{n}" for n, (position, _) in enumerate(passage.asked)]
    return sentences + questions


def listed_sentences(found: Iterable[tuple[str, float]], complete: bool) -> NearestSentences:
    """What ids with similarities, the nearest first, stand for."""
    passages: dict[str, float] = {}
    sentences: dict[Place, float] = {}
    questions: dict[Place, float] = {}
    nearest: list[tuple[float, Place]] = []
    for id_, similarity in found:
        place, is_question = _place(id_)
        passages.setdefault(place[0], similarity)
        (questions if is_question else sentences).setdefault(place, similarity)
        if is_question and len(nearest) < NEAREST_QUESTIONS:
            nearest.append((similarity, place))
    return NearestSentences(Nearest(passages, complete), sentences, questions, tuple(nearest))


class SentencePlaces:
    """What each of the vectors that are held in memory stands for, found out once for all questions."""

    def __init__(self, ids: Sequence[str]) -> None:
        import numpy as np

        passages: dict[str, int] = {}
        questions: dict[Place, int] = {}
        asked_rows, asked_of = [], []
        self._rows: dict[Place, int] = {}
        owners = []
        for row, id_ in enumerate(ids):
            place, is_question = _place(id_)
            owners.append(passages.setdefault(place[0], len(passages)))
            if is_question:
                asked_rows.append(row)
                asked_of.append(questions.setdefault(place, len(questions)))
            else:
                self._rows[place] = row
        self._passages, self._questions = list(passages), list(questions)
        self._owners, self._asked_rows, self._asked_of = map(np.array, (owners, asked_rows, asked_of))

    def nearest(self, similarities: NDArray[np.float32]) -> NearestSentences:
        """All of them, with the similarity of each vector."""
        import numpy as np

        passages = _highest(similarities, self._owners, len(self._passages))
        order = np.argsort(-passages, kind="stable")
        best_first = zip(map(self._passages.__getitem__, order.tolist()), passages[order].tolist(), strict=True)
        asked = similarities[self._asked_rows] if self._questions else similarities[:0]
        questions = _highest(asked, self._asked_of, len(self._questions))
        nearest = np.argsort(-asked, kind="stable")[:NEAREST_QUESTIONS]
        return NearestSentences(
            Nearest(dict(best_first), complete=True),
            _AtRows(self._rows, similarities),
            dict(zip(self._questions, questions.tolist(), strict=True)),
            tuple((float(asked[row]), self._questions[self._asked_of[row]]) for row in nearest.tolist()),
        )


class _AtRows(Mapping[Place, float]):
    """Values of an array by what its rows stand for: of thousands of sentences few are looked up."""

    def __init__(self, rows: Mapping[Place, int], values: NDArray[np.float32]) -> None:
        self._rows = rows
        self._values = values

    def __getitem__(self, place: Place) -> float:
        return float(self._values[self._rows[place]])

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


def _place(vector_id: str) -> tuple[Place, bool]:
    """The sentence that a vector stands for, and whether by a question that it answers."""
    passage_id, position, *question = vector_id.split(_PART)
    return (passage_id, int(position)), bool(question)
