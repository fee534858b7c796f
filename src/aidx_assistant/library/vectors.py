"""The vector index: two Chroma collections, of passages and of their sentences, that can be rebuilt at any time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aidx_assistant.errors import StorageError
from aidx_assistant.evidence import Passage, Segment
from aidx_assistant.library.neighbours import Neighbours

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BATCH = 1000
_COLLECTIONS = ("passages", "sentences")
_PART = "\x1f"
"""Stands between the parts of a sentence's id: passage, position and, for a question it answers, its number."""


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
    sentences: dict[tuple[str, int], float]
    """Similarity of a sentence itself, by passage id and position; what is too far to be listed is missing."""
    questions: dict[tuple[str, int], float]
    """Similarity of the nearest question that a sentence is known to answer."""


class VectorIndex:
    """An open index; opening.py makes and opens one."""

    def __init__(self, client: Any, passages: Any, sentences: Any) -> None:
        self._client = client
        self._passages = passages
        self._sentences = sentences
        self._look_anew()

    @property
    def sizes(self) -> tuple[int, int]:
        """How many passages and how many sentences have vectors."""
        return self._near_passages.size, self._near_sentences.size

    def close(self) -> None:
        """Gives back the files that Chroma holds open; nothing can be asked afterwards."""
        self._client.close()

    def put(
        self,
        passages: Sequence[Passage],
        passage_vectors: NDArray[np.float32],
        sentence_vectors: NDArray[np.float32],
    ) -> None:
        """Adds or replaces passages; for each in turn come the vectors of its sentences, then of its questions."""
        labels = [_metadata(passage) for passage in passages]
        with chroma_faults():
            self._passages.upsert([p.id for p in passages], embeddings=passage_vectors, metadatas=labels)
            self._put_sentences(passages, labels, sentence_vectors)
            self._look_anew()

    def _put_sentences(
        self, passages: Sequence[Passage], labels: Sequence[dict[str, str | bool]], vectors: NDArray[np.float32]
    ) -> None:
        ids, of_passage = [], []
        for passage, label in zip(passages, labels, strict=True):
            places = _vector_ids(passage)
            ids += places
            of_passage += [label] * len(places)
        for start in range(0, len(ids), _BATCH):
            batch = slice(start, start + _BATCH)
            self._sentences.upsert(ids[batch], embeddings=vectors[batch], metadatas=of_passage[batch])

    def delete(self, passage_ids: Sequence[str]) -> None:
        with chroma_faults():
            for start in range(0, len(passage_ids), _BATCH):
                batch = list(passage_ids[start : start + _BATCH])
                self._passages.delete(ids=batch)
                self._sentences.delete(where={"passage": {"$in": batch}})
            self._look_anew()

    def nearest_passages(
        self, vector: NDArray[np.float32], limit: int, segment: Segment | None = None, source_id: str | None = None
    ) -> Nearest:
        """The passages nearest to a unit vector."""
        with chroma_faults():
            found, complete = self._near_passages.nearest(vector, limit, _where(segment, source_id))
        return Nearest(dict(found), complete)

    def nearest_sentences(
        self, vector: NDArray[np.float32], limit: int, segment: Segment | None = None, source_id: str | None = None
    ) -> NearestSentences:
        """The sentences nearest to a unit vector, by their own words or by a question they answer."""
        with chroma_faults():
            found, complete = self._near_sentences.nearest(vector, limit, _where(segment, source_id))
        passages: dict[str, float] = {}
        sentences: dict[tuple[str, int], float] = {}
        questions: dict[tuple[str, int], float] = {}
        for id_, similarity in found:  # the nearest first
            sentence, is_question = _place(id_)
            passages.setdefault(sentence[0], similarity)
            (questions if is_question else sentences).setdefault(sentence, similarity)
        return NearestSentences(Nearest(passages, complete), sentences, questions)

    def _look_anew(self) -> None:
        """What is written is found from here on."""
        self._near_passages, self._near_sentences = Neighbours(self._passages), Neighbours(self._sentences)


def import_chroma() -> None:
    """Takes most of a second; worth doing while something else loads."""
    import chromadb  # noqa: F401


@contextmanager
def chroma_faults() -> Iterator[None]:
    """A fault of Chroma becomes one sentence; the next sync mends what it left."""
    from chromadb.errors import ChromaError

    try:
        yield
    except ChromaError as error:
        raise StorageError(
            f"The search index failed: {error}.",
            "Free some disk space, or set AIDX_HOME to a folder you can write to; then ask again.",
        ) from error


def open_collections(folder: Path) -> VectorIndex:
    """The index in a folder, its collections made where they do not exist; raises whatever Chroma raises."""
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))
    passages, sentences = (
        client.get_or_create_collection(
            name, embedding_function=None, configuration={"hnsw": {"space": "cosine", "ef_search": 200}}
        )
        for name in _COLLECTIONS
    )
    return VectorIndex(client, passages, sentences)


def _vector_ids(passage: Passage) -> list[str]:
    sentences = [f"{passage.id}{_PART}{position}" for position in range(len(passage.sentences))]
    questions = [f"{passage.id}{_PART}{position}{_PART}{n}" for n, (position, _) in enumerate(passage.asked)]
    return sentences + questions


@lru_cache(8192)
def _place(vector_id: str) -> tuple[tuple[str, int], bool]:
    """The sentence that a vector stands for, by passage and position, and whether by a question that it answers."""
    passage_id, position, *question = vector_id.split(_PART)
    return (passage_id, int(position)), bool(question)


def _metadata(passage: Passage) -> dict[str, str | bool]:
    named = {f"segment_{segment}": True for segment in passage.segments}
    return {"passage": passage.id, "source": passage.source_id, **named}


def _where(segment: Segment | None, source_id: str | None) -> dict[str, Any] | None:
    """The same rule as the store's: a passage belongs to a segment when it speaks of it or of all."""
    conditions: list[dict[str, Any]] = []
    if segment and segment != "all":
        conditions.append({"$or": [{f"segment_{segment}": True}, {"segment_all": True}]})
    if source_id:
        conditions.append({"source": source_id})
    return {"$and": conditions} if len(conditions) > 1 else (conditions[0] if conditions else None)
