"""Fuses the scores of three rankings into one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """The share of each ranking in the fused score; tuned on Cranfield's questions alone."""

    words: float = 0.3
    passages: float = 0.5
    sentences: float = 0.2


@dataclass(frozen=True, slots=True)
class Scores:
    """One ranking's raw scores by passage id, higher is better.

    `floor` is the score of whatever is not listed: the lowest that the ranking can give where it lists only its
    best, None where it lists all (then the lowest listed).
    """

    by_passage: Mapping[str, float]
    floor: float | None

    def normalised(self) -> dict[str, float]:
        """Scores between 0 and 1: (score - lowest) / (highest - lowest).

        The theoretical lowest in place of a cut list's own follows Bruch, Gai and Ingber (2023), "An Analysis of
        Fusion Functions for Hybrid Retrieval".
        """
        if not self.by_passage:
            return {}
        lowest = min(self.by_passage.values()) if self.floor is None else self.floor
        highest = max(self.by_passage.values())
        if highest <= lowest:
            return dict.fromkeys(self.by_passage, 1.0)
        return {id_: (score - lowest) / (highest - lowest) for id_, score in self.by_passage.items()}


def fused(words: Scores, passages: Scores, sentences: Scores, weights: Weights) -> dict[str, float]:
    """The weighted sum of the normalised scores by passage id; a passage that a ranking lacks gets 0 from it."""
    total: dict[str, float] = {}
    for scores, weight in ((words, weights.words), (passages, weights.passages), (sentences, weights.sentences)):
        for id_, score in scores.normalised().items():
            total[id_] = total.get(id_, 0.0) + weight * score
    return total
