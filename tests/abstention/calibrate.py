"""Fits the decision of answering/relevance.py on the development half, and prints the table to write there.

Run: python -m tests.abstention.calibrate
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aidx_assistant import locations
from aidx_assistant.answering.candidates import evidence_of
from aidx_assistant.answering.draft import citation
from aidx_assistant.answering.refusal import question_refused
from aidx_assistant.answering.relevance import Features, features, read_question, weighted_terms
from aidx_assistant.answering.suitability import unfit
from aidx_assistant.library.embedding import MiniLmEmbedder
from aidx_assistant.library.library import Library
from tests.abstention.labelled import Labelled, is_gold, labelled, retrieved_for

_NAMES = ("similarity", "asked", "asked_closely", "coverage", "unknown")
_RIDGE = 0.3
"""The penalty on the weights: the set is small, and the next questions will be put otherwise."""
_ROUNDS = 5
_WORSE = 1.5
"""How much worse an unanswerable question answered is than an answerable one refused."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question with the features of the sentences that break no rule."""

    question: Labelled
    all_features: NDArray[np.float64]
    """Of shape (sentences, len(_NAMES))."""
    gold: NDArray[np.bool_]


def examples(library: Library) -> list[Example]:
    findings = {finding.id: finding for finding in library.store.findings()}
    made = []
    for item in labelled("development"):
        retrieved = retrieved_for(item.question, library)
        evidence = evidence_of(retrieved)
        question = read_question(item.question, evidence)
        if question_refused(question, evidence, retrieved):
            continue
        weighted = weighted_terms(question, evidence)
        fit = [c for c in evidence.candidates if not unfit(c, question, retrieved.sources)]
        if not fit:
            continue
        gold = [
            is_gold(
                citation(1, c.passage, c.position, c.position + 1, retrieved.sources[c.passage.source_id]),
                item.gold,
                findings,
            )
            for c in fit
        ]
        rows = [_row(features(c, weighted, question)) for c in fit]
        made.append(Example(item, np.array(rows), np.array(gold)))
    return made


def fitted(chosen: list[Example], with_questions: bool = True) -> NDArray[np.float64]:
    """Weights and bias of a logistic regression on each question's best sentence.

    Best is what the weights themselves put first, among the gold sentences where the question is answerable; so
    fitting and choosing take turns. Without questions, what sentences are known to answer is left out.
    """
    used = np.array([1.0 if with_questions or "asked" not in name else 0.0 for name in _NAMES])
    weights = np.append(np.array([1.0, 1.0, 0.0, 1.0, 0.0]) * used, -1.0)
    for _ in range(_ROUNDS):
        rows, labels = [], []
        for example in chosen:
            scores = example.all_features @ weights[:-1]
            if example.question.answerable and example.gold.any():
                rows.append(example.all_features[np.argmax(np.where(example.gold, scores, -np.inf))] * used)
                labels.append(1.0)
            elif not example.question.answerable:
                rows.append(example.all_features[np.argmax(scores)] * used)
                labels.append(0.0)
        weights = _logistic(np.array(rows), np.array(labels))
    return _with_best_bias(weights, chosen)


def _with_best_bias(weights: NDArray[np.float64], chosen: list[Example]) -> NDArray[np.float64]:
    """The same weights with log odds 0 where the shares of errors, weighed by how bad they are, add up to least."""
    sure: dict[bool, list[float]] = {True: [], False: []}
    for example in chosen:
        sure[example.question.answerable].append(float((example.all_features @ weights[:-1]).max()))
    answerable, unanswerable = np.array(sure[True]), np.array(sure[False])
    places = np.sort(np.concatenate([answerable, unanswerable]))
    between = (places[1:] + places[:-1]) / 2
    refused = (answerable[:, None] < between).mean(axis=0)
    answered = (unanswerable[:, None] >= between).mean(axis=0)
    errors = refused + _WORSE * answered
    best = between[np.isclose(errors, errors.min())]
    return np.append(weights[:-1], -float(np.median(best)))


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
    return [found.similarity, found.asked or 0.0, found.asked_closely, found.coverage, found.unknown]


def _errors(weights: NDArray[np.float64], chosen: list[Example]) -> tuple[list[str], list[str]]:
    """Ids of the answerable ones refused and of the unanswerable ones answered."""
    refused, answered = [], []
    for example in chosen:
        answers = bool((example.all_features @ weights[:-1] + weights[-1] >= 0).any())
        if example.question.answerable and not answers:
            refused.append(example.question.id)
        if not example.question.answerable and answers:
            answered.append(example.question.id)
    return refused, answered


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        library = Library(Path(home), MiniLmEmbedder)
        library.sync(locations.corpus_folder())
        all_examples = examples(library)
        weights = fitted(all_examples)
        for title, found in (("WITH", weights), ("WITHOUT", fitted(all_examples, with_questions=False))):
            named = zip((*_NAMES, "bias"), found.round(2).tolist(), strict=True)
            print(f"{title}_QUESTIONS = Weights({', '.join(f'{name}={weight}' for name, weight in named)})")
        print("on what it was fitted on: refused, answered", _errors(weights, all_examples))
        refused, answered = [], []
        for fold in range(10):
            kept = [e for place, e in enumerate(all_examples) if place % 10 != fold]
            left_out = [e for place, e in enumerate(all_examples) if place % 10 == fold]
            errors = _errors(fitted(kept), left_out)
            refused += errors[0]
            answered += errors[1]
        print("tenfold: refused, answered", refused, answered)
        margins = sorted(
            (round(float((e.all_features @ weights[:-1]).max() + weights[-1]), 2), e.question.id) for e in all_examples
        )
        print("least sure:", [m for m in margins if abs(m[0]) < 1.2])
        library.close()


if __name__ == "__main__":
    main()
