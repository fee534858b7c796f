"""Vectors held in memory give what Chroma gives, with and without a limit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from aidx_assistant.evidence import Locator, Passage
from aidx_assistant.library.neighbours import Neighbours
from aidx_assistant.library.vectors import open_collections


@pytest.fixture
def collection(tmp_path: Path) -> object:
    index = open_collections(tmp_path / "index")
    vectors = np.random.default_rng(0).normal(size=(300, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    index._passages.add([f"p{n}" for n in range(300)], embeddings=vectors, metadatas=[{"source": "s"}] * 300)
    return index._passages


@pytest.mark.parametrize("limit", [1, 20, 300, 1000])
def test_the_nearest_are_the_same_however_they_are_found(collection: object, limit: int) -> None:
    neighbours = Neighbours(collection)
    vector = np.eye(1, 384, dtype=np.float32)[0]
    by_chroma = neighbours.nearest(vector, limit, None)
    neighbours.nearest(vector, limit, None)
    in_memory = neighbours.nearest(vector, limit, None)
    assert neighbours._held is not None
    assert [id_ for id_, _ in in_memory[0]] == [id_ for id_, _ in by_chroma[0]]
    assert [near for _, near in in_memory[0]] == pytest.approx([near for _, near in by_chroma[0]], abs=1e-5)
    assert in_memory[1] == by_chroma[1] == (limit >= 300)


def test_sentences_are_the_same_however_they_are_found(tmp_path: Path) -> None:
    index = open_collections(tmp_path / "index")
    passages = [
        Passage(f"p{n}", "s", Locator("page", n), ("One.", "Two.", "Three.")[: 1 + n % 3], ("all",)) for n in range(30)
    ]
    vectors = np.random.default_rng(0).normal(size=(60, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    index.put(passages, vectors[:30], vectors)
    vector = np.eye(1, 384, dtype=np.float32)[0]
    by_chroma, _, in_memory = (index.nearest_sentences(vector, 60) for _ in range(3))
    assert in_memory.passages.complete and by_chroma.passages.complete
    assert list(in_memory.passages.scores) == list(by_chroma.passages.scores)
    assert in_memory.passages.scores == pytest.approx(by_chroma.passages.scores, abs=1e-5)
    assert dict(in_memory.sentences) == pytest.approx(dict(by_chroma.sentences), abs=1e-5)
    assert len(in_memory.sentences) == 60


def test_what_an_earlier_aidx_indexed_of_a_question_stands_for_its_sentence(tmp_path: Path) -> None:
    index = open_collections(tmp_path / "index")
    ids = ["p\x1f0", "p\x1f1", "p\x1f1\x1f0"]
    index._sentences.add(ids, embeddings=np.eye(3, 384, dtype=np.float32), metadatas=[{"source": "s"}] * 3)
    for _ in range(3):
        near = index.nearest_sentences(np.eye(3, 384, dtype=np.float32)[2], 3)
        assert dict(near.sentences) == {("p", 0): 0.0, ("p", 1): pytest.approx(near.sentences["p", 1])}
        assert near.passages.scores == {"p": pytest.approx(1.0)}


def test_a_condition_is_left_to_chroma(collection: object) -> None:
    neighbours = Neighbours(collection)
    vector = np.eye(1, 384, dtype=np.float32)[0]
    for _ in range(4):
        found, complete = neighbours.nearest(vector, 10, {"source": "another"})
    assert found == [] and complete
    assert neighbours._held is None


def test_nothing_is_near_in_an_empty_collection(tmp_path: Path) -> None:
    index = open_collections(tmp_path / "empty")
    assert Neighbours(index._passages).nearest(np.zeros(384, dtype=np.float32), 5, None) == ([], True)
