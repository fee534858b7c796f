"""Fits the decision of answering/relevance.py on the development questions, and prints the table to write there.

Run: python -m tests.abstention.calibrate
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aidx_assistant import locations
from aidx_assistant.answering.candidates import evidence_of
from aidx_assistant.answering.draft import citation
from aidx_assistant.answering.judging import judged, weighed
from aidx_assistant.answering.refusal import question_refused
from aidx_assistant.answering.relevance import Features, read_question
from aidx_assistant.answering.selection import known_answer
from aidx_assistant.library.classifier import CLASSIFIER, write_classifier
from aidx_assistant.library.embedding import MiniLmEmbedder
from aidx_assistant.library.library import Library
from tests.abstention.labelled import Labelled, author_of, is_gold, labelled, of_evaluation, of_training, retrieved_for
from tests.classifier.fit import Fitting

_NAMES = ("similarity", "known", "coverage", "unknown", "behind")
_RIDGE = 0.3
"""The penalty on the weights: the set is small, and the next questions will be put otherwise."""
_ROUNDS = 5
_EVERY = 7
"""Of the questions that are known for the classifier alone, every seventh is weighed too."""
_FOLDS = 4
"""In so many parts the authors are left out of the classifier in turn (stacking; Wolpert, 1992)."""
_REFUSED_WITH_QUESTIONS, _REFUSED_WITHOUT = 0.03, 0.025
"""The share of the answerable questions that the threshold refuses, beside those that the rules refuse, where sentences
have questions that they are known to answer and where they have none. What is fitted on in the first case has harder
questions in it, half of them near misses and far paraphrases by authors whom the classifier does not know."""

Fit = Callable[["list[Example]"], NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Example:
    """A question with the features of the sentences that break no rule."""

    question: Labelled
    all_features: NDArray[np.float64]
    """Of shape (sentences, len(_NAMES)); no sentences where the question itself is refused."""
    gold: NDArray[np.bool_]
    known: bool
    """Whether it is answered by what is known of the findings, whatever the sentences weigh."""

    def best(self, weights: NDArray[np.float64]) -> float:
        """The log odds of its best sentence, without the bias."""
        if self.known:
            return float("inf")
        return float((self.all_features @ weights[:-1]).max(initial=-np.inf))


def questions() -> tuple[Labelled, ...]:
    return (*labelled("development"), *of_evaluation())


def with_some_of_training() -> tuple[Labelled, ...]:
    return (*questions(), *of_training()[::_EVERY])


def examples_of_others(library: Library, folder: Path) -> list[Example]:
    """Every question with the features that it has by a classifier which its author had no part in."""
    fitting = Fitting(library.embedder)
    authors = sorted({author_of(item) for item in with_some_of_training()})
    made = []
    for fold in range(_FOLDS):
        left_out = set(authors[fold::_FOLDS])
        corpus = Path(shutil.copytree(locations.corpus_folder(), folder / f"without-{fold}"))
        fitted = fitting.fitted(left_out.__contains__)
        write_classifier(corpus, library.embedder.fingerprint, fitted, fitting.shipped)
        library.sync(corpus)
        made += examples(library, [item for item in with_some_of_training() if author_of(item) in left_out])
    return made


def examples(library: Library, chosen: Iterable[Labelled]) -> list[Example]:
    findings = {finding.id: finding for finding in library.store.findings()}
    made = []
    for item in chosen:
        retrieved = retrieved_for(item.question, library)
        evidence = evidence_of(retrieved)
        question = read_question(item.question, evidence)
        refused = question_refused(question, evidence, retrieved, judged(question, evidence, retrieved))
        all_weighed = () if refused else weighed(question, evidence, retrieved)
        fit = [(candidate, found) for candidate, found, rule in all_weighed if rule is None]
        if any(found.known is not None for _, found in fit):
            fit = [(candidate, found) for candidate, found in fit if found.known is not None]
        gold = [
            is_gold(
                citation(1, c.passage, c.position, c.position + 1, retrieved.sources[c.passage.source_id]),
                item.gold,
                findings,
            )
            for c, _ in fit
        ]
        rows = [_row(found) for _, found in fit]
        known = not refused and bool(known_answer(question, evidence.candidates, retrieved.sources))
        made.append(Example(item, np.array(rows).reshape(-1, len(_NAMES)), np.array(gold, dtype=bool), known))
    return made


def corpus_without_questions(folder: Path) -> Path:
    """A copy of the shipped corpus in an empty folder, whose sentences have no questions that they answer."""
    ignore = shutil.ignore_patterns("questions.toml", CLASSIFIER)
    return Path(shutil.copytree(locations.corpus_folder(), folder / "corpus", ignore=ignore))


def fitted_with_questions(chosen: list[Example]) -> NDArray[np.float64]:
    """By the known questions and the words alone: beside these the rest tells nothing more."""
    return fitted(chosen, _REFUSED_WITH_QUESTIONS, ("known", "coverage"))


def fitted_without(chosen: list[Example]) -> NDArray[np.float64]:
    return fitted(chosen, _REFUSED_WITHOUT, ("similarity", "coverage", "unknown", "behind"))


def fitted(chosen: list[Example], refused: float, by: Sequence[str]) -> NDArray[np.float64]:
    """Weights and bias of a logistic regression on each question's best sentence, by the features that are named.

    Best is what the weights themselves put first, among the gold sentences where the question is answerable; so
    fitting and choosing take turns. The threshold refuses the share `refused` of the answerable questions.
    """
    weighed_by = np.array([name in by for name in _NAMES], dtype=float)
    weights = np.append(weighed_by, -1.0)
    weighing = [example for example in chosen if not example.known]
    for _ in range(_ROUNDS):
        rows, labels = [], []
        for example in weighing:
            scores = example.all_features @ weights[:-1]
            if example.question.answerable and example.gold.any():
                rows.append(example.all_features[np.argmax(np.where(example.gold, scores, -np.inf))])
                labels.append(1.0)
            elif not example.question.answerable and len(scores):
                rows.append(example.all_features[np.argmax(scores)])
                labels.append(0.0)
        weights = _logistic(np.array(rows) * weighed_by, np.array(labels))
    return _with_bias(weights, weighing, refused)


def _with_bias(weights: NDArray[np.float64], chosen: list[Example], refused: float) -> NDArray[np.float64]:
    """The same weights with log odds 0 where `refused` of the answerable ones that can be answered are refused."""
    sure = np.array([e.best(weights) for e in chosen if e.question.answerable and e.gold.any()])
    return np.append(weights[:-1], -float(np.quantile(sure, refused)))


def _logistic(rows: NDArray[np.float64], labels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Newton's method with a ridge penalty on everything but the bias; answerable and not weigh the same."""
    inputs = np.hstack([rows, np.ones((len(rows), 1))])
    share = labels.mean()
    importance = np.where(labels == 1.0, 0.5 / share, 0.5 / (1 - share))
    ridge = np.diag([_RIDGE] * rows.shape[1] + [0.0])
    weights = np.zeros(inputs.shape[1])
    for _ in range(50):
        odds = 1 / (1 + np.exp(-inputs @ weights))
        gradient = inputs.T @ (importance * (labels - odds)) - ridge @ weights
        curvature = (inputs * (importance * odds * (1 - odds))[:, None]).T @ inputs + ridge
        weights = weights + np.linalg.solve(curvature, gradient)
    return weights


