"""Fuses the scores of several rankings into one."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """The share of each ranking in the fused score; tuned on the first half of Cranfield's questions."""

    words: float = 0.2
    passages: float = 0.38
    sentences: float = 0.14
    feedback: float = 0.18
    """Of the ranking by the words of what the others put first."""
    one_sentence: float = 0.1
    """Of how much of the question stands in one sentence, for the best alone."""


@dataclass(frozen=True, slots=True)
class Scores:
    """One ranking's raw scores by passage id, higher is better.

    `floor` is the score of whatever is not listed: the lowest that the ranking can give where it lists only its
    best, None where it lists all (then the lowest listed).
    """

    by_passage: Mapping[str, float]
    floor: float | None

    def normalised(self, weight: float = 1.0) -> dict[str, float]:
        """Scores between 0 and `weight`: weight · (score - lowest) / (highest - lowest).

        The theoretical lowest in place of a cut list's own follows Bruch, Gai and Ingber (2023), "An Analysis of
        Fusion Functions for Hybrid Retrieval".
        """
        if not self.by_passage:
            return {}
        lowest = min(self.by_passage.values()) if self.floor is None else self.floor
        highest = max(self.by_passage.values())
        if highest <= lowest:
            return dict.fromkeys(self.by_passage, weight)
        factor = weight / (highest - lowest)
        return {id_: factor * (score - lowest) for id_, score in self.by_passage.items()}


def fused(words: Scores, passages: Scores, sentences: Scores, weights: Weights) -> dict[str, float]:
    """The weighted sum of the normalised scores by passage id; a passage that a ranking lacks gets 0 from it."""
    total = sentences.normalised(weights.sentences)  # of most passages; the others are added to it
    for scores, weight in ((words, weights.words), (passages, weights.passages)):
        for id_, score in scores.normalised(weight).items():
            total[id_] = total.get(id_, 0.0) + score
    return total


def with_feedback(scores: Mapping[str, float], feedback: Scores, weights: Weights) -> dict[str, float]:
    """Fused scores with those of the ranking by the words of what they put first."""
    total = dict(scores)
    for id_, score in feedback.normalised(weights.feedback).items():
        total[id_] = total.get(id_, 0.0) + score
    return total


def raised(scores: Mapping[str, float], log_odds: Mapping[str, float]) -> dict[str, float]:
    """Scores with the probability that a passage answers, both counting the same.

    `log_odds` are by passage id, for those of which it is known what they answer. Without any, the scores stay as
    they are.
    """
    if not log_odds:
        return dict(scores)
    answers = {id_: 1 / (1 + math.exp(-odds)) for id_, odds in log_odds.items()}
    return {id_: (score + answers.get(id_, 0.0)) / 2 for id_, score in scores.items()}
