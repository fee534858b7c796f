"""Fits the classifier that ships with the corpus on the questions that are known: part of `make vectors`."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aidx_assistant import locations
from aidx_assistant.evaluation.questions import read_questions
from aidx_assistant.library.embedding import Embedder
from aidx_assistant.reading.corpus import ReadSource, read_corpus
from tests.abstention.labelled import author_of, labelled

_TRAINING = Path(__file__).with_name("training.toml")
"""Questions that are known for this alone."""
_REGULARISATION = 30.0
"""The inverse of the penalty's strength: of 3 to 300, what tells the development questions' answers best."""
_ROUNDS = 1000
_MOST_PLACES = 3
"""A question that more places answer tells little of each."""

Place = tuple[str, str]
"""A passage's id and a sentence of it."""


@dataclass(frozen=True, slots=True)
class Known:
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
        self.places = tuple(dict.fromkeys(known.answer for known in shipped if known.answer))
        known = [*shipped, *_for_this_alone(), *_labelled(sources, self.places), *_of_evaluation()]
        measured = _measured()
        known = [one for one in known if one.question.casefold() not in measured]
        self._authors = np.array([one.author for one in known])
        number = {place: at for at, place in enumerate(self.places)}
        self._answers = np.array([number[one.answer] if one.answer else len(self.places) for one in known])
        self._vectors = embedder.embed([one.question for one in known])

    def fitted(self, without: Callable[[str], bool] = lambda author: False) -> NDArray[np.float64]:
        """A row of weights with its bias for each place, then for none; `without` says whose questions to leave out."""
        from sklearn.linear_model import LogisticRegression

        kept = np.array([not (author and without(author)) for author in self._authors.tolist()])
        model = LogisticRegression(C=_REGULARISATION, max_iter=_ROUNDS)
        model.fit(self._vectors[kept], self._answers[kept])
        return np.hstack([model.coef_, model.intercept_[:, None]])


def _shipped(sources: Sequence[ReadSource]) -> Iterator[Known]:
    for read in sources:
        for passage in read.passages:
            for position, question in passage.asked:
                yield Known("", question, (passage.id, passage.sentences[position]))


def _for_this_alone() -> Iterator[Known]:
    tables = tomllib.loads(_TRAINING.read_text(encoding="utf-8"))
    for table in tables["answered"]:
        for question in table["asked"]:
            yield Known(table["author"], question, (table["passage"], table["sentence"]))
    for table in tables["unanswered"]:
        for question in table["asked"]:
            yield Known(table["author"], question, None)


def _labelled(sources: Sequence[ReadSource], places: Sequence[Place]) -> Iterator[Known]:
    """The development questions on abstention, as far as their labels name few places."""
    stated, of_slides, known_places = _stated(sources), _of_slides(sources), set(places)
    for one in labelled("development"):
        if not one.answerable:
            yield Known(author_of(one), one.question, None)
        gold = [place for name in one.gold for place in (*stated.get(name, ()), *of_slides.get(name, ()))]
        known = [place for place in dict.fromkeys(gold) if place in known_places]
        if len(known) <= _MOST_PLACES:
            for place in known:
                yield Known(author_of(one), one.question, place)


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
    asked = [one.question for half in ("held-out", "near-miss") for one in labelled(half)]
    asked += [one.ask for one in read_questions(locations.questions_folder()) if one.half == "test"]
    return frozenset(question.casefold() for question in asked)


def _of_evaluation() -> Iterator[Known]:
    """The unanswered questions of the evaluation's development half: those answered name sections, not sentences."""
    for one in read_questions(locations.questions_folder()):
        if one.half == "development" and not one.is_answered and not one.earlier:
            yield Known(one.kind.removesuffix("_unanswered"), one.ask, None)
