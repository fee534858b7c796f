"""Large libraries of generated text with synthetic vectors: their times tell, their answers mean nothing."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aidx_assistant.evidence import Locator, Passage, Source
from aidx_assistant.library.embedding import MiniLmEmbedder
from aidx_assistant.library.library import Library
from aidx_assistant.library.records import StoredPassage
from aidx_assistant.retrieval.wording import FUNCTION_WORDS
from tests.fakes.sources import write_source

SENTENCES_A_PASSAGE = 5
_PASSAGES_A_SOURCE = 10_000
_WORDS_A_SENTENCE = 17
_TOKENS_A_PASSAGE = 130
_VOCABULARY = 20_000
_TOPICS = 500
_SPREAD = 0.7
"""Of a vector around the centre of its topic: what is near to a question then stands out a little, as in real text."""


class SyntheticVectors(MiniLmEmbedder):
    """A vector by a hash of the text, so that a large library is made in hours, not days.

    A text by itself, as a question is, is embedded for real as well: its time counts.
    """

    fingerprint = "synthetic/1"

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if len(texts) == 1:
            super().embed(texts)
        vectors = np.stack([self._vector(text) for text in texts])
        unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    def _vector(self, text: str) -> NDArray[np.float32]:
        seed = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())
        noise = np.random.default_rng(seed).standard_normal(self.dimensions, dtype=np.float32)
        vector: NDArray[np.float32] = self._centres[seed % _TOPICS] + _SPREAD * noise
        return vector

    @cached_property
    def _centres(self) -> NDArray[np.float32]:
        return np.random.default_rng(0).standard_normal((_TOPICS, self.dimensions), dtype=np.float32)


class GeneratedText:
    """Sentences of invented words that are as unevenly frequent as those of a language (Zipf's law); the most frequent
    are English function words, which make up half of any text.
    """

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        syllables = [a + b for a in "bdfghklmnprstvz" for b in "aeiou"]
        named = random.Random(0)
        words = dict.fromkeys(sorted(FUNCTION_WORDS))
        while len(words) < _VOCABULARY:
            words["".join(named.choices(syllables, k=1 + len(words) // 8000 + named.randint(0, 2)))] = None
        self._words = list(words)
        self._weights = list(accumulate(1 / rank for rank in range(1, _VOCABULARY + 1)))

    def sentence(self, words: int = _WORDS_A_SENTENCE) -> str:
        said = self._chance.choices(self._words, cum_weights=self._weights, k=words)
        return f"{' '.join(said).capitalize()}."

    def passages(self, source_id: str, count: int) -> list[StoredPassage]:
        stored = []
        for number in range(count):
            sentences = tuple(self.sentence() for _ in range(SENTENCES_A_PASSAGE))
            passage = Passage(
                f"{source_id}/section/{number}/1",
                source_id,
                Locator("section", heading=self.sentence(4)),
                sentences,
                ("all",),
            )
            stored.append(StoredPassage(passage, _TOKENS_A_PASSAGE, number))
        return stored


def open_large(home: Path) -> Library:
    """The library in a home that `fill` may have filled."""
    write_source(home / "corpus", "tiny", [["A sentence."]])
    library = Library(home, SyntheticVectors)
    library.sync(home / "corpus")
    return library


def fill(library: Library, sentences: int) -> None:
    """Stores so many sentences, without their vectors: the next sync makes those."""
    text = GeneratedText(seed=1)
    left = sentences // SENTENCES_A_PASSAGE
    number = 0
    while left:
        count = min(left, _PASSAGES_A_SOURCE)
        store_source(library, f"s{number:03}", text.passages(f"s{number:03}", count))
        left -= count
        number += 1


def store_source(library: Library, source_id: str, passages: Sequence[StoredPassage]) -> None:
    source = Source(source_id, f"Generated {source_id}", (), "", None, None, False, (), 0, "")
    library.store.replace_source(source, 0, passages, ())