def _row(found: Features) -> list[float]:
    return [
        found.similarity,
        found.known or 0.0,
        found.coverage,
        found.unknown,
        found.behind,
    ]


def _errors(weights: NDArray[np.float64], chosen: Iterable[Example]) -> tuple[list[str], list[str]]:
    """Ids of the answerable ones refused and of the unanswerable ones answered."""
    refused, answered = [], []
    for example in chosen:
        answers = example.best(weights) + weights[-1] >= 0
        if example.question.answerable and not answers:
            refused.append(example.question.id)
        if not example.question.answerable and answers:
            answered.append(example.question.id)
    return refused, answered


def _left_out(
    chosen: list[Example], fitted: Fit, group: Callable[[int, Example], object]
) -> tuple[list[str], list[str]]:
    """The errors on each group of questions with weights fitted on the others."""
    refused, answered = [], []
    groups = [group(place, example) for place, example in enumerate(chosen)]
    for name in dict.fromkeys(groups):
        kept = [example for example, own in zip(chosen, groups, strict=True) if own != name]
        left = [example for example, own in zip(chosen, groups, strict=True) if own == name]
        errors = _errors(fitted(kept), left)
        refused += errors[0]
        answered += errors[1]
    return refused, answered


def _print_errors(title: str, errors: tuple[list[str], list[str]], chosen: list[Example]) -> None:
    answerable = sum(example.question.answerable for example in chosen)
    refused, answered = errors
    print(f"{title}: refused {len(refused)} of {answerable} ({len(refused) / answerable:.1%})", *refused)
    unanswerable = len(chosen) - answerable
    print(f"{title}: answered {len(answered)} of {unanswerable} ({len(answered) / unanswerable:.1%})", *answered)


def with_questions(folder: Path) -> list[Example]:
    library = Library(folder / "with", MiniLmEmbedder)
    library.sync(locations.corpus_folder())
    made = examples_of_others(library, folder)
    library.close()
    return made


def without_questions(folder: Path) -> list[Example]:
    library = Library(folder / "without", MiniLmEmbedder)
    library.sync(corpus_without_questions(folder))
    made = examples(library, questions())
    library.close()
    return made


def _calibrate(title: str, fitted: Fit, chosen: list[Example]) -> None:
    weights = fitted(chosen)
    named = zip((*_NAMES, "bias"), weights.round(2).tolist(), strict=True)
    print(f"{title} = Weights({', '.join(f'{name}={weight}' for name, weight in named)})")
    _print_errors("on what it was fitted on", _errors(weights, chosen), chosen)
    _print_errors("tenfold", _left_out(chosen, fitted, lambda place, _: place % 10), chosen)
    _print_errors(
        "each author left out in turn",
        _left_out(chosen, fitted, lambda _, example: author_of(example.question)),
        chosen,
    )
    margins = sorted((round(e.best(weights) + weights[-1], 2), e.question.id) for e in chosen)
    print("least sure:", *[f"{id_} {margin}" for margin, id_ in margins if abs(margin) < 0.5])


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        _calibrate("WITH_QUESTIONS", fitted_with_questions, with_questions(root))
        _calibrate("WITHOUT_QUESTIONS", fitted_without, without_questions(root))


if __name__ == "__main__":
    main()
