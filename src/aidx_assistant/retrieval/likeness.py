"""How alike passages are, and what their likeness tells of how well each fits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from aidx_assistant.evidence import Passage
from aidx_assistant.retrieval.wording import wording

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_OF_THE_LIKE = 0.4
"""The share of a score that comes from those of like passages. With more than half, a passage that alone answers a
question is lowered for it."""
_SHARPNESS = 3
"""The power that likeness is raised to: the nearest count."""


def smoothed(scores: Sequence[float], passages: Sequence[Passage]) -> list[float]:
    """Scores of passages, each mixed with the mean of the others' weighed by how like they are.

    Texts that fit the same question resemble each other, so the like of what fits well fits better than its own words
    show: the cluster hypothesis of van Rijsbergen (1979), "Information Retrieval", applied to scores as Diaz (2005),
    "Regularizing Ad Hoc Retrieval Scores", does.
    """
    import numpy as np

    own = np.array(scores, dtype=np.float64)
    weights = _likeness(passages) ** _SHARPNESS
    np.fill_diagonal(weights, 0.0)
    sums = weights.sum(axis=1)
    has_like = sums > 0
    of_like = np.where(has_like, weights @ own / np.where(has_like, sums, 1.0), own)
    mixed: list[float] = ((1 - _OF_THE_LIKE) * own + _OF_THE_LIKE * of_like).tolist()
    return mixed


def _likeness(passages: Sequence[Passage]) -> NDArray[np.float64]:
    """Cosines between passages by their words, of shape (n, n): a word weighs log(1 + how often it stands in a
    passage) · log((n + 1) / how many of the passages have it).
    """
    import numpy as np

    counts = [wording(passage).times for passage in passages]
    holders = Counter(word for words in counts for word in words)
    columns = {word: column for column, word in enumerate(holders)}
    times = np.zeros((len(passages), len(columns)))
    for row, words in zip(times, counts, strict=True):
        row[[columns[word] for word in words]] = list(words.values())
    weights = np.log1p(times) * np.log((len(passages) + 1) / np.array(list(holders.values())))
    lengths = np.linalg.norm(weights, axis=1, keepdims=True)
    weights /= np.where(lengths, lengths, 1.0)
    cosines: NDArray[np.float64] = weights @ weights.T
    return cosines
