"""The vector index: two Chroma collections, of passages and of their sentences, that can be rebuilt at any time."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aidx_assistant.errors import StorageError
from aidx_assistant.evidence import Passage, Segment

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from aidx_assistant.library.embedding import Embedder

_BATCH = 1000
_PROBE_SECONDS = 120
_COLLECTIONS = ("passages", "sentences")
_STAMP = "aidx-index.json"
_PART = "\x1f"
"""Stands between the parts of a sentence's id: passage, position and, for a question it answers, its number."""


class IndexUnusableError(Exception):
    """The index on disk cannot be used; the message says why, in words for the user."""


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
    """An open index. Use `open_index` or `create_index`."""

    def __init__(self, passages: Any, sentences: Any) -> None:
        self._passages = passages
        self._sentences = sentences
        self._sizes = (passages.count(), sentences.count())

    @property
    def sizes(self) -> tuple[int, int]:
        """How many passages and how many sentences have vectors."""
        return self._sizes

    def put(
        self,
        passages: Sequence[Passage],
        passage_vectors: NDArray[np.float32],
        sentence_vectors: NDArray[np.float32],
    ) -> None:
        """Adds or replaces passages; for each in turn come the vectors of its sentences, then of its questions."""
        labels = [_metadata(passage) for passage in passages]
        with _faults():
            self._passages.upsert([p.id for p in passages], embeddings=passage_vectors, metadatas=labels)
            self._put_sentences(passages, labels, sentence_vectors)
            self._sizes = (self._passages.count(), self._sentences.count())

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
        with _faults():
            for start in range(0, len(passage_ids), _BATCH):
                batch = list(passage_ids[start : start + _BATCH])
                self._passages.delete(ids=batch)
                self._sentences.delete(where={"passage": {"$in": batch}})
            self._sizes = (self._passages.count(), self._sentences.count())

    def nearest_passages(
        self, vector: NDArray[np.float32], limit: int, segment: Segment | None = None, source_id: str | None = None
    ) -> Nearest:
        """The passages nearest to a unit vector."""
        found, complete = self._query(self._passages, self._sizes[0], vector, limit, _where(segment, source_id))
        return Nearest(dict(found), complete)

    def nearest_sentences(
        self, vector: NDArray[np.float32], limit: int, segment: Segment | None = None, source_id: str | None = None
    ) -> NearestSentences:
        """The sentences nearest to a unit vector, by their own words or by a question they answer."""
        found, complete = self._query(self._sentences, self._sizes[1], vector, limit, _where(segment, source_id))
        passages: dict[str, float] = {}
        sentences: dict[tuple[str, int], float] = {}
        questions: dict[tuple[str, int], float] = {}
        for id_, similarity in found:  # the nearest first
            passage_id, position, *question = id_.split(_PART)
            passages.setdefault(passage_id, similarity)
            (questions if question else sentences).setdefault((passage_id, int(position)), similarity)
        return NearestSentences(Nearest(passages, complete), sentences, questions)

    @staticmethod
    def _query(
        collection: Any, size: int, vector: NDArray[np.float32], limit: int, where: dict[str, Any] | None
    ) -> tuple[list[tuple[str, float]], bool]:
        """Ids with cosine similarities, best first, and whether these are all that qualify."""
        if not size:
            return [], True
        asked = min(limit, size)
        # Ids alone: asking for the metadata as well takes four times as long.
        with _faults():
            found = collection.query(query_embeddings=[vector], n_results=asked, where=where, include=["distances"])
        ids = found["ids"][0]
        similarities = [1.0 - float(distance) for distance in found["distances"][0]]
        return list(zip(ids, similarities, strict=True)), asked == size or len(ids) < asked


def import_chroma() -> None:
    """Takes most of a second; worth doing while something else loads."""
    import chromadb  # noqa: F401


def create_index(folder: Path, embedder: Embedder) -> VectorIndex:
    """A new, empty index in a folder that does not exist yet. Raises StorageError where it cannot be written."""
    try:
        if folder.parent.is_file():
            folder.parent.unlink()
        folder.mkdir(parents=True)
        stamp = {"chroma": _chroma_version(), "embedding": embedder.fingerprint}
        (folder / _STAMP).write_text(json.dumps(stamp), encoding="utf-8")
    except OSError as error:
        raise StorageError(
            f"The search index cannot be written to {folder}: {error.strerror}.",
            "Free some disk space, or set AIDX_HOME to a folder you can write to.",
        ) from error
    with _faults():
        return _open_collections(folder)


