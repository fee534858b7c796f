"""The vectors that ship with the corpus are those that would be made; without them they are made."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from aidx_assistant import locations
from aidx_assistant.library.embedding import Embedder, MiniLmEmbedder
from aidx_assistant.library.known_vectors import KNOWN_VECTORS, KnowingEmbedder, write_known_vectors
from tests.corpus_vectors import corpus_texts


class Counting:
    """Embeds nothing well, but counts."""

    fingerprint = "counting"
    dimensions = 3

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.embedded += texts
        return np.array([[1, 0, 0]] * len(texts), dtype=np.float32)


def test_every_text_of_the_corpus_has_its_vector_and_no_other(embedder: MiniLmEmbedder) -> None:
    """Where this fails: make vectors."""
    texts = corpus_texts()
    knowing = KnowingEmbedder(embedder, locations.corpus_folder())
    assert len(knowing.known) == len(set(texts))
    some = texts[::40]
    shipped = KnowingEmbedder(_Refusing(embedder), locations.corpus_folder()).embed(texts)[::40]
    assert np.abs(np.sum(shipped * embedder.embed(some), axis=1) - 1).max() < 0.001


def test_what_is_not_known_is_made_and_the_order_kept(tmp_path: Path) -> None:
    first, second = Counting(), Counting()
    write_known_vectors(tmp_path, ["a", "b"], first)
    vectors = KnowingEmbedder(second, tmp_path).embed(["c", "a", "d", "b"])
    assert second.embedded == ["c", "d"]
    assert vectors.shape == (4, 3)
    assert KnowingEmbedder(second, tmp_path).embed([]).shape == (0, 3)


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:100])


def _of_another(file: Path) -> None:
    other = Counting()
    other.fingerprint = "another"
    write_known_vectors(file.parent, ["a"], other)


def _overwritten(file: Path) -> None:
    file.write_text("no vectors", encoding="utf-8")


def _emptied(file: Path) -> None:
    file.write_bytes(b"")


@pytest.mark.parametrize("spoil", [Path.unlink, _cut, _overwritten, _emptied, _of_another])
def test_a_file_that_cannot_be_used_is_as_good_as_empty(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    write_known_vectors(tmp_path, ["a"], Counting())
    spoil(tmp_path / KNOWN_VECTORS)
    embedder = Counting()
    KnowingEmbedder(embedder, tmp_path).embed(["a"])
    assert embedder.embedded == ["a"]


def test_the_same_texts_make_the_same_file(tmp_path: Path) -> None:
    write_known_vectors(tmp_path, ["a", "b", "a"], Counting())
    once = shutil.copy(tmp_path / KNOWN_VECTORS, tmp_path / "once")
    write_known_vectors(tmp_path, ["b", "a"], Counting())
    assert Path(once).read_bytes() == (tmp_path / KNOWN_VECTORS).read_bytes()


class _Refusing:
    def __init__(self, embedder: Embedder) -> None:
        self.fingerprint, self.dimensions = embedder.fingerprint, embedder.dimensions

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise AssertionError(f"not known: {texts}")
