"""Fits the classifier that ships with the corpus on the questions that are known: part of `make vectors`."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

from aidx_assistant import locations
from aidx_assistant.evaluation.questions import read_questions
from aidx_assistant.library.classifier import Place, Regression, held_terms, weight_of_each
from aidx_assistant.library.embedding import Embedder
from aidx_assistant.reading.corpus import ReadSource, read_corpus
from aidx_assistant.terms import keys_of
from tests.abstention.labelled import author_of, labelled
from tests.classifier.softmax import Examples, softmax_regression

_TRAINING = Path(__file__).with_name("training.toml")
"""Questions that are known for this alone."""
_OF_VECTOR, _OF_TERMS = 10.0, 30.0
"""The inverse of the penalties' strength: of 3 to 30 each, what tells most of questions whose authors are left out."""
_FEWEST = 6
"""Questions that have a term, for it to be learnt."""
_MOST_PLACES = 3
"""A question that more places answer tells little of each."""


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """A question, and which place answers it; None for a question that nothing in the corpus answers."""

    author: str
    """Empty for the questions that ship with the corpus."""
    question: str
    answer: Place | None


class Fitting:
    """Everything that is known, with its vectors, made once; fits without some authors as well."""

    def __init__(self, embedder: Embedder) -> None:
        sources = read_corpus(locations.corpus_folder())
        shipped = list(_shipped(sources))
        self.shipped: dict[Place, list[str]] = {}
        """The questions that ship with the corpus, by their places."""
        for one in shipped:
            if one.answer:
                self.shipped.setdefault(one.answer, []).append(one.question)
        self.places = tuple(self.shipped)
        known = [*shipped, *_for_this_alone(), *_labelled(sources, self.places), *_of_evaluation()]
        measured = _measured()
        known = [one for one in known if one.question.casefold() not in measured]
        self._authors = [one.author for one in known]
        keys = [keys_of(one.question) for one in known]
        times = Counter(chain.from_iterable(keys))
        self._terms = {key: row for row, key in enumerate(sorted(k for k, count in times.items() if count >= _FEWEST))}
        number = {place: at for at, place in enumerate(self.places)}
        self._examples = Examples(
            embedder.embed([one.question for one in known]).astype(np.float64),
            _held(keys, self._terms),
            np.array([number[one.answer] if one.answer else len(self.places) for one in known]),
        )

    def fitted(self, without: Callable[[str], bool] = lambda author: False) -> Regression:
        """`without` says whose questions to leave out."""
        kept = np.array([not (author and without(author)) for author in self._authors])
        of_vector, of_terms = softmax_regression(
            self._examples.among(kept), len(self.places) + 1, _OF_VECTOR, _OF_TERMS
        )
        return Regression(self.places, self._terms, of_vector.T, of_terms)


def _held(keys: Sequence[frozenset[str]], terms: Mapping[str, int]) -> csr_matrix:
    """A row for each question, as `Regression` weighs its terms."""
    rows = [held_terms(of_one, terms) for of_one in keys]
    values = np.concatenate([np.full(len(row), weight_of_each(row)) for row in rows])
    ends = np.cumsum([0, *map(len, rows)])
    return csr_matrix((values, np.array(list(chain.from_iterable(rows))), ends), shape=(len(rows), len(terms)))


def _shipped(sources: Sequence[ReadSource]) -> Iterator[KnownQuestion]:
    for read in sources:
        for passage in read.passages:
            for position, question in passage.asked:
                yield KnownQuestion("", question, (passage.id, passage.sentences[position]))


def _for_this_alone() -> Iterator[KnownQuestion]:
    tables = tomllib.loads(_TRAINING.read_text(encoding="utf-8"))
    for table in tables["answered"]:
        for question in table["asked"]:
            yield KnownQuestion(table["author"], question, (table["passage"], table["sentence"]))
    for table in tables["unanswered"]:
        for question in table["asked"]:
            yield KnownQuestion(table["author"], question, None)


def _labelled(sources: Sequence[ReadSource], places: Sequence[Place]) -> Iterator[KnownQuestion]:
    """The development questions on abstention, as far as their labels name few places."""
    stated, of_slides, known_places = _stated(sources), _of_slides(sources), set(places)
    for one in labelled("development"):
        if not one.answerable:
            yield KnownQuestion(author_of(one), one.question, None)
        gold = [place for name in one.gold for place in (*stated.get(name, ()), *of_slides.get(name, ()))]
        known = [place for place in dict.fromkeys(gold) if place in known_places]
        if len(known) <= _MOST_PLACES:
            for place in known:
                yield KnownQuestion(author_of(one), one.question, place)


def _stated(sources: Sequence[ReadSource]) -> dict[str, tuple[Place, ...]]:
    """Where each finding is stated, by its id."""
    passages = {passage.id: passage for read in sources for passage in read.passages}
    return {
        finding.id: ((finding.passage_id, passages[finding.passage_id].sentences[finding.sentence]),)
        for read in sources
        for finding in read.findings
    }


def _of_slides(sources: Sequence[ReadSource]) -> dict[str, tuple[Place, ...]]:
    """The sentences of each slide, by the name that the labels give it."""
    return {
        f"slide:{passage.locator.number}": tuple((passage.id, sentence) for sentence in passage.sentences)
        for read in sources
        for passage in read.passages
        if passage.locator.kind == "slide"
    }


def _measured() -> frozenset[str]:
    """What anything is measured with is not learnt by heart, where an author has put it in the very words."""
    asked = [one.question for half in ("held-out", "near-miss", "last") for one in labelled(half)]
    asked += [one.ask for one in read_questions(locations.questions_folder()) if one.half == "test"]
    return frozenset(question.casefold() for question in asked)


def _of_evaluation() -> Iterator[KnownQuestion]:
    """The unanswered questions of the evaluation's development half: those answered name sections, not sentences."""
    for one in read_questions(locations.questions_folder()):
        if one.half == "development" and not one.is_answered and not one.earlier:
            yield KnownQuestion(one.kind.removesuffix("_unanswered"), one.ask, None)
