"""How alike passages are, and what their likeness tells of how well each fits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from aidx_assistant.retrieval.wording import Wording

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_OF_THE_LIKE = 0.4
"""The share of a score that comes from those of like passages. With more than half, a passage that alone answers a
question is lowered for it."""
_SHARPNESS = 3
"""The power that likeness is raised to: the nearest count."""


def smoothed(scores: Sequence[float], alike: NDArray[np.float32]) -> list[float]:
    """Scores of passages, each mixed with the mean of the others' weighed by `alike`, their likeness of shape (n, n).

    Texts that fit the same question resemble each other, so the like of what fits well fits better than its own words
    show: the cluster hypothesis of van Rijsbergen (1979), "Information Retrieval", applied to scores as Diaz (2005),
    "Regularizing Ad Hoc Retrieval Scores", does.
    """
    import numpy as np

    own = np.array(scores)
    weights = alike**_SHARPNESS
    np.fill_diagonal(weights, 0.0)
    sums = weights.sum(axis=1)
    has_like = sums > 0
    of_like = np.where(has_like, (weights * own).sum(axis=1) / np.where(has_like, sums, 1.0), own)
    mixed: list[float] = ((1 - _OF_THE_LIKE) * own + _OF_THE_LIKE * of_like).tolist()
    return mixed


def likeness(passages: Sequence[Wording]) -> NDArray[np.float32]:
    """Cosines between passages by their words, of shape (n, n): a word weighs log(1 + how often it stands in a
    passage) · log((n + 1) / how many of the passages have it).
    """
    import numpy as np

    if not passages:
        return np.zeros((0, 0), dtype=np.float32)
    rows = np.repeat(np.arange(len(passages)), [len(passage.numbers) for passage in passages])
    words = np.concatenate([passage.numbers for passage in passages])
    _, columns, holders = np.unique(words, return_inverse=True, return_counts=True)
    logs = np.concatenate([passage.logs for passage in passages])
    weights = logs * np.log((len(passages) + 1) / holders)[columns]
    weights /= np.sqrt(np.bincount(rows, weights**2, len(passages)))[rows]
    # What one passage alone has counts for its length, and needs no column.
    is_shared = holders > 1
    shared = is_shared[columns]
    places = (np.cumsum(is_shared) - 1)[columns[shared]]
    matrix = np.zeros((len(passages), int(is_shared.sum())), dtype=np.float32)
    matrix[rows[shared], places] = weights[shared]
    # Not by BLAS, whose threads would take the cores from what runs beside.
    cosines: NDArray[np.float32] = np.einsum("ij,kj->ik", matrix, matrix)
    return cosines
