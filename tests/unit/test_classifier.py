"""The classifier that ships with the corpus is the one that would be fitted; without it nothing is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from aidx_assistant import locations
from aidx_assistant.library.classifier import CLASSIFIER, Classifier, Regression, write_classifier
from aidx_assistant.library.embedding import MiniLmEmbedder
from aidx_assistant.reading.corpus import read_corpus
from aidx_assistant.terms import keys_of
from tests.classifier.fit import Fitting

_MOVED = 0.3
"""How far log odds may lie from those of another fit, which ends before the last digits are settled: with one thread
for sums in place of two they move by up to 0.2."""
_MOVED_ON_AVERAGE = 0.1
_FITTED = Regression(
    places=[("p/1", "One."), ("p/1", "Two."), ("p/2", "Three.")],
    terms={"budget": 0, "pilot": 1},
    of_vector=np.array([[2.0, 0, 1], [0, 0, 0], [0, 3, 0], [1, 1, 0]]),
    of_terms=np.array([[0.0, 4, 0, 0], [0, 0, 2, 0]]),
)
"""Of three places and none: two dimensions and the bias; two terms."""
_QUESTIONS = {("p/1", "Two."): ["Who pays?", "Whose budgets?"]}
_VECTOR = np.array([1, 0], dtype=np.float32)


def _log_odds(folder: Path, question: str) -> dict[tuple[str, str], float]:
    known = Classifier(folder, "model", 2).known(question, _VECTOR)
    return {(id_, sentence): one.log_odds for id_, of_passage in known.items() for sentence, one in of_passage.items()}


def test_log_odds_are_those_of_the_place_against_none(tmp_path: Path) -> None:
    write_classifier(tmp_path, "model", _FITTED, _QUESTIONS)
    odds = _log_odds(tmp_path, "Something?")
    assert odds == {("p/1", "One."): 2.0, ("p/1", "Two."): -1.0, ("p/2", "Three."): -1.0}


def test_words_that_it_knows_count_by_how_many_there_are(tmp_path: Path) -> None:
    write_classifier(tmp_path, "model", _FITTED, _QUESTIONS)
    assert _log_odds(tmp_path, "Whose budgets?")["p/1", "Two."] == pytest.approx(3.0)
    both = _log_odds(tmp_path, "Whose budgets for pilots?")
    assert both["p/1", "Two."] == pytest.approx(4 / 2**0.5 - 1)
    assert both["p/2", "Three."] == pytest.approx(2 / 2**0.5 - 1)


def test_it_keeps_what_the_questions_of_each_sentence_are_made_of(tmp_path: Path) -> None:
    write_classifier(tmp_path, "model", _FITTED, _QUESTIONS)
    known = Classifier(tmp_path, "model", 2).known("Something?", _VECTOR)
    asked = known["p/1"]["Two."].questions
    assert asked.keys == (keys_of("Who pays?"), keys_of("Whose budgets?"))
    assert asked.every_key == keys_of("Who pays?") | keys_of("Whose budgets?")
    assert asked.words == {"who", "pays", "whose", "budgets"}
    assert known["p/2"]["Three."].questions.keys == ()


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:100])


def _emptied(file: Path) -> None:
    file.write_bytes(b"")


def _of_another(file: Path) -> None:
    write_classifier(file.parent, "another", _FITTED, _QUESTIONS)


def _not_finite(file: Path) -> None:
    weights = np.where(_FITTED.of_vector > 2, np.nan, _FITTED.of_vector)
    write_classifier(file.parent, "model", replace(_FITTED, of_vector=weights), _QUESTIONS)


def _of_another_make(file: Path) -> None:
    np.save(file.with_suffix(".npy"), _FITTED.of_vector)
    file.with_suffix(".npy").rename(file)


def _encrypted(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    file.write_bytes(data)


def _of_other_places(file: Path) -> None:
    write_classifier(file.parent, "model", replace(_FITTED, places=_FITTED.places[:1]), _QUESTIONS)


def _without_questions(file: Path) -> None:
    with np.load(file) as kept:
        arrays = {name: kept[name] for name in kept.files if name != "key_numbers"}
    np.savez(file, **arrays)


def _of_other_questions(file: Path) -> None:
    with np.load(file) as kept:
        arrays = {name: kept[name] for name in kept.files}
    np.savez(file, **arrays | {"key_numbers": arrays["key_numbers"][1:]})


_BAD_ARRAYS: dict[str, np.ndarray] = {
    "places": np.frombuffer(b"no JSON", dtype=np.uint8),
    "terms": np.frombuffer(b"null", dtype=np.uint8),
    "of_vector": np.ones((4, 3, 1), dtype=np.float16),
    "of_terms": np.array(["a", "b"]),
    "key_names": np.frombuffer(b"{}", dtype=np.uint8),
    "key_numbers": np.array([-1, 0, 1, 2]),
    "word_lengths": np.array([1.5, 2.0]),
    "question_counts": np.array(3, dtype=np.uint16),
}


@pytest.mark.parametrize("name", _BAD_ARRAYS)
def test_arrays_that_are_no_such_thing_know_nothing(tmp_path: Path, name: str) -> None:
    write_classifier(tmp_path, "model", _FITTED, _QUESTIONS)
    with np.load(tmp_path / CLASSIFIER) as kept:
        arrays = {name: kept[name] for name in kept.files}
    np.savez(tmp_path / CLASSIFIER, **arrays | {name: _BAD_ARRAYS[name]})
    classifier = Classifier(tmp_path, "model", 2)
    assert classifier.size == 0
    assert classifier.known("Whose budgets?", _VECTOR) == {}


def test_weights_that_no_fit_gives_are_damage(tmp_path: Path) -> None:
    write_classifier(tmp_path, "model", replace(_FITTED, of_terms=_FITTED.of_terms * 10_000), _QUESTIONS)
    assert _log_odds(tmp_path, "Whose budgets?") == {}


def _of_other_terms(file: Path) -> None:
    write_classifier(file.parent, "model", replace(_FITTED, terms={"budget": 0}), _QUESTIONS)


def _of_other_dimensions(file: Path) -> None:
    write_classifier(file.parent, "model", replace(_FITTED, of_vector=_FITTED.of_vector[:, 1:]), _QUESTIONS)


@pytest.mark.parametrize(
    "spoil",
    [
        Path.unlink,
        _cut,
        _emptied,
        _of_another,
        _of_another_make,
        _of_other_places,
        _of_other_terms,
        _without_questions,
        _of_other_questions,
        _of_other_dimensions,
        _not_finite,
        _encrypted,
    ],
)
def test_a_file_that_cannot_be_used_knows_nothing(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    write_classifier(tmp_path, "model", _FITTED, _QUESTIONS)
    spoil(tmp_path / CLASSIFIER)
    assert _log_odds(tmp_path, "Whose budgets?") == {}


def test_it_knows_the_questions_of_every_sentence(embedder: MiniLmEmbedder) -> None:
    """Where this fails: make vectors."""
    asked: dict[tuple[str, str], list[frozenset[str]]] = {}
    for passage in (passage for read in read_corpus(locations.corpus_folder()) for passage in read.passages):
        for position, question in passage.asked:
            asked.setdefault((passage.id, passage.sentences[position]), []).append(keys_of(question))
    classifier = Classifier(locations.corpus_folder(), embedder.fingerprint, embedder.dimensions)
    question = "How many proofs of concept go into production?"
    known = classifier.known(question, embedder.embed([question])[0])
    kept = {
        (id_, sentence): list(one.questions.keys) for id_, found in known.items() for sentence, one in found.items()
    }
    assert kept == asked


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_it_is_the_one_that_the_known_questions_give(embedder: MiniLmEmbedder) -> None:
    """Where this fails: make vectors."""
    question = "Which share of large providers' pilots goes live?"
    fitted, vector = Fitting(embedder).fitted(), embedder.embed([question])[0]
    classifier = Classifier(locations.corpus_folder(), embedder.fingerprint, embedder.dimensions)
    shipped = classifier.known(question, vector)
    scores = fitted.scores(question, vector)
    moved = [
        abs(shipped[passage_id][sentence].log_odds - score)
        for (passage_id, sentence), score in zip(fitted.places, scores[:-1] - scores[-1], strict=True)
    ]
    assert max(moved) <= _MOVED
    assert sum(moved) / len(moved) <= _MOVED_ON_AVERAGE
