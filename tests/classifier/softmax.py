"""Softmax regression on dense and sparse features together, each with a penalty of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

_ROUNDS = 150
"""Of L-BFGS, three quarters of a minute on two cores; it has not quite come to rest then."""


@dataclass(frozen=True, slots=True)
class Examples:
    """So many examples with their classes."""

    dense: NDArray[np.float64]
    """Of shape (examples, features)."""
    sparse: Any
    """A CSR matrix of shape (examples, further features)."""
    classes: NDArray[np.intp]

    def among(self, kept: NDArray[np.bool_]) -> Examples:
        return Examples(self.dense[kept], self.sparse[kept], self.classes[kept])


def softmax_regression(
    examples: Examples, count: int, dense_scale: float, sparse_scale: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights of shapes (features + 1, count), the bias last and free of penalty, and (further features, count).

    Minimises Σ log loss + Σ w²/2C, with C the scale of each block.
    """
    dense, sparse = np.hstack([examples.dense, np.ones((len(examples.classes), 1))]), examples.sparse.tocsr()
    columns, chosen = sparse.T.tocsr(), (np.arange(len(examples.classes)), examples.classes)
    split = dense.shape[1]
    penalty = np.concatenate([np.full(split - 1, 1 / dense_scale), [0.0], np.full(sparse.shape[1], 1 / sparse_scale)])

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(-1, count)
        scores = dense @ weights[:split] + sparse @ weights[split:]
        scores -= scores.max(axis=1, keepdims=True)
        odds = np.exp(scores)
        sums = odds.sum(axis=1, keepdims=True)
        likelihood = (scores[chosen] - np.log(sums[:, 0])).sum()
        odds /= sums
        odds[chosen] -= 1.0
        gradient = np.vstack([dense.T @ odds, columns @ odds]) + penalty[:, None] * weights
        penalised = float((penalty[:, None] * weights**2).sum() / 2 - likelihood)
        return penalised / len(dense), gradient.ravel() / len(dense)

    start = np.zeros((split + sparse.shape[1]) * count)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _ROUNDS})
    weights = found.x.reshape(-1, count)
    return weights[:split], weights[split:]
