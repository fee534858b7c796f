"""Which sentence of the corpus answers a question, or none: softmax regression on the question's vector."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from aidx_assistant.library.arrays import read_arrays

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CLASSIFIER = "classifier.npz"
"""Inside the corpus."""

LogOdds = Mapping[str, Mapping[str, float]]
"""By passage id and sentence: the log odds that the sentence answers, against that nothing in the corpus does."""


class Classifier:
    """Knows the sentences of a corpus that questions are known for, by one embedder's vectors of these.

    A file that is absent, damaged or made with another embedder knows none.
    """

    def __init__(self, corpus: Path, fingerprint: str, dimensions: int) -> None:
        self._file = corpus / CLASSIFIER
        self._fingerprint = fingerprint
        self._dimensions = dimensions

    @property
    def size(self) -> int:
        """How many sentences it knows."""
        return len(self._fitted[0])

    def log_odds(self, vector: NDArray[np.float32]) -> LogOdds:
        """Of every sentence that it knows, for a question's unit vector."""
        places, weights = self._fitted
        if not places:
            return {}
        scores = weights[:, :-1] @ vector + weights[:, -1]
        found: dict[str, dict[str, float]] = {}
        for (passage_id, sentence), score in zip(places, (scores[:-1] - scores[-1]).tolist(), strict=True):
            found.setdefault(passage_id, {})[sentence] = score
        return found

    @cached_property
    def _fitted(self) -> tuple[Sequence[tuple[str, str]], NDArray[np.float32]]:
        """The sentences, each with its passage's id, and a row of weights with a bias for each and then for none."""
        import numpy as np

        nothing = np.zeros((0, self._dimensions + 1), dtype=np.float32)
        kept = read_arrays(self._file, "embedder", "places", "weights")
        if kept is None or str(kept[0]) != self._fingerprint:
            return (), nothing
        places = [(str(id_), str(sentence)) for id_, sentence in json.loads(bytes(kept[1]))]
        weights = kept[2].astype(np.float32)
        if weights.shape != (len(places) + 1, self._dimensions + 1) or not np.isfinite(weights).all():
            return (), nothing
        return places, weights


def write_classifier(
    corpus: Path, fingerprint: str, places: Sequence[tuple[str, str]], weights: NDArray[np.float64]
) -> None:
    """Keeps what was fitted, with half the precision; `weights` has a row with a bias for each place, then for none."""
    import numpy as np

    np.savez(
        corpus / CLASSIFIER,
        embedder=np.array(fingerprint),
        places=np.frombuffer(json.dumps(list(places)).encode(), dtype=np.uint8),
        weights=weights.astype(np.float16),
    )
