"""The classifier that ships with the corpus is the one that would be fitted; without it nothing is known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from aidx_assistant import locations
from aidx_assistant.library.classifier import CLASSIFIER, Classifier, write_classifier
from aidx_assistant.library.embedding import MiniLmEmbedder
from aidx_assistant.reading.corpus import read_corpus
from tests.classifier.fit import Fitting

_PLACES = [("p/1", "One."), ("p/1", "Two."), ("p/2", "Three.")]
_WEIGHTS = np.array([[2.0, 0, 1], [0, 0, 0], [0, 3, 0], [1, 1, 0]])
"""Of three places and none: two dimensions and the bias."""
_VECTOR = np.array([1, 0], dtype=np.float32)


def test_log_odds_are_those_of_the_place_against_none(tmp_path: Path) -> None:
    write_classifier(tmp_path, "model", _PLACES, _WEIGHTS)
    odds = Classifier(tmp_path, "model", 2).log_odds(_VECTOR)
    assert odds == {"p/1": {"One.": 2.0, "Two.": -1.0}, "p/2": {"Three.": -1.0}}


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:100])


def _emptied(file: Path) -> None:
    file.write_bytes(b"")


def _of_another(file: Path) -> None:
    write_classifier(file.parent, "another", _PLACES, _WEIGHTS)


def _not_finite(file: Path) -> None:
    write_classifier(file.parent, "model", _PLACES, np.where(_WEIGHTS > 2, np.nan, _WEIGHTS))


def _of_another_make(file: Path) -> None:
    np.save(file.with_suffix(".npy"), _WEIGHTS)
    file.with_suffix(".npy").rename(file)


def _encrypted(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    file.write_bytes(data)


def _of_other_places(file: Path) -> None:
    write_classifier(file.parent, "model", _PLACES[:1], _WEIGHTS)


@pytest.mark.parametrize(
    "spoil", [Path.unlink, _cut, _emptied, _of_another, _of_another_make, _of_other_places, _not_finite, _encrypted]
)
def test_a_file_that_cannot_be_used_knows_nothing(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    write_classifier(tmp_path, "model", _PLACES, _WEIGHTS)
    spoil(tmp_path / CLASSIFIER)
    assert Classifier(tmp_path, "model", 2).log_odds(_VECTOR) == {}


def test_every_sentence_that_questions_are_known_for_is_known(embedder: MiniLmEmbedder) -> None:
    """Where this fails: make vectors."""
    passages = [passage for read in read_corpus(locations.corpus_folder()) for passage in read.passages]
    asked = {(one.id, one.sentences[position]) for one in passages for position, _ in one.asked}
    classifier = Classifier(locations.corpus_folder(), embedder.fingerprint, embedder.dimensions)
    odds = classifier.log_odds(embedder.embed(["How many proofs of concept go into production?"])[0])
    assert {(id_, sentence) for id_, of_passage in odds.items() for sentence in of_passage} == asked


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_it_is_the_one_that_the_known_questions_give(embedder: MiniLmEmbedder) -> None:
    """Where this fails: make vectors."""
    fitting = Fitting(embedder)
    anew, question = fitting.fitted(), embedder.embed(["Which share of large providers' pilots goes live?"])[0]
    classifier = Classifier(locations.corpus_folder(), embedder.fingerprint, embedder.dimensions)
    shipped = classifier.log_odds(question)
    scores = anew[:, :-1] @ question + anew[:, -1]
    for (passage_id, sentence), score in zip(fitting.places, scores[:-1] - scores[-1], strict=True):
        assert shipped[passage_id][sentence] == pytest.approx(score, abs=0.1)