@contextmanager
def _faults() -> Iterator[None]:
    """A fault of Chroma becomes one sentence; the next sync mends what it left."""
    from chromadb.errors import ChromaError

    try:
        yield
    except ChromaError as error:
        raise StorageError(
            f"The search index failed: {error}.",
            "Free some disk space, or set AIDX_HOME to a folder you can write to; then ask again.",
        ) from error


def open_index(folder: Path, fingerprint: str, dimensions: int) -> VectorIndex:
    """The index that `create_index` made. Raises IndexUnusableError with the reason where it cannot be used.

    A fault inside Chroma can end the process without an exception. So every process leaves a marker beside the
    folder while it opens it and asks it a first query; where a process that is gone left one behind, a child
    process tries first.
    """
    _check_stamp(folder, fingerprint)
    left_behind = [marker for marker in folder.parent.glob(f"{folder.name}.*.opening") if not _is_alive(marker)]
    if left_behind and not _opens_in_child(folder, dimensions):
        raise IndexUnusableError("opening it ended the process")
    marker = folder.with_name(f"{folder.name}.{os.getpid()}.opening")
    try:
        for former in left_behind:
            former.unlink(missing_ok=True)
        marker.touch()
    except OSError as error:
        raise StorageError(
            f"The search index at {folder} cannot be opened: {error.strerror}.",
            "Free some disk space, or set AIDX_HOME to a folder you can write to.",
        ) from error
    try:
        return try_index(folder, dimensions)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # Chroma's native part raises PanicException, which is no Exception
        raise IndexUnusableError(f"Chroma cannot open it ({type(error).__name__})") from error
    finally:
        marker.unlink(missing_ok=True)


def discard_other_indexes(kept: Path) -> None:
    """Removes every index beside the one kept; what another process still reads stays until it closes it."""
    for entry in kept.parent.iterdir():
        if entry.is_dir() and entry != kept:
            shutil.rmtree(entry, ignore_errors=True)
        elif entry.suffix == ".opening" and not entry.name.startswith(f"{kept.name}."):
            entry.unlink(missing_ok=True)


def try_index(folder: Path, dimensions: int) -> VectorIndex:
    """Opens an index and asks it one query, since Chroma reads its files only then."""
    import numpy as np

    index = _open_collections(folder)
    vector = np.eye(1, dimensions, dtype=np.float32)[0]
    index.nearest_passages(vector, 1)
    index.nearest_sentences(vector, 1)
    return index


def _opens_in_child(folder: Path, dimensions: int) -> bool:
    code = (
        "import sys; from pathlib import Path; from aidx_assistant.library.vectors import try_index;"
        " try_index(Path(sys.argv[1]), int(sys.argv[2]))"
    )
    # -P: nothing is imported from the folder that the user happens to be in.
    command = [sys.executable, "-P", "-c", code, str(folder), str(dimensions)]
    try:
        outcome = subprocess.run(command, capture_output=True, timeout=_PROBE_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return True  # slow is not broken
    return outcome.returncode == 0


def _is_alive(marker: Path) -> bool:
    """Whether the process that made a marker still runs."""
    try:
        os.kill(int(marker.suffixes[-2].removeprefix(".")), 0)
    except (ValueError, IndexError, ProcessLookupError):
        return False
    except PermissionError:  # it runs, as somebody else's
        return True
    return True


def _check_stamp(folder: Path, fingerprint: str) -> None:
    try:
        stamp = json.loads((folder / _STAMP).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise IndexUnusableError("it is missing") from None
    except (OSError, ValueError):
        raise IndexUnusableError("its stamp cannot be read") from None
    version, embedding = (stamp.get("chroma"), stamp.get("embedding")) if isinstance(stamp, dict) else (None, None)
    if version != _chroma_version():
        raise IndexUnusableError(f"it was made by Chroma {version}, this is {_chroma_version()}")
    if embedding != fingerprint:
        raise IndexUnusableError("it was made with another embedding model")


def _open_collections(folder: Path) -> VectorIndex:
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))
    passages, sentences = (
        client.get_or_create_collection(
            name, embedding_function=None, configuration={"hnsw": {"space": "cosine", "ef_search": 200}}
        )
        for name in _COLLECTIONS
    )
    return VectorIndex(passages, sentences)


def _vector_ids(passage: Passage) -> list[str]:
    sentences = [f"{passage.id}{_PART}{position}" for position in range(len(passage.sentences))]
    questions = [f"{passage.id}{_PART}{position}{_PART}{n}" for n, (position, _) in enumerate(passage.asked)]
    return sentences + questions


def _chroma_version() -> str:
    from importlib.metadata import version

    return version("chromadb")


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
